import fc from 'fast-check';
import { Bridge } from '../support/bridge.ts';
import { logLines } from '../support/log-lines.ts';
import { rma, rmaItem, shipment, v2Rma } from '../support/webhooks.ts';
import { startWorld, type World } from '../support/world.ts';
import { endpoints } from './endpoints.ts';
import { mutated } from './mutation.ts';
import { canary } from './request.ts';

let world: World;
let worker: Bridge;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.close());
beforeEach(async () => {
  await world.igf.forget();
  logLines.length = 0;
  worker = new Bridge(world, await world.deploy());
});

/** A text as a person may put it on the queue: SQS refuses some characters, so they are escaped. */
const escaped = (json: string): string =>
  json.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

const envelope = (webhook: string, payload: unknown, change: object = {}): object => ({
  schema: 1,
  id: 'put-by-hand',
  webhook,
  version: '1.0',
  receivedAt: '2025-03-01T10:00:00.000Z',
  correlationId: 'by-hand',
  payload,
  ...change,
});
const byHand = (...args: Parameters<typeof envelope>): string => escaped(JSON.stringify(envelope(...args)));

/** A message of another order is worked on as if nothing had been. */
async function expectNextToWork(bridge: Bridge): Promise<void> {
  const other = { order_increment_id: '900000001' };
  await bridge.takes(shipment(other), rma(other));
  expect(await bridge.theReturn('900000001')).toMatchObject({ state: 'Listed' });
}

const reasons = async (): Promise<(string | undefined)[]> =>
  (await worker.parked()).map(({ attributes }) => attributes.reason);

const long = (kilobytes: number): string => canary.repeat(Math.ceil((kilobytes * 1024) / canary.length));

describe('a message that can never be stored is parked at once, with the reason', () => {
  test.each<[string, () => string, RegExp]>([
    [
      'whose payload is larger than an item of the table',
      () => byHand('stock-hub/v1/rma', { ...rma().payload, unknown: long(700) }),
      /larger than 400 KB/,
    ],
    [
      'whose fact is larger than an item of the table',
      () => byHand('push-api/v2/rma', v2Rma({}, { reference: long(600) }).payload),
      /larger than 400 KB/,
    ],
    [
      'whose payload is nested without end',
      () => byHand('stock-hub/v1/rma', 0).replace(':0}', `:${'['.repeat(50_000)}${']'.repeat(50_000)}}`),
      /nested deeper than 32/,
    ],
    [
      'with a number that is out of range',
      () => byHand('stock-hub/v1/rma', { ...rma().payload, x: 0.125 }).replace('0.125', '1e400'),
      /out of range/,
    ],
    [
      'with a key that would change a prototype',
      () =>
        byHand('stock-hub/v1/rma', { ...rma().payload, x: 1 }).replace(
          '"x":1',
          '"__proto__":{"isAdmin":true}',
        ),
      /forbidden key/,
    ],
    [
      'that has an order advanced whose name no key holds',
      () => byHand('bridge/v1/advance', { orderId: 'x'.repeat(3000) }),
      /does not fit the schema/,
    ],
    [
      'that has no order advanced',
      () => byHand('bridge/v1/advance', { orderId: '' }),
      /does not fit the schema/,
    ],
    ['of the other sender', () => byHand('v1/shipped', { id: 1 }), /no such webhook/],
    [
      'with a correlation id of two lines',
      () => byHand('stock-hub/v1/rma', rma().payload, { correlationId: 'a\nb' }),
      /not an envelope/,
    ],
  ])('%s', async (_what, body, reason) => {
    await worker.put(body());
    expect(await worker.drain()).toEqual(['acknowledged']);
    expect(await reasons()).toEqual([expect.stringMatching(reason)]);
    expect(worker.delays).toEqual([]);
    expect(JSON.stringify(logLines)).not.toContain(canary);
    await expectNextToWork(worker);
  });

  test('that makes a return too large together with its earlier facts', async () => {
    await worker.takes(v2Rma({}, { reference: long(220) }));
    await worker.deliver(rmaItem({ reference: long(220) }, { rma_id: v2Rma().payload.rma_id }));
    expect(await worker.drain()).toEqual(['acknowledged']);
    expect(await reasons()).toEqual([expect.stringMatching(/an item would be larger than 400 KB/)]);
    const events = Object.entries(await worker.itemsOf('000000549')).filter(([sk]) =>
      sk.startsWith('EVENT#'),
    );
    expect(events.map(([, event]) => event.outcome).toSorted()).toEqual(['done', 'parked']);
    expect(JSON.stringify(logLines)).not.toContain(canary);
    await expectNextToWork(worker);
  });

  test('and the order has its delivery, without the payload that is too large', async () => {
    await worker.put(byHand('stock-hub/v1/rma', { ...rma().payload, unknown: long(700) }));
    await worker.drain();
    expect((await worker.itemsOf('000000549'))['EVENT#put-by-hand']).toMatchObject({
      outcome: 'parked',
      payload: 'null',
      lastError: expect.stringMatching(/larger than 400 KB/),
    });
  });

  test('and without attributes where its text alone is as long as a message may be', async () => {
    await worker.put('x'.repeat(1024 * 1024));
    expect(await worker.drain()).toEqual(['acknowledged']);
    const parked = await worker.parked();
    expect(parked.map(({ body, attributes }) => [body.length, attributes])).toEqual([[1024 * 1024, {}]]);
    expect(logLines).toMatchObject([{ step: 'parked', reason: expect.stringMatching(/not an envelope/) }]);
  });
});

