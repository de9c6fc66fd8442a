import { randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import * as z from 'zod/mini';
import { runCommandLine } from '../../infra/ops/command-line.ts';
import { commands } from '../../infra/ops/commands.ts';
import { eventId, rawEventId } from '../../lib/envelope.ts';
import { largestBodyBytes } from '../../lib/ingest/body.ts';
import { rejectedRetentionSeconds } from '../../lib/quarantine/rejected-delivery.ts';
import { writeRejection } from '../../lib/quarantine/rejection.ts';
import type { Webhook } from '../../lib/webhook.ts';
import { stockHubV1Rma } from '../../lib/winkelstraat/stock-hub-v1-rma.ts';
import { Bridge } from './bridge.ts';
import { eventually } from './eventually.ts';
import { IngestFunction, type Request } from './ingest-function.ts';
import { Quarantine } from './quarantine.ts';
import { rma, shipment } from './webhooks.ts';
import { type Stack, senderKey, startDeadlineMs, startWorld, type World } from './world.ts';

let world: World;
let stack: Stack;
let ingest: IngestFunction;
let quarantine: Quarantine;
let bridge: Bridge;
const environment = { ...process.env };

beforeAll(async () => {
  world = await startWorld();
  Object.assign(process.env, {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: world.addresses.dynamodb,
    AWS_ENDPOINT_URL_SQS: world.addresses.sqs,
  });
}, startDeadlineMs);
afterAll(async () => {
  process.env = environment;
  await world?.close();
});
beforeEach(async () => {
  await world.igf.forget();
  stack = await world.deploy();
  ingest = new IngestFunction(world, stack);
  quarantine = new Quarantine(world, stack);
  bridge = new Bridge(world, stack);
});
afterEach(() => ingest.close());

const name = 'stock-hub/v1/rma';
/** A body that no schema of ours takes, and its id. */
const broken = rma({ increment_id: '' });
const brokenId = eventId(name, broken.payload);

/** A delivery whose body is this text. */
const posted = (body: string, request: Request = {}) => ingest.post(rma(), { ...request, body });

/** Refuses a delivery and keeps it. @returns its id */
async function reject(delivery = broken): Promise<string> {
  expect(await ingest.post(delivery)).toMatchObject({ statusCode: 406 });
  expect(await quarantine.work()).toEqual(['acknowledged']);
  return eventId(delivery.webhook, delivery.payload);
}

/** Ingest as it was while our schema asked for more than the sender sends. */
function restartWithStricterSchema(): void {
  ingest.close();
  const schema = z.extend(stockHubV1Rma.schema, { warehouse: z.string() });
  const stricter: Webhook = { ...stockHubV1Rma, schema };
  ingest = new IngestFunction(world, stack, { webhooks: [stricter] });
}

/** Runs `npm run ops -- …` against this world. */
async function ops(...args: string[]): Promise<{ code: number; text: string; complaints: string[] }> {
  const lines: string[] = [];
  const complaints: string[] = [];
  const place = ['--table', stack.table, '--queue', stack.queue.url, '--igf-queue', stack.igfQueue.url];
  const code = await runCommandLine(commands, [...args, ...place], {
    print: (line) => lines.push(line),
    complain: (line) => complaints.push(line),
  });
  return { code, text: lines.join('\n'), complaints };
}

const inList = (id: string) =>
  eventually(
    'the index shows it',
    async () => (await ops('rejected')).text.includes(id.slice(0, 8)) || undefined,
  );

describe('what is answered 406', () => {
  it('is one item that a person can read, with its errors and without a value in them', async () => {
    const before = Date.now();
    const headers = { 'x-correlation-id': 'abc-1', 'x-version': '2.1.0' };
    expect(await ingest.post(broken, { headers })).toMatchObject({ statusCode: 406 });
    await quarantine.work();

    const item = await quarantine.item(brokenId);
    const firstSeen = String(item?.firstSeen);
    expect(Date.parse(firstSeen)).toBeGreaterThanOrEqual(before);
    expect(item).toMatchObject({
      webhook: name,
      deliveries: 1,
      lastSeen: firstSeen,
      senderGivesUpAt: new Date(Date.parse(firstSeen) + 24 * 3600_000).toISOString(),
      errors: [{ path: 'increment_id', message: expect.any(String) }],
      body: JSON.stringify(broken.payload),
      version: '2.1.0',
      correlationId: 'abc-1',
      expiresAt: Math.floor(Date.parse(firstSeen) / 1000) + rejectedRetentionSeconds,
      work: 'REJECTED',
      due: item?.senderGivesUpAt,
    });
    expect(JSON.stringify(item?.errors)).not.toMatch(/wsnl|jansen/i);
    expect(rejectedRetentionSeconds).toBe(30 * 24 * 3600);
    expect(await ingest.queued()).toEqual([]);
  });

  it('is folded when it is delivered again, and SQS handing it over twice counts nothing twice', async () => {
    await ingest.post(broken);
    expect(await quarantine.work(3)).toEqual(['acknowledged']);
    expect(await quarantine.item(brokenId)).toMatchObject({ deliveries: 1 });

    const { firstSeen } = (await quarantine.item(brokenId)) ?? {};
    ingest.later(3600_000);
    await ingest.post(broken);
    await ingest.post(broken);
    await quarantine.work(2);
    const item = await quarantine.item(brokenId);
    expect(item).toMatchObject({ deliveries: 3, firstSeen });
    expect(Date.parse(String(item?.lastSeen)) - Date.parse(String(firstSeen))).toBeGreaterThanOrEqual(
      3600_000,
    );
  });

  it('is counted right when workers fold many deliveries of it at once', async () => {
    for (let count = 0; count < 8; count += 1) await ingest.post(broken);
    expect(await quarantine.work(2)).toEqual(Array(8).fill('acknowledged'));
    expect(await quarantine.item(brokenId)).toMatchObject({ deliveries: 8, rev: 8 });
  });

  it('has the id that it has once accepted, whatever its spacing; without a version too', async () => {
    const { payload } = rma();
    const text = JSON.stringify(payload, null, 2);
    expect(await posted(text, { headers: { 'x-version': undefined } })).toMatchObject({ statusCode: 406 });
    await quarantine.work();
    const accepted = JSON.parse((await ingest.post(rma())).body).id;
    expect(await quarantine.item(accepted)).toMatchObject({ body: text, version: '' });
  });

  it.each<[string, string | Buffer]>([
    ['nothing', ''],
    ['text that is not JSON', '{"order": Jan'],
    ['JSON that is cut off inside a letter', Buffer.from('{"name":"Zoé').subarray(0, -1)],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00, 0x80, 0xc3, 0x28])],
    ['a byte order mark', '\ufeff{}'],
    ['a key that would change the prototype', '{"__proto__":{"a":1}}'],
    ['JSON nested without end', `${'['.repeat(100_000)}1${']'.repeat(100_000)}`],
    ['a number out of range', '{"a":1e999}'],
    ['256 KiB of control characters', '\u0001'.repeat(largestBodyBytes)],
    ['256 KiB of JSON text with escapes', `"${'\\u0000'.repeat(Math.floor((largestBodyBytes - 2) / 6))}"`],
    ['256 KiB of U+FFFF', '\uffff'.repeat(Math.floor(largestBodyBytes / 3))],
    ['256 KiB of NUL', Buffer.alloc(largestBodyBytes)],
    ['256 KiB of bytes that are no text', Buffer.alloc(largestBodyBytes, 0xff)],
    ['256 KiB of items with every fault there is', `{"items":[${'{},'.repeat(87_000)}{}]}`],
  ])('comes back byte for byte when it is %s', async (_what, body) => {
    const bytes = Buffer.from(body);
    const rawId = rawEventId(name, bytes);
    for (const [index, encoded] of [false, true].entries()) {
      if (!encoded && typeof body !== 'string') continue;
      const request = { body: encoded ? bytes.toString('base64') : String(body), isBase64Encoded: encoded };
      const answer = await ingest.post(rma(), request);
      expect(answer).toMatchObject({ statusCode: 406 });
      expect(Buffer.byteLength(answer.body)).toBeLessThan(20_000);
      expect(await quarantine.work()).toEqual(['acknowledged']);
      const id = (await quarantine.item(rawId)) ? rawId : eventId(name, JSON.parse(bytes.toString()));
      expect(await quarantine.item(id)).toHaveProperty(
        'deliveries',
        typeof body === 'string' ? index + 1 : 1,
      );
      expect((await quarantine.body(id))?.equals(bytes)).toBe(true);
    }
    expect(await quarantine.parked()).toEqual([]);
  });

  it.each<[string, Request, number]>([
    ['a stranger sent it', { headers: { 'x-api-key': 'a-wrong-key' }, body: '{' }, 401],
    ['it is too large', { body: 'x'.repeat(largestBodyBytes + 1) }, 413],
    [
      'it grows too large as plain JSON',
      {
        body: JSON.stringify(rma().payload).replace(/}$/, `,"n":[${Array(19_000).fill('1e20').join(',')}]}`),
      },
      413,
    ],
    ['it is as it should be', {}, 202],
  ])('is kept, and nothing else: not when %s', async (_why, request, status) => {
    expect(await ingest.post(rma(), request)).toMatchObject({ statusCode: status });
    expect(await quarantine.queued()).toEqual([]);
  });

  it('is not what SQS could not take: the sender is told, and delivers it again', async () => {
    ingest.close();
    ingest = new IngestFunction(world, stack, {
      queueUrl: `${world.addresses.sqs}/000000000000/no-such-queue`,
    });
    expect(await ingest.post(rma())).toMatchObject({ statusCode: 503 });
    expect(await quarantine.queued()).toEqual([]);
  });

  it.each([
    ['the queue is not there', () => `${world.addresses.sqs}/000000000000/no-such-queue`],
    ['nobody answers there', () => 'http://127.0.0.1:1/000000000000/queue'],
  ])('is answered 503 when it can not be kept because %s: the sender still has it', async (_why, url) => {
    ingest.close();
    ingest = new IngestFunction(world, stack, { rejectedQueueUrl: url() });
    const answer = await ingest.post(broken);
    expect(answer).toMatchObject({
      statusCode: 503,
      headers: { 'retry-after': expect.stringMatching(/^\d+$/) },
    });
    expect(answer.body).not.toMatch(/127\.0\.0\.1|ECONN|increment_id/i);
    expect(await ingest.post(rma())).toMatchObject({ statusCode: 202 });
  });

  it('leaves no value of it in a log', async () => {
    const logged: unknown[] = [];
    const levels = (['info', 'warn', 'error'] as const).map((level) =>
      jest.spyOn(console, level).mockImplementation((line) => void logged.push(line)),
    );
    await posted('{"name":"Jan Jansen", broken', { headers: { 'x-version': 'Jan' } });
    await ingest.post(rma({ status: 'Jan Jansen', note: 'Edsger Dijkstraat' }, { qty_requested: 'Jansen' }));
    await quarantine.work();
    await quarantine.put('Jan Jansen');
    await quarantine.work();
    for (const level of levels) level.mockRestore();
    const text = JSON.stringify(logged);
    expect(text).toMatch(/refused.*quarantined.*parked/s);
    expect(text).not.toMatch(/Jan|Dijkstraat/);
  });
});

