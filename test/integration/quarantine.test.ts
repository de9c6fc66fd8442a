import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { jest } from '@jest/globals';
import { largestBodyBytes, largestKeptBytes } from '../../lib/config/limits.ts';
import { writeRejection } from '../../lib/ingest/rejection.ts';
import { rejectedRetentionSeconds } from '../../lib/quarantine/rejected-delivery.ts';
import { eventId, rawEventId } from '../../lib/webhooks/envelope.ts';
import { IngestFunction, type Request } from '../support/ingest-function.ts';
import { QuarantineHarness } from '../support/quarantine.ts';
import { rma } from '../support/webhooks.ts';
import { type Stack, senderKey, startDeadlineMs, startWorld, type World } from '../support/world.ts';

let world: World;
let stack: Stack;
let ingest: IngestFunction;
let quarantine: QuarantineHarness;

beforeAll(async () => {
  world = await startWorld();
}, startDeadlineMs);
afterAll(async () => {
  await world?.close();
});
beforeEach(async () => {
  await world.igf.forget();
  stack = await world.deploy();
  ingest = new IngestFunction(world, stack);
  quarantine = new QuarantineHarness(world, stack);
});
afterEach(() => ingest.close());

const name = 'stock-hub/v1/rma';
/** A body that our schemas reject, and its id. */
const broken = rma({ increment_id: '' });
const brokenId = eventId(name, broken.payload);

/** A delivery whose body is this text. */
const posted = (body: string, request: Request = {}) => ingest.post(rma(), { ...request, body });

/** Rejects a delivery and stores it. @returns its id */
async function reject(delivery = broken): Promise<string> {
  expect(await ingest.post(delivery)).toMatchObject({ statusCode: 406 });
  expect(await quarantine.drain()).toEqual(['acknowledged']);
  return eventId(delivery.webhook, delivery.payload);
}

