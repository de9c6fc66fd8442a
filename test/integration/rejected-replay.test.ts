import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { eventId } from '../../lib/webhooks/envelope.ts';
import type { Webhook } from '../../lib/webhooks/webhook.ts';
import { stockHubV1Rma } from '../../lib/webhooks/winkelstraat/rmas.ts';
import type { Bridge } from '../support/bridge.ts';
import { broken, brokenId, name } from '../support/each-quarantine.ts';
import { eventually } from '../support/eventually.ts';
import { IngestFunction } from '../support/ingest-function.ts';
import { eachOperated, type Operator } from '../support/operator.ts';
import type { OpsRun } from '../support/ops.ts';
import { QuarantineHarness } from '../support/quarantine.ts';
import { rma, shipment } from '../support/webhooks.ts';
import type { Stack, World } from '../support/world.ts';

let world: World;
let operator: Operator;
let stack: Stack;
let ingest: IngestFunction;
let quarantine: QuarantineHarness;
let bridge: Bridge;

eachOperated((fresh) => {
  ({ world, stack, worker: bridge, operator } = fresh);
  ingest = new IngestFunction(world, stack);
  quarantine = new QuarantineHarness(world, stack);
});

/** Posts an invalid delivery and stores it. @returns its id */
async function reject(delivery = broken): Promise<string> {
  expect(await ingest.post(delivery)).toMatchObject({ statusCode: 406 });
  expect(await quarantine.drain()).toEqual(['acknowledged']);
  return eventId(delivery.webhook, delivery.payload);
}

/** Restarts ingest with a schema that requires more than the sender sends. */
function restartWithStricterSchema(): void {
  const known: z.ZodMiniType = stockHubV1Rma.schema;
  const schema = z.pipe(known, z.looseObject({ warehouse: z.string() }));
  const stricter: Webhook = { ...stockHubV1Rma, schema };
  ingest = new IngestFunction(world, stack, { webhooks: [stricter] });
}

/** Runs `npx bridge rejected …` against this world. */
const rejected = (...args: string[]): Promise<OpsRun> =>
  operator.runWith({ IgfQueueUrl: stack.igfQueue.url }, 'rejected', ...args);

const inList = (id: string) =>
  eventually('the index has it', async () => (await rejected()).text.includes(id.slice(0, 8)) || undefined);