describe('an event of IGF’s that is refused', () => {
  it('is kept without the people in it, under the id of what was sent', async () => {
    const payload = {
      id: 'nine',
      receiver: { name: 'Jan Jansen' },
      order: { Sender: { email: 'jan@jansen.nl' }, id: 3 },
      label: 'x'.repeat(5000),
    };
    const delivery = { webhook: 'v1/shipped', payload };
    expect(await ingest.post(delivery, { token: senderKey })).toMatchObject({ statusCode: 406 });
    await quarantine.work();
    const item = await quarantine.item(eventId('v1/shipped', payload));
    expect(item).toMatchObject({ webhook: 'v1/shipped', body: '{"id":"nine","order":{"id":3}}' });
  });
});

describe('the worker of the quarantine', () => {
  const rejection = {
    schema: 1 as const,
    id: 'a'.repeat(32),
    delivery: randomUUID(),
    webhook: name,
    version: '1',
    receivedAt: '2026-01-01T00:00:00.000Z',
    correlationId: 'c',
    errors: [],
    body: Buffer.from('x'),
  };
  const changed = (change: object): string =>
    JSON.stringify({ ...JSON.parse(writeRejection(rejection)), ...change });

  it.each([
    ['text', 'hello'],
    ['null', 'null'],
    ['an empty object', '{}'],
    ['deep JSON', `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
    ['another version of the message', changed({ schema: 2 })],
    ['no time', changed({ receivedAt: 'yesterday' })],
    ['a body that is not base64', changed({ body: '!' })],
    ['a body that no table item holds', changed({ body: 'A'.repeat(600_000) })],
    [
      'more errors than a table item holds',
      changed({ errors: Array(5000).fill({ path: 'a', message: 'b' }) }),
    ],
    ['an id that is no key', changed({ id: '' })],
  ])('survives %s on its queue: it is parked with its reason, and work goes on', async (_what, body) => {
    await quarantine.put(body);
    expect(await quarantine.work()).toEqual(['acknowledged']);
    const parked = await quarantine.parked();
    expect(parked.map(({ Body }) => Body)).toEqual([body]);
    expect(parked[0]?.MessageAttributes?.errorClass?.StringValue).toBe('UnreadableMessage');
    await reject();
  });

  it('keeps a message while the table can not be written, and keeps the delivery later', async () => {
    await ingest.post(broken);
    const down = new Quarantine(world, stack, 'no-such-table');
    expect(await down.work()).toEqual(['kept']);
    expect(down.delays).toEqual([30]);
    expect(await quarantine.work()).toEqual(['acknowledged']);
    expect(await quarantine.item(brokenId)).toMatchObject({ deliveries: 1 });
  });

  it('starts anew where the item’s time has passed and DynamoDB has not deleted it yet', async () => {
    await reject();
    quarantine.later(31 * 24);
    ingest.later(31 * 24 * 3600_000);
    await reject();
    expect(await quarantine.item(brokenId)).toMatchObject({ deliveries: 1 });
  });
});

describe('npm run ops -- rejected', () => {
  it('says when nothing waits', async () => {
    expect(await ops('rejected')).toMatchObject({ code: 0, text: 'Nothing waits that was answered 406.' });
  });

  it('lists what waits with the time left, what was wrong and what today’s schema says', async () => {
    await reject();
    await inList(brokenId);
    const { code, text } = await ops('rejected');
    expect(code).toBe(1);
    expect(text).toMatch(/^[0-9a-f]{8} {2}stock-hub\/v1\/rma {2}(24 h|23 h 59 min|23 h 60 min) left$/m);
    expect(text).toMatch(/refused +increment_id /);
    expect(text).toMatch(/today +still fails: increment_id /);
    expect(text).not.toMatch(/wsnl199/);
  });

  it('shows everything of one by the beginning of its id, its body too', async () => {
    const id = await reject();
    await inList(id);
    const { code, text } = await ops('rejected', 'show', id.slice(0, 8));
    expect(code).toBe(0);
    expect(text).toContain(`Rejected delivery ${id}`);
    expect(text).toContain(JSON.stringify(broken.payload));
  });

  it.each([
    [['show', 'ffffffff'], 1, /^There is no rejected delivery ffffffff: npm run ops -- rejected lists/],
    [['replay'], 2, /needs ids, or --all/],
    [['replay', 'ab', '--all'], 2, /needs ids, or --all/],
  ])('says in one line what is wrong with %j', async (args, code, complaint) => {
    const run = await ops('rejected', ...args);
    expect(run).toMatchObject({ code, text: '' });
    expect(run.complaints).toEqual([expect.stringMatching(complaint)]);
  });
});

describe('a delivery that a wrong schema of ours refused', () => {
  const delivery = rma();
  const id = eventId(name, delivery.payload);

  beforeEach(async () => {
    await bridge.takes(shipment());
    restartWithStricterSchema();
    await reject(delivery);
    await inList(id);
  });

  it('is replayed once the schema is corrected, and lists the return like one that came now', async () => {
    const { code, text } = await ops('rejected', 'replay', id.slice(0, 6));
    expect({ code, text }).toMatchObject({
      code: 0,
      text: expect.stringMatching(/replayed\n1 replayed, 0 still/),
    });
    await bridge.finish();

    expect(await bridge.theReturn('000000549')).toMatchObject({ state: 'Listed' });
    const story = await bridge.story('000000549');
    expect(story[`EVENT#${id}`]).toMatchObject({ outcome: 'done', version: '1.0', webhook: name });
    const item = await quarantine.item(id);
    expect(item).toMatchObject({ settled: { as: 'replayed' } });
    expect(item).not.toHaveProperty('work');
    await eventually('the list is empty', async () => (await ops('rejected')).code === 0 || undefined);
  });

  it('is listed at IGF once however often it is replayed, and stays off the list when it is refused again', async () => {
    await ops('rejected', 'replay', '--all');
    await bridge.finish();
    await ops('rejected', 'replay', id);
    await bridge.finish();
    await reject(delivery);
    expect(await world.igf.posts()).toHaveLength(1);
    const item = await quarantine.item(id);
    expect(item).toMatchObject({ deliveries: 2, settled: { as: 'replayed' } });
    expect(item).not.toHaveProperty('work');
  });

  it('is told beforehand with the call to IGF that would follow, and nothing is changed by that', async () => {
    const { code, text } = await ops('rejected', 'replay', '--all', '--preview');
    expect(code).toBe(0);
    expect(text).toMatch(
      /would pass\n {2}order 000000549, return 000000093\/90: not recorded yet\.\n {4}→ POST \/listings \{"sku":"wsnl199/,
    );
    expect(text).toMatch(/1 would be replayed. Nothing was changed, 0 still failing/);
    expect(text).not.toMatch(/jansen/i);
    expect(await bridge.work()).toEqual([]);
    expect(await quarantine.item(id)).toHaveProperty('work', 'REJECTED');
  });

  it('does exactly what was told beforehand', async () => {
    const { text } = await ops('rejected', 'replay', '--all', '--preview');
    const [, sku, reason] = /"sku":"(\S+?)".*"returnReason":"(\w+)"/.exec(text) ?? [];
    await ops('rejected', 'replay', '--all');
    await bridge.finish();
    expect((await world.igf.posts()).map(({ body }) => body)).toEqual([
      expect.objectContaining({ sku, returnReason: reason }),
    ]);
  });

  it('rings when less than six hours are left, and not before, nor once its sender has given up', async () => {
    expect(await quarantine.watch()).toBe(0);
    quarantine.later(17.9);
    expect(await quarantine.watch()).toBe(0);
    quarantine.later(0.2);
    expect(await quarantine.watch()).toBe(1);
    quarantine.later(6);
    expect(await quarantine.watch()).toBe(0);
    expect(await quarantine.item(id)).toHaveProperty('work', 'REJECTED');
  });

  it('rings no more once it was replayed', async () => {
    quarantine.later(20);
    await ops('rejected', 'replay', '--all');
    await eventually('it is off the index', async () => (await quarantine.watch()) === 0 || undefined);
  });

  it('rings no more once it was delivered again and accepted, and leaves the list', async () => {
    ingest.close();
    ingest = new IngestFunction(world, stack);
    expect(await ingest.post(delivery)).toMatchObject({ statusCode: 202 });
    quarantine.later(20);
    expect(await quarantine.watch()).toBe(1);
    await bridge.finish();
    expect((await ops('rejected')).text).toMatch(/accepted as well: nothing is missing/);
    expect(await quarantine.watch()).toBe(0);
    const item = await quarantine.item(id);
    expect(item).toMatchObject({ settled: { as: 'accepted' } });
    expect(item).not.toHaveProperty('work');
  });

  it('goes together with others: what still fails stays, and says why', async () => {
    ingest.close();
    ingest = new IngestFunction(world, stack);
    await reject();
    await inList(brokenId);
    const { code, text } = await ops('rejected', 'replay', '--all');
    expect(code).toBe(1);
    expect(text).toMatch(new RegExp(`${brokenId.slice(0, 8)} .*still fails: increment_id `));
    expect(text).toMatch(/1 replayed, 1 still failing\.$/);
    expect(await quarantine.item(brokenId)).toHaveProperty('work', 'REJECTED');
  });
});

it('what came without a version is replayed with the one that the operator names', async () => {
  const delivery = rma();
  const id = eventId(name, delivery.payload);
  await ingest.post(delivery, { headers: { 'x-version': undefined } });
  await quarantine.work();
  await inList(id);
  expect((await ops('rejected', 'replay', '--all')).text).toMatch(/still fails: x-version is required/);
  expect((await ops('rejected', 'replay', '--all', '--x-version', '2.1.0')).code).toBe(0);
  await bridge.finish();
  expect((await bridge.story('000000549'))[`EVENT#${id}`]).toMatchObject({ version: '2.1.0' });
});