describe('a message that is odd and can be stored is done', () => {
  test.each<[string, string, () => string]>([
    [
      'a version that is half an emoji',
      'winkelstraat',
      () => byHand('stock-hub/v1/shipment', shipment().payload, { version: '1\ud83d' }),
    ],
    [
      'a reason of dots without end',
      'winkelstraat',
      () => byHand('push-api/v2/rma', v2Rma({}, { reason: `${'.'.repeat(200_000)}x` }).payload),
    ],
    [
      'names that are half an emoji',
      'winkelstraat',
      () =>
        byHand('stock-hub/v1/shipment', shipment({ increment_id: '1#\ud83d%', po_number: '\udc00' }).payload),
    ],
    [
      'fields without a name',
      'winkelstraat',
      () => byHand('stock-hub/v1/rma', { ...rma().payload, '': { '': '' } }),
    ],
    [
      'a buyer’s order that no key holds',
      'igf',
      () => byHand('v1/return-deadline-passed', { id: 1, webshopOrderId: 'x'.repeat(3000) }),
    ],
    [
      'a status that is half an emoji',
      'igf',
      () => byHand('v1/return-deadline-passed', { id: 1, status: '\ud83d', webshopOrderId: '\ud83d' }),
    ],
  ])('with %s', async (_what, sender, body) => {
    const ofSender = new Bridge(world, worker.stack, { sender });
    await ofSender.put(body());
    await ofSender.finish();
    expect(await reasons()).toEqual([]);
    expect(ofSender.delays).toEqual([]);
    await expectNextToWork(worker);
  });
});

/** Identifiers may be logged; nothing else of a payload may. */
const withoutIds = (line: (typeof logLines)[number]): object => {
  const { orderId, returnId, ...rest } = line;
  return rest;
};

describe('any message that is put on the queue by hand', () => {
  test.each(['winkelstraat', 'igf'])(
    'is done or parked by the worker of %s, which works on',
    async (sender) => {
      const samples = endpoints.filter((endpoint) => endpoint.sender.name === sender);
      const ofSender = new Bridge(world, worker.stack, { sender });
      const counts = { parked: 0, all: 0 };
      const anyBody = fc.oneof(
        { weight: 1, arbitrary: fc.string({ minLength: 1 }).map(escaped) },
        ...samples.map(({ webhook, sample }, index) => ({
          weight: 6,
          arbitrary: mutated(envelope(webhook.name, sample, { id: `put-by-hand-${index}` })).map(escaped),
        })),
      );
      await fc.assert(
        fc.asyncProperty(fc.array(anyBody, { minLength: 8, maxLength: 8 }), async (bodies) => {
          logLines.length = 0;
          for (const body of bodies) await ofSender.put(body);
          await ofSender.finish();
          const parked = await ofSender.parked();
          counts.parked += parked.length;
          counts.all += bodies.length;
          for (const { attributes } of parked) {
            expect(attributes).toMatchObject({ reason: expect.any(String), errorClass: expect.any(String) });
            // IGF and the table were there all the time: what fails for a day could never have succeeded. Only a message
            // of a later version waits for the deploy of its worker.
            expect(attributes.reason).not.toMatch(/^Failed for 24 hours: (?!a later version of the bridge)/);
          }
          expect(logLines.filter(({ step }) => step === 'unacknowledged' || step === 'failed')).toEqual([]);
          expect(JSON.stringify(logLines.map(withoutIds)).toLowerCase()).not.toContain(canary);
        }),
        { numRuns: 40, seed: 20_250_301, endOnFailure: true },
      );
      // Some of it was understood, and some was not.
      expect(counts.parked).toBeGreaterThan(counts.all / 10);
      expect(counts.all - counts.parked).toBeGreaterThan(counts.all / 10);
      await expectNextToWork(worker);
    },
    120_000,
  );
});