describe('bridge rejected', () => {
  test('reports that there are none', async () => {
    expect(await rejected()).toMatchObject({ code: 0, text: 'No rejected webhooks.' });
  });

  test('lists a webhook that was accepted without an item, and replays it only once the item can be read', async () => {
    const delivery = rma({}, { id: 1 }, { id: {} });
    expect(await ingest.post(delivery)).toMatchObject({ statusCode: 202 });
    await quarantine.drain();
    const id = eventId(name, delivery.payload);
    await inList(id);
    const { text } = await rejected();
    expect(text).toMatch(/accepted in part: its sender does not retry it/);
    expect(text).toMatch(/rejected +items\.1\.id must be an identifier.*\n +today +the same$/m);
    await ingest.queued();
    expect(await rejected('replay', '--all')).toMatchObject({ code: 1 });
    expect(await ingest.queued()).toEqual([]);
  });

  test('lists rejected webhooks with the time left, their faults and the verdict of today’s schema', async () => {
    await reject();
    await inList(brokenId);
    const { code, text } = await rejected();
    expect(code).toBe(1);
    expect(text).toMatch(
      /^[0-9a-f]{8} {2}stock-hub\/v1\/rma {2}(24 h|23 h 59 min|23 h 60 min) of retries left$/m,
    );
    expect(text).toMatch(/rejected +increment_id /);
    expect(text).toMatch(/today +the same$/m);
    expect(text).not.toMatch(/wsnl199/);
  });

  test('shows one by the first characters of its id, with its body', async () => {
    const id = await reject();
    await inList(id);
    const { code, text } = await rejected('show', id.slice(0, 8), '--personal');
    expect(code).toBe(0);
    expect(text).toContain(`Rejected delivery ${id}`);
    const body = text.slice(text.indexOf('{'));
    expect(JSON.parse(body)).toEqual(JSON.parse(JSON.stringify(broken.payload)));
    expect(body.split('\n').length).toBeGreaterThan(20);
  });

  test('a webhook without a version passes with the one that it should have had', async () => {
    const delivery = rma();
    const { statusCode } = await ingest.post(delivery, { headers: { 'x-version': '' } });
    expect(statusCode).toBe(406);
    await quarantine.drain();
    await inList(eventId(delivery.webhook, delivery.payload));
    expect((await rejected()).text).toMatch(/today +passes with --x-version 1\.0$/m);
    expect((await rejected('--json', '--webhook', 'push-api/v2/rma')).text).toContain('"deliveries": []');
  });

  test('a webhook that is dismissed is off the list, with who dismissed it and why', async () => {
    const id = await reject();
    await inList(id);
    const dismiss = (...args: string[]) => rejected('dismiss', id.slice(0, 8), '--reason', 'a test', ...args);
    expect((await dismiss('--dry-run')).text).toMatch(/Nothing was changed/);
    expect((await rejected()).code).toBe(1);
    expect(await dismiss('--by', 'jan')).toMatchObject({ code: 0, text: expect.stringMatching(/by jan/) });
    await eventually('it is off the list', async () => (await rejected()).code === 0 || undefined);
    expect((await rejected('show', id)).text).toMatch(/resolved +dismissed .*Z, by jan: a test/);
    quarantine.later(20);
    expect(await quarantine.watch()).toBe(0);
  });

  test('a dismissed webhook that is replayed says who replayed it', async () => {
    const delivery = rma();
    await ingest.post(delivery, { headers: { 'x-version': '' } });
    await quarantine.drain();
    const id = eventId(delivery.webhook, delivery.payload);
    await inList(id);
    await rejected('dismiss', id, '--reason', 'a test', '--by', 'jan');
    expect((await rejected('replay', id, '--x-version', '1.0', '--by', 'anna')).code).toBe(0);
    expect((await rejected('show', id)).text).toMatch(/resolved +replayed .*Z, by anna$/m);
  });

  test.each([
    [['show', 'ffffffff', '--all'], 2, /takes one id/],
    [['dismiss', 'ffffffff', '--reason', ' '], 2, /'--reason <text>' argument ' ' is invalid. It is empty/],
    [['show', 'ffffffff'], 1, /^There is no rejected delivery ffffffff: npx bridge rejected --local lists/],
    [['replay'], 2, /needs ids, or --all/],
    [['replay', 'ab', '--all'], 2, /needs ids, or --all/],
    [['replay', ''], 1, /^The id is empty/],
  ])('reports in one line what is wrong with %j', async (args, code, complaint) => {
    const run = await rejected(...args);
    expect(run).toMatchObject({ code, text: '' });
    expect(run.complaints).toEqual([expect.stringMatching(complaint)]);
  });
});

