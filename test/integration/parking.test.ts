import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { breakingClient } from '../support/breaking-client.ts';
import { Bridge } from '../support/bridge.ts';
import { order, rma, shipment } from '../support/webhooks.ts';
import { startWorld, type World } from '../support/world.ts';

let world: World;
let worker: Bridge;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.close());
beforeEach(async () => {
  await world.igf.forget();
  worker = new Bridge(world, await world.deploy());
});

const envelope = (change: object = {}) =>
  JSON.stringify({
    schema: 1,
    id: 'an-event',
    webhook: 'stock-hub/v1/rma',
    version: '1.0',
    receivedAt: '2025-03-01T10:00:00.000Z',
    correlationId: 'a-correlation',
    payload: rma().payload,
    ...change,
  });

describe('an unreadable message is parked at once, with the reason', () => {
  const known = { eventId: 'an-event', webhook: 'stock-hub/v1/rma' };

  test.each<[string, string, RegExp, object]>([
    ['that is not JSON', 'tomorrow', /not an envelope/, {}],
    ['that is JSON, but not an envelope', '{"order":"000000549"}', /not an envelope/, {}],
    ['of no version of the envelope', envelope({ schema: 'two' }), /not an envelope/, {}],
    ['without a payload', envelope({ payload: undefined }), /not an envelope/, {}],
    ['with an id that no message attribute can contain', envelope({ id: '\u0000' }), /not an envelope/, {}],
    ['of an unknown webhook', envelope({ webhook: 'v9' }), /no such webhook/, { ...known, webhook: 'v9' }],
    ['whose payload has another shape', envelope({ payload: { items: [] } }), /schema of stock-hub/, known],
  ])('%s', async (_what, body, reason, attributes) => {
    await worker.put(body);
    expect(await worker.drain()).toEqual(['acknowledged']);
    expect(await worker.parked()).toEqual([
      {
        body,
        attributes: {
          ...attributes,
          reason: expect.stringMatching(reason),
          errorClass: 'UnreadableMessage',
        },
      },
    ]);
    expect(await world.igf.requests()).toEqual([]);
  });

  test('but not one of a later version, which the worker reads once its own deploy is through', async () => {
    await worker.put(envelope({ schema: 2 }));
    await worker.put(envelope());

    expect(await worker.workOnBatch()).toEqual(['kept', 'acknowledged']);
    expect(await worker.parked()).toEqual([]);
    expect(worker.delays).toHaveLength(1);
  });

  test('without a receive of the other messages of its batch', async () => {
    await worker.put('tomorrow');
    await worker.deliver(shipment());
    await worker.put('yesterday');
    await worker.deliver(rma());
    expect(await worker.workOnBatch()).toEqual(Array(4).fill('acknowledged'));
    expect(await worker.parked()).toHaveLength(2);
    expect(await worker.theReturn(order)).toMatchObject({ state: 'Listed' });
  });
});