describe('a delivery that is answered 406', () => {
  test('is stored as one readable item, with its errors, which contain no values', async () => {
    const before = Date.now();
    const headers = { 'x-correlation-id': 'abc-1', 'x-version': '2.1.0' };
    expect(await ingest.post(broken, { headers })).toMatchObject({ statusCode: 406 });
    await quarantine.drain();

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
      task: 'REJECTED',
      due: item?.senderGivesUpAt,
    });
    expect(JSON.stringify(item?.errors)).not.toMatch(/wsnl|jansen/i);
    expect(rejectedRetentionSeconds).toBe(30 * 24 * 3600);
    expect(await ingest.queued()).toEqual([]);
  });

  test('counts its repetitions, and counts none twice when SQS delivers it twice', async () => {
    await ingest.post(broken);
    expect(await quarantine.drain(3)).toEqual(['acknowledged']);
    expect(await quarantine.item(brokenId)).toMatchObject({ deliveries: 1 });

    const { firstSeen } = (await quarantine.item(brokenId)) ?? {};
    ingest.later(3600_000);
    await ingest.post(broken);
    await ingest.post(broken);
    await quarantine.drain(2);
    const item = await quarantine.item(brokenId);
    expect(item).toMatchObject({ deliveries: 3, firstSeen });
    expect(Date.parse(String(item?.lastSeen)) - Date.parse(String(firstSeen))).toBeGreaterThanOrEqual(
      3600_000,
    );
  });

  test('is counted right when workers store many repetitions at once', async () => {
    for (let count = 0; count < 8; count += 1) await ingest.post(broken);
    expect(await quarantine.drain(2)).toEqual(Array(8).fill('acknowledged'));
    expect(await quarantine.item(brokenId)).toMatchObject({ deliveries: 8, rev: 8 });
  });

  test('has the id that it gets when accepted, with any spacing, also without a version', async () => {
    const { payload } = rma();
    const text = JSON.stringify(payload, null, 2);
    expect(await posted(text, { headers: { 'x-version': undefined } })).toMatchObject({ statusCode: 406 });
    await quarantine.drain();
    const accepted = JSON.parse((await ingest.post(rma())).body).id;
    expect(await quarantine.item(accepted)).toMatchObject({ body: text, version: '' });
  });

  test.each<[string, string | Buffer]>([
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
    ['256 KiB of items with every possible fault', `{"items":[${'{},'.repeat(87_000)}{}]}`],
  ])('comes back byte for byte when it is %s', async (_what, body) => {
    const bytes = Buffer.from(body);
    const rawId = rawEventId(name, bytes);
    for (const [index, encoded] of [false, true].entries()) {
      if (!encoded && typeof body !== 'string') continue;
      const request = { body: encoded ? bytes.toString('base64') : String(body), isBase64Encoded: encoded };
      const answer = await ingest.post(rma(), request);
      expect(answer).toMatchObject({ statusCode: 406 });
      expect(Buffer.byteLength(answer.body)).toBeLessThan(20_000);
      expect(await quarantine.drain()).toEqual(['acknowledged']);
      const json = bytes.toString().replace('\ufeff', '');
      const id = (await quarantine.item(rawId)) ? rawId : eventId(name, JSON.parse(json));
      expect(await quarantine.item(id)).toHaveProperty(
        'deliveries',
        typeof body === 'string' ? index + 1 : 1,
      );
      expect((await quarantine.body(id))?.equals(bytes)).toBe(true);
    }
    expect(await quarantine.parked()).toEqual([]);
  });

  test.each<[string, Request, number]>([
    ['a stranger sent it', { headers: { 'x-api-key': 'a-wrong-key' }, body: '{' }, 401],
    ['it is too large to be kept', { body: 'x'.repeat(largestKeptBytes + 1) }, 413],
    ['it is valid', {}, 202],
  ])('is stored, but another answer is not: not when %s', async (_why, request, status) => {
    expect(await ingest.post(rma(), request)).toMatchObject({ statusCode: status });
    expect(await quarantine.queued()).toEqual([]);
  });

  test.each([
    ['larger than a payload may be', 'x'.repeat(largestBodyBytes + 1)],
    ['as large as a kept body may be', 'x'.repeat(largestKeptBytes)],
    [
      'too large as plain JSON',
      JSON.stringify(rma().payload).replace(/}$/, `,"n":[${Array(19_000).fill('1e20').join(',')}]}`),
    ],
  ])('or 413 is stored when it can be: %s', async (_what, body) => {
    expect(await posted(body)).toMatchObject({ statusCode: 413 });
    expect(await quarantine.drain()).toEqual(['acknowledged']);
    const bytes = Buffer.from(body);
    const rawId = rawEventId(name, bytes);
    const id = (await quarantine.item(rawId)) ? rawId : eventId(name, JSON.parse(body));
    expect(await quarantine.item(id)).toMatchObject({
      errors: [{ path: '', message: 'is larger than 262144 bytes' }],
    });
    expect((await quarantine.body(id))?.equals(bytes)).toBe(true);
  });

  test('raises an alarm that says how large and of which webhook, when it is too large to be kept', async () => {
    const error = jest.spyOn(console, 'error').mockImplementation(() => {});
    expect(await posted('x'.repeat(largestKeptBytes + 1))).toMatchObject({ statusCode: 413 });
    expect(error.mock.calls).toEqual([
      [expect.objectContaining({ step: 'not-kept', webhook: name, bytes: largestKeptBytes + 1 })],
    ]);
    error.mockRestore();
  });

  test('is stored unpacked, so that it can be replayed', async () => {
    const text = JSON.stringify(broken.payload);
    const request = { isBase64Encoded: true, headers: { 'content-encoding': 'gzip' } };
    const answer = await posted(gzipSync(text).toString('base64'), request);
    expect(answer).toMatchObject({ statusCode: 406 });
    await quarantine.drain();
    expect(await quarantine.item(brokenId)).toMatchObject({ body: text });
  });

  test('is stored without secrets, wherever it is JSON', async () => {
    const secret = 'token-that-opens-a-shipment';
    const field = `"deep":{"shipmentToken":"${secret}"}`;
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    for (const body of [
      `{${field}}`,
      `{"n":[${Array(30_000).fill(0).join(',')}],${field}}`,
      `{${field},"x":${deep}}`,
      `{${field},"pad":"${'x'.repeat(largestBodyBytes)}"}`,
    ]) {
      expect([406, 413]).toContain((await posted(body)).statusCode);
    }
    const queued = (await quarantine.queued()).map((text) => Buffer.from(JSON.parse(text).body, 'base64'));
    expect(queued).toHaveLength(4);
    for (const body of queued) {
      expect(body.toString()).not.toContain(secret);
      expect(body.toString()).toContain('[masked]');
    }
  });

  test('is answered as a failure when SQS does not take it, so the sender delivers it again', async () => {
    ingest.close();
    ingest = new IngestFunction(world, stack, {
      queueUrl: `${world.addresses.sqs}/000000000000/no-such-queue`,
    });
    expect(await ingest.post(rma())).toMatchObject({ statusCode: 503 });
    expect(await quarantine.queued()).toEqual([]);
  });

  test.each([
    ['the queue is not there', () => `${world.addresses.sqs}/000000000000/no-such-queue`],
    ['nobody answers there', () => 'http://127.0.0.1:1/000000000000/queue'],
  ])('is answered 503 when it can not be stored because %s, so the sender repeats it', async (_why, url) => {
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

  test('leaves none of its values in a log', async () => {
    const logged: unknown[] = [];
    const levels = (['info', 'warn', 'error'] as const).map((level) =>
      jest.spyOn(console, level).mockImplementation((line) => void logged.push(line)),
    );
    await posted('{"name":"Jan Jansen", broken', { headers: { 'x-version': 'Jan' } });
    await ingest.post(rma({ status: 'Jan Jansen', note: 'Edsger Dijkstraat' }, { qty_requested: 'Jansen' }));
    await quarantine.drain();
    await quarantine.put('Jan Jansen');
    await quarantine.drain();
    for (const level of levels) level.mockRestore();
    const text = JSON.stringify(logged);
    expect(text).toMatch(/not-accepted.*quarantined.*parked/s);
    expect(text).not.toMatch(/Jan|Dijkstraat/);
  });
});