describe('a delivery that a wrong schema of ours rejected', () => {
  const delivery = rma();
  const id = eventId(name, delivery.payload);

  beforeEach(async () => {
    await bridge.takes(shipment());
    restartWithStricterSchema();
    await reject(delivery);
    await inList(id);
  });

  test('is replayed once the schema is corrected, and its return is listed', async () => {
    const { code, text } = await rejected('replay', id.slice(0, 6));
    expect({ code, text }).toMatchObject({
      code: 0,
      text: expect.stringMatching(/replayed\n1 replayed, 0 still/),
    });
    await bridge.finish();

    expect(await bridge.theReturn('000000549')).toMatchObject({ state: 'Listed' });
    const order = await bridge.itemsOf('000000549');
    expect(order[`EVENT#${id}`]).toMatchObject({ outcome: 'done', version: '1.0', webhook: name });
    const item = await quarantine.item(id);
    expect(item).toMatchObject({ resolution: { as: 'replayed' } });
    expect(item).toHaveProperty('task', 'RESOLVED');
    await eventually('the list is empty', async () => (await rejected()).code === 0 || undefined);
  });

  test('is listed at IGF once however often it is replayed, and stays off the list when it is refused again', async () => {
    await rejected('replay', '--all');
    await bridge.finish();
    await rejected('replay', id);
    await bridge.finish();
    await reject(delivery);
    expect(await world.igf.posts()).toHaveLength(1);
    const item = await quarantine.item(id);
    expect(item).toMatchObject({ deliveries: 2, resolution: { as: 'replayed' } });
    expect(item).toHaveProperty('task', 'RESOLVED');
  });

  test('never overwrites newer data', async () => {
    await bridge.takes(rma({}, { reason: 'defect' }));
    await rejected('replay', '--all');
    await bridge.finish();
    expect(await bridge.theReturn('000000549')).toMatchObject({
      state: 'NotForwardable',
      opening: { reason: 'defect' },
    });
    expect(await world.igf.posts()).toEqual([]);
  });

  test('is previewed with the call to IGF, and the preview changes nothing', async () => {
    const { code, text } = await rejected('replay', '--all', '--preview');
    expect(code).toBe(0);
    expect(text).toMatch(
      /would pass\n {2}order 000000549, return 000000093\/90: not recorded yet\.\n {4}→ POST \/listings \{"sku":"wsnl199/,
    );
    expect(text).toMatch(/1 would be replayed, 0 still failing\. Nothing was changed\./);
    expect(text).not.toMatch(/jansen/i);
    expect(await bridge.drain()).toEqual([]);
    expect(await quarantine.item(id)).toHaveProperty('task', 'REJECTED');
  });

  test('makes the previewed call', async () => {
    const { text } = await rejected('replay', '--all', '--preview');
    const [, sku, reason] = /"sku":"(\S+?)".*"returnReason":"(\w+)"/.exec(text) ?? [];
    await rejected('replay', '--all');
    await bridge.finish();
    expect((await world.igf.posts()).map(({ body }) => body)).toEqual([
      expect.objectContaining({ sku, returnReason: reason }),
    ]);
  });

  test('raises the alarm when less than six hours are left, not before, and not after its sender stopped retrying', async () => {
    expect(await quarantine.watch()).toBe(0);
    quarantine.later(17.9);
    expect(await quarantine.watch()).toBe(0);
    quarantine.later(0.2);
    expect(await quarantine.watch()).toBe(1);
    quarantine.later(6);
    expect(await quarantine.watch()).toBe(0);
    expect(await quarantine.item(id)).toHaveProperty('task', 'REJECTED');
  });

  test('raises no alarm after it was replayed', async () => {
    quarantine.later(20);
    await rejected('replay', '--all');
    await eventually('it is off the index', async () => (await quarantine.watch()) === 0 || undefined);
  });

  test('raises no alarm after a later delivery was accepted, and leaves the list', async () => {
    ingest = new IngestFunction(world, stack);
    expect(await ingest.post(delivery)).toMatchObject({ statusCode: 202 });
    quarantine.later(20);
    expect(await quarantine.watch()).toBe(1);
    await bridge.finish();
    expect((await rejected()).text).toMatch(/also accepted: nothing is missing/);
    expect(await quarantine.watch()).toBe(0);
    const item = await quarantine.item(id);
    expect(item).toMatchObject({ resolution: { as: 'accepted' } });
    expect(item).toHaveProperty('task', 'RESOLVED');
  });

  test('is replayed together with others; one that still fails stays, with its faults', async () => {
    ingest = new IngestFunction(world, stack);
    await reject();
    await inList(brokenId);
    const { code, text } = await rejected('replay', '--all');
    expect(code).toBe(1);
    expect(text).toMatch(new RegExp(`${brokenId.slice(0, 8)} .*still fails: increment_id `));
    expect(text).toMatch(/1 replayed, 1 still failing\.$/);
    expect(await quarantine.item(brokenId)).toHaveProperty('task', 'REJECTED');
  });
});

test('a delivery of a webhook that this version does not know is reported, and stays', async () => {
  restartWithStricterSchema();
  const id = await reject(rma());
  await inList(id);
  await world.dynamodb.send(
    new UpdateCommand({
      TableName: stack.table,
      Key: { pk: `REJECTED#${id}`, sk: 'REJECTED' },
      UpdateExpression: 'SET webhook = :webhook',
      ExpressionAttributeValues: { ':webhook': 'stock-hub/v9/rma' },
    }),
  );
  await eventually('the index has it', async () => (await rejected()).text.includes('v9/rma') || undefined);
  expect((await rejected()).text).toMatch(/still fails: this version of the bridge has no such webhook/);
  expect(await rejected('replay', '--all')).toMatchObject({
    code: 1,
    text: expect.stringMatching(/0 replayed, 1 still failing/),
  });
});

test('a delivery without a version is replayed with the version that the operator names', async () => {
  const delivery = rma();
  const id = eventId(name, delivery.payload);
  await ingest.post(delivery, { headers: { 'x-version': undefined } });
  await quarantine.drain();
  await inList(id);
  expect((await rejected('replay', '--all')).text).toMatch(/still fails: x-version is required/);
  expect((await rejected('replay', '--all', '--x-version', '2.1.0')).code).toBe(0);
  await bridge.finish();
  expect((await bridge.itemsOf('000000549'))[`EVENT#${id}`]).toMatchObject({ version: '2.1.0' });
});