describe('a call that IGF refuses', () => {
  const refused = expect.stringContaining('POST /listings: IGF refused it with 400');
  beforeEach(() => world.igf.fault({ operation: 'POST /listings', status: 400 }));

  test('parks the message with reason, error class and event id, and the table says why', async () => {
    await worker.takes(shipment());
    const eventId = await worker.deliver(rma());
    expect(await worker.drain()).toEqual(['acknowledged']);

    expect(await worker.parked()).toEqual([
      {
        body: expect.stringContaining(eventId),
        attributes: { reason: refused, errorClass: 'IgfRejectedError', eventId, webhook: 'stock-hub/v1/rma' },
      },
    ]);
    expect((await worker.itemsOf(order))[`EVENT#${eventId}`]).toMatchObject({
      outcome: 'parked',
      attempts: 1,
      lastError: refused,
    });
    expect(await worker.theReturn(order)).toMatchObject({ attention: refused });
  });

  test('is explained by the refused fields, and by IGF’s words where they repeat nothing of the customer', async () => {
    await world.igf.mend();
    await world.igf.fault({
      operation: 'POST /listings',
      status: 400,
      message: 'The customer jan.jansen@example.com is not accepted',
      details: [
        { path: 'customer.email', message: 'jan.jansen@example.com is no address' },
        { path: 'customer.address.houseNr', message: 'is required' },
      ],
    });
    await worker.takes(shipment(), rma());

    const reasons =
      'POST /listings: IGF refused it with 400 (E1400): customer.email; customer.address.houseNr: is required';
    expect(await worker.theReturn(order)).toMatchObject({
      why: `ItGoesForward refused the listing: ${reasons}.`,
      attention: expect.stringContaining(`Listing refused: ${reasons}.`),
      refusal: { reason: reasons },
    });
    const [message] = await worker.parked();
    expect(message?.attributes.reason).toBe(reasons);
  });

  test('is repeated when the parked message is redriven, and lists when the fault is corrected', async () => {
    await worker.takes(shipment(), rma());
    const [message] = await worker.parked();
    await worker.put(message?.body ?? '');
    await worker.finish();

    expect((await world.igf.posts()).map(({ status }) => status)).toEqual([400, 201]);
    const item = await worker.theReturn(order);
    expect(item).toMatchObject({ state: 'Listed' });
    expect(item.attention).toBeUndefined();
    expect(await worker.parked()).toEqual([]);
    const events = Object.entries(await worker.itemsOf(order)).filter(([sk]) => sk.startsWith('EVENT#'));
    expect(events.map(([, event]) => [event.outcome, event.lastError])).toEqual([
      ['done', undefined],
      ['done', undefined],
    ]);
  });

  describe('whose delivery can not be recorded', () => {
    let dynamodb: DynamoDBDocumentClient;
    /** A worker that fails so many times to record its delivery. */
    const forgetful = (times: number): Bridge => {
      const isStory = (input: unknown): boolean => JSON.stringify(input).includes('EVENT#');
      dynamodb = breakingClient(world.addresses.dynamodb, isStory, { when: 'before', times });
      return new Bridge(world, worker.stack, { dynamodb });
    };
    beforeEach(() => worker.takes(shipment()));
    afterEach(() => dynamodb.destroy());

    test('is retried until it is recorded, and parked then', async () => {
      const bridge = forgetful(1);
      const eventId = await bridge.deliver(rma());
      expect(await bridge.drain()).toEqual(['kept']);
      expect(await worker.parked()).toEqual([]);

      await bridge.finish();
      expect(await worker.parked()).toMatchObject([{ attributes: { eventId, reason: refused } }]);
      expect((await worker.itemsOf(order))[`EVENT#${eventId}`]).toMatchObject({ outcome: 'parked' });
      expect(await world.igf.posts()).toHaveLength(1);
    });

    test('is parked after 24 hours all the same, with the reason of the refusal', async () => {
      const bridge = forgetful(Number.POSITIVE_INFINITY);
      const eventId = await bridge.deliver(rma());
      await bridge.finish();
      expect(bridge.delays.reduce((sum, seconds) => sum + seconds, 0)).toBeGreaterThan(23 * 3600);
      expect(await worker.parked()).toMatchObject([{ attributes: { eventId, reason: refused } }]);
    });
  });

  test('is parked again when IGF refuses it again', async () => {
    await worker.takes(shipment(), rma());
    const [message] = await worker.parked();
    await world.igf.fault({ operation: 'POST /listings', status: 422 });
    await worker.put(message?.body ?? '');
    await worker.finish();
    expect(await worker.parked()).toMatchObject([{ attributes: { reason: expect.stringContaining('422') } }]);
  });

  test('is not repeated by other messages of the order until its content has changed', async () => {
    await worker.takes(shipment(), rma());
    await worker.takes(shipment({ delivered_at: '2024-02-25 11:00:00' }));
    expect(await world.igf.posts()).toHaveLength(1);

    await worker.takes(shipment({ delivered_at: '2024-02-26 11:00:00' }, { item_price_inc_tax: 199 }));
    expect((await world.igf.posts()).map(({ status }) => status)).toEqual([400, 201]);
    expect(await worker.theReturn(order)).toMatchObject({ state: 'Listed' });
  });

  test('does not count as refused when IGF has the listing all the same', async () => {
    await world.igf.forget();
    await world.igf.fault({ operation: 'POST /listings', status: 409, afterCommit: true });
    await worker.takes(shipment(), rma());
    expect(await world.igf.listings()).toHaveLength(1);
    expect(await worker.theReturn(order)).toMatchObject({ state: 'Listed' });
    expect(await worker.parked()).toEqual([]);
  });
});