describe('a delivery that is accepted without one of its items', () => {
  const delivery = rma({}, { id: 1 }, { id: {} });

  test('is stored too, with the faults of that item', async () => {
    const { statusCode, body } = await ingest.post(delivery);
    expect(statusCode).toBe(202);
    expect(await quarantine.drain()).toEqual(['acknowledged']);
    expect(await quarantine.item(JSON.parse(body).id)).toMatchObject({
      acceptedInPart: true,
      errors: [{ path: 'items.1.id', message: 'must be an identifier (text or a whole number)' }],
      body: JSON.stringify(delivery.payload),
    });
  });

  test('is answered 503 while it can not be stored', async () => {
    ingest.close();
    const rejectedQueueUrl = `${world.addresses.sqs}/000000000000/no-such-queue`;
    ingest = new IngestFunction(world, stack, { rejectedQueueUrl });
    expect(await ingest.post(delivery)).toMatchObject({ statusCode: 503 });
    expect(await ingest.queued()).toEqual([]);
  });
});

describe('an IGF event that is rejected', () => {
  test('is stored without personal data, under the id of what is stored', async () => {
    const payload = {
      id: 'nine',
      receiver: { name: 'Jan Jansen' },
      order: { Sender: { email: 'jan@jansen.nl' }, id: 3 },
      label: 'x'.repeat(5000),
    };
    const delivery = { webhook: 'v1/shipped', payload };
    expect(await ingest.post(delivery, { token: senderKey })).toMatchObject({ statusCode: 406 });
    await quarantine.drain();
    const item = await quarantine.item(eventId('v1/shipped', { id: 'nine', order: { id: 3 } }));
    expect(item).toMatchObject({ webhook: 'v1/shipped', body: '{"id":"nine","order":{"id":3}}' });
  });
});

test('an IGF event that grows too large without its personal data is answered 413, and not stored', async () => {
  const pad = Array(19_900).fill('1e20').join(',');
  const answer = await ingest.post(
    { webhook: 'v1/shipped', payload: {} },
    { token: senderKey, body: `{"receiver":{"name":"Jan"},"pad":[${pad}]}` },
  );
  expect(answer).toMatchObject({ statusCode: 413 });
  expect(await quarantine.drain()).toEqual([]);
});

describe('the quarantine’s worker', () => {
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

  test.each([
    ['text', 'hello'],
    ['null', 'null'],
    ['an empty object', '{}'],
    ['deep JSON', `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
    ['no version of the message', changed({ schema: 0 })],
    ['no time', changed({ receivedAt: 'yesterday' })],
    ['a body that is not base64', changed({ body: '!' })],
    ['a body that is too large for a table item', changed({ body: 'A'.repeat(600_000) })],
    [
      'more errors than fit into a table item',
      changed({ errors: Array(5000).fill({ path: 'a', message: 'b' }) }),
    ],
    ['an id that can not be a key', changed({ id: '' })],
  ])('survives %s on its queue: it is parked with its reason, and work goes on', async (_what, body) => {
    await quarantine.put(body);
    expect(await quarantine.drain()).toEqual(['acknowledged']);
    const parked = await quarantine.parked();
    expect(parked.map(({ Body }) => Body)).toEqual([body]);
    expect(parked[0]?.MessageAttributes?.errorClass?.StringValue).toBe('UnreadableMessage');
    await reject();
  });

  test('retries a message of a later version, which the next deploy can read', async () => {
    await quarantine.put(changed({ schema: 2 }));

    expect(await quarantine.drain()).toEqual(['kept']);
    expect(await quarantine.parked()).toEqual([]);
  });

  test('retries a message while the table fails, and stores the delivery later', async () => {
    await ingest.post(broken);
    const down = new QuarantineHarness(world, stack, 'no-such-table');
    expect(await down.drain()).toEqual(['kept']);
    expect(down.delays).toEqual([30]);
    expect(await quarantine.drain()).toEqual(['acknowledged']);
    expect(await quarantine.item(brokenId)).toMatchObject({ deliveries: 1 });
  });

  test('replaces an expired item that DynamoDB has not deleted yet', async () => {
    await reject();
    quarantine.later(31 * 24);
    ingest.later(31 * 24 * 3600_000);
    await reject();
    expect(await quarantine.item(brokenId)).toMatchObject({ deliveries: 1 });
  });
});
