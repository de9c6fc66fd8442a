import { breakingClient } from '../support/breaking-client.ts';
import { Bridge, type BridgeOptions } from '../support/bridge.ts';
import { customerEmail, order, rma, shipment, sku } from '../support/webhooks.ts';
import { type Stack, startDeadlineMs, startWorld, type World } from '../support/world.ts';

let world: World;
let stack: Stack;

beforeAll(async () => {
  world = await startWorld();
}, startDeadlineMs);
afterAll(() => world?.close());
beforeEach(async () => {
  await world.igf.forget();
  stack = await world.deploy();
});

type Value = 'off' | 'suggest' | 'on';
const bridge = (matchShipments: Value = 'on', options: BridgeOptions = {}): Bridge =>
  new Bridge(world, stack, { ...options, policy: { ...options.policy, matchShipments } });

const buyersOrder = '000000777';
const address = Object(shipment().payload.shipping_address);
const buyer = { ...address, email: 'buyer@example.com', last_name: 'Koper', house_number: '99' };

/** A shipment that the warehouse is about to send to somebody else: one unit of the same article. */
const waiting = (header: object = {}, quantity = 1) =>
  shipment(
    {
      increment_id: '000000401',
      order_increment_id: buyersOrder,
      status: 'READY_FOR_PICKUP',
      collected_at: null,
      track: null,
      shipping_address: buyer,
      ...header,
    },
    { sku, qty: quantity },
  );
const collected = () =>
  waiting({ status: 'IN_TRANSIT', collected_at: '2024-06-02 10:00:00', updated_at: '2024-06-02 10:00:00' });

/** An order of another customer, with its one shipment and the return of its article. */
const another = (header: object = {}) => [
  shipment({ order_increment_id: '000000600', increment_id: '000000300', ...header }),
  rma({ order_increment_id: '000000600', increment_id: '000000094', ...header }, { id: 91 }),
];

const calls = async (): Promise<string[]> =>
  (await world.igf.requests())
    .map(({ method, path }) => `${method} ${path}`)
    .filter((call) => call !== 'POST /listings');
const placed = ['POST /orders/commit', 'POST /orders/finalize/1'];
const orders = async () => (await world.igf.see('/orders')) as unknown as Record<string, unknown>[];
const theListing = async () => (await world.igf.listings())[0];

const suggestion =
  'Shipment 000000401 of order 000000777 could be served by listing 1: hold it and place the order at ItGoesForward.';
const toHold = 'Hold shipment 000000401 of order 000000777: the article comes from another customer.';

async function expectOneOrder(worker: Bridge): Promise<void> {
  expect(await orders()).toMatchObject([{ id: 1, listingId: 1, webshopOrderId: buyersOrder }]);
  expect(await theListing()).toMatchObject({ status: 'Matched' });
  expect(await worker.theReturn(order)).toMatchObject({
    state: 'Matched',
    igfOrderId: 1,
    attention: toHold,
    match: { phase: 'confirmed', orderId: buyersOrder, shipmentId: '000000401' },
  });
  expect(await worker.parked()).toEqual([]);
}

describe('off', () => {
  test('neither matches nor searches', async () => {
    const worker = bridge('off');
    await worker.takes(shipment(), rma(), waiting());
    expect(await calls()).toEqual([]);
    expect(await worker.theReturn(order)).not.toHaveProperty('attention');
    expect(await worker.item(`SKU#${sku}`, `OFFER#${order}#000000093#90`)).toBeUndefined();
    expect(await worker.item(`SKU#${sku}`, `OPEN-SHIPMENT#${buyersOrder}#000000401`)).toBeUndefined();
  });
});

describe('suggest', () => {
  test.each([
    ['the listing is first', [shipment(), rma(), waiting()]],
    ['the shipment is first', [shipment(), waiting(), rma()]],
  ])('notifies people once and makes no call when %s', async (_what, deliveries) => {
    const worker = bridge('suggest');
    await worker.takes(...deliveries, waiting({ po_number: 'AGAIN' }), rma());
    expect(await worker.theReturn(order)).toMatchObject({ state: 'Listed', attention: suggestion });
    expect(worker.notices).toHaveLength(1);
    expect(await calls()).toEqual([]);
  });

  test('ends its attention once the shipment is collected', async () => {
    const worker = bridge('suggest');
    await worker.takes(shipment(), rma(), waiting(), collected());
    const item = await worker.theReturn(order);
    expect(item).not.toHaveProperty('attention');
    expect(item).not.toHaveProperty('match');
  });

  test('ends its attention once the return is over, and the unit is free for another return', async () => {
    const worker = bridge('suggest');
    await worker.takes(shipment(), rma(), waiting(), rma({ status: 'denied' }));
    expect(await worker.theReturn(order)).toMatchObject({ state: 'Cancelled' });
    expect(await worker.theReturn(order)).not.toHaveProperty('attention');
    await worker.takes(...another());
    expect(await worker.theReturn('000000600')).toMatchObject({
      attention: suggestion.replace('listing 1', 'listing 2'),
    });
  });

  test('ends its attention once somebody bought the listing', async () => {
    const worker = bridge('suggest');
    await worker.takes(shipment(), rma(), waiting());
    await world.igf.happens('/orders', { listingId: 1, webshopOrderId: 'OTHER' });
    const igf = new Bridge(world, stack, { sender: 'igf', policy: { matchShipments: 'suggest' } });
    await igf.takes({ webhook: 'v1/update-listing', payload: await world.igf.see('/listings/1') });
    const item = await worker.theReturn(order);
    expect(item).toMatchObject({ state: 'Matched' });
    expect(item).not.toHaveProperty('attention');
  });
});

describe('on', () => {
  test.each([
    ['the listing is first', [shipment(), rma(), waiting()]],
    ['the shipment is first', [shipment(), waiting(), rma()]],
    ['both come again', [shipment(), waiting(), rma(), waiting({ po_number: 'AGAIN' }), rma()]],
  ])('orders the listing for the buyer and confirms it when %s', async (_what, deliveries) => {
    const worker = bridge();
    await worker.takes(...deliveries);
    expect(await calls()).toEqual(placed);
    await expectOneOrder(worker);
    const commit = (await world.igf.requests()).find(({ path }) => path === '/orders/commit');
    expect(commit?.body).toMatchObject({
      listingId: 1,
      webshopOrderId: buyersOrder,
      customer: { email: 'buyer@example.com', lastName: 'Koper', address: { houseNr: '99' } },
    });
    expect(worker.notices).toHaveLength(1);
  });

  test('places one order although 10 workers process it at once', async () => {
    const worker = bridge();
    await worker.takes(shipment(), rma());
    for (let copy = 0; copy < 10; copy += 1) await worker.deliver(waiting());
    await worker.finish();
    expect(await calls()).toEqual(placed);
    await expectOneOrder(worker);
  });

  test('places one order although listing and shipment come at once', async () => {
    const worker = bridge();
    await worker.takes(shipment());
    for (let copy = 0; copy < 5; copy += 1) {
      await worker.deliver(rma());
      await worker.deliver(waiting());
    }
    await worker.finish();
    expect((await calls()).filter((call) => call.endsWith('commit'))).toHaveLength(1);
    await expectOneOrder(worker);
  });

  test('adopts its order when IGF’s answer to the commit was lost', async () => {
    await world.igf.fault({ operation: 'POST /orders/commit', afterCommit: true });
    const worker = bridge();
    await worker.takes(shipment(), rma(), waiting());
    expect(await calls()).toEqual(['POST /orders/commit', 'GET /orders?listingId=1', placed[1]]);
    await expectOneOrder(worker);
  });

  test('commits again when IGF answered 500 and has no order', async () => {
    await world.igf.fault({ operation: 'POST /orders/commit', status: 500 });
    const worker = bridge();
    await worker.takes(shipment(), rma(), waiting());
    expect(await calls()).toEqual(['POST /orders/commit', 'GET /orders?listingId=1', ...placed]);
    await expectOneOrder(worker);
  });

  test('confirms once when IGF’s answer to the confirmation was lost', async () => {
    await world.igf.fault({ operation: 'POST /orders/finalize/{id}', afterCommit: true });
    const worker = bridge();
    await worker.takes(shipment(), rma(), waiting());
    expect(await calls()).toEqual([...placed, 'GET /orders?listingId=1', 'GET /listings/1']);
    await expectOneOrder(worker);
  });

  test('confirms again when IGF answered 500 to the confirmation', async () => {
    await world.igf.fault({ operation: 'POST /orders/finalize/{id}', status: 500 });
    const worker = bridge();
    await worker.takes(shipment(), rma(), waiting());
    expect((await calls()).at(-1)).toBe(placed[1]);
    await expectOneOrder(worker);
  });

  test('lets the warehouse send the shipment when somebody has bought the listing already', async () => {
    const worker = bridge();
    await worker.takes(shipment(), rma());
    await world.igf.happens('/orders', { listingId: 1, webshopOrderId: 'OTHER' });
    await worker.takes(waiting(), waiting({ po_number: 'AGAIN' }));
    expect(await calls()).toEqual(['POST /orders/commit', 'GET /orders?listingId=1']);
    expect(await orders()).toMatchObject([{ webshopOrderId: 'OTHER' }]);
    const item = await worker.theReturn(order);
    expect(item).not.toHaveProperty('attention');
    expect(item).not.toHaveProperty('match');
    expect(await worker.parked()).toEqual([]);
  });

  test('withdraws its order when the return is over before it is confirmed', async () => {
    await world.igf.fault({ operation: 'POST /orders/finalize/{id}', status: 500 });
    const worker = bridge();
    await worker.takes(shipment(), rma());
    await worker.deliver(waiting());
    await worker.drain();
    expect(await theListing()).toMatchObject({ status: 'Pending' });
    await worker.takes(rma({ status: 'denied' }));
    expect(await orders()).toEqual([]);
    expect(await theListing()).toMatchObject({ status: 'Cancelled' });
    const item = await worker.theReturn(order);
    expect(item).toMatchObject({ state: 'Cancelled' });
    expect(item).not.toHaveProperty('match');
  });

  test('cancels the listing with its order when the return is over and the order is confirmed without an answer', async () => {
    await world.igf.fault({ operation: 'POST /orders/finalize/{id}', afterCommit: true });
    const worker = bridge();
    await worker.takes(shipment(), rma());
    await worker.deliver(waiting());
    await worker.drain();
    await worker.takes(rma({ status: 'denied' }));
    expect(await theListing()).toMatchObject({ status: 'Cancelled' });
    expect(await worker.theReturn(order)).toMatchObject({
      state: 'Cancelled',
      attention: `Serve ${buyersOrder} from stock: the forwarding ended.`,
    });
    expect(await worker.parked()).toEqual([]);
  });

  test('withdraws its order when the shipment is collected before it is confirmed', async () => {
    await world.igf.fault({ operation: 'POST /orders/finalize/{id}', status: 500 });
    const worker = bridge();
    await worker.takes(shipment(), rma());
    await worker.deliver(waiting());
    await worker.drain();
    await worker.takes(collected());
    expect(await orders()).toEqual([]);
    expect(await theListing()).toMatchObject({ status: 'Available' });
    const item = await worker.theReturn(order);
    expect(item).toMatchObject({ state: 'Listed' });
    expect(item).not.toHaveProperty('match');
  });

  test('sets the attention "Served twice" when the shipment is collected all the same', async () => {
    const worker = bridge();
    await worker.takes(shipment(), rma(), waiting(), collected());
    expect(await worker.theReturn(order)).toMatchObject({
      state: 'Matched',
      attention: 'Served twice: hold shipment 000000401 or cancel listing 1.',
    });
  });

  test('matches one of two listed returns with one unit', async () => {
    const worker = bridge();
    await worker.takes(shipment(), rma(), ...another(), waiting());
    expect((await calls()).filter((call) => call.endsWith('commit'))).toHaveLength(1);
    expect(await orders()).toHaveLength(1);
    const states = [await worker.theReturn(order), await worker.theReturn('000000600')];
    expect(states.map(({ state }) => state).sort()).toEqual(['Listed', 'Matched']);
  });

  test('matches two listed returns with two units, and one return with one of two shipments', async () => {
    const worker = bridge();
    await worker.takes(shipment(), rma(), ...another(), waiting({}, 2));
    expect(await orders()).toHaveLength(2);
    await worker.takes(waiting({ increment_id: '000000402', order_increment_id: '000000778' }));
    expect(await orders()).toHaveLength(2);
  });

  test.each([
    ['the sender of the return', { shipping_address: { ...buyer, email: customerEmail.toUpperCase() } }],
    ['at the sender’s address, and has no email', { shipping_address: { ...address, email: null } }],
  ])('matches nothing when the receiver is %s', async (_who, header) => {
    const worker = bridge();
    await worker.takes(shipment(), rma(), waiting(header));
    expect(await calls()).toEqual([]);
    expect(await worker.theReturn(order)).not.toHaveProperty('match');
  });

  test.each([
    ['is collected', { collected_at: '2024-02-25 10:00:00' }],
    ['is on its way', { status: 'IN_TRANSIT' }],
  ])('matches no shipment that %s', async (_what, header) => {
    const worker = bridge();
    await worker.takes(shipment(), rma(), waiting(header));
    expect(await calls()).toEqual([]);
  });

  test('makes no call with mode=observe', async () => {
    await bridge().takes(shipment(), rma());
    const worker = bridge('on', { policy: { mode: 'observe' } });
    await worker.takes(waiting());
    expect(await calls()).toEqual([]);
    expect(await worker.theReturn(order)).toMatchObject({
      state: 'Listed',
      why: expect.stringMatching(/^Observed only: .*shipment 000000401 of order 000000777/),
    });
  });
});

describe('when the bridge can not store the order that it placed', () => {
  const isOrder = (input: unknown): boolean => {
    const text = JSON.stringify(input);
    return text.includes('"phase":"committed"') && text.includes(':token');
  };

  test.each(['before', 'after'] as const)(
    'it rejects the order, and the listing is available again (the write failed %s it was done)',
    async (when) => {
      const dynamodb = breakingClient(world.addresses.dynamodb, isOrder, { when });
      const worker = bridge('on', { dynamodb });
      await worker.takes(shipment(), rma());
      await worker.deliver(waiting());
      await worker.drain();
      expect(await calls()).toEqual(placed);
      expect((await world.igf.requests()).at(-1)?.body).toEqual({ action: 'REJECT' });
      expect(await orders()).toEqual([]);
      expect(await theListing()).toMatchObject({ status: 'Available' });

      await worker.finish();
      const { state } = await worker.theReturn(order);
      expect((await orders()).length).toBe(state === 'Matched' ? 1 : 0);
      expect(await theListing()).toMatchObject({ status: state === 'Matched' ? 'Matched' : 'Available' });
      expect(state).toBe(when === 'before' ? 'Matched' : 'Listed');
      dynamodb.destroy();
    },
  );
});

describe('an attempt that crashes at a call to the table', () => {
  test.each(['before', 'after'] as const)(
    'never leaves two orders or an unconfirmed one (%s the call was done)',
    async (when) => {
      for (let nth = 1; nth <= 26; nth += 1) {
        await world.igf.forget();
        stack = await world.deploy();
        await bridge().takes(shipment(), rma());
        const dynamodb = breakingClient(world.addresses.dynamodb, (_input, call) => call === nth, { when });
        await bridge('on', { dynamodb }).takes(waiting());
        dynamodb.destroy();
        const { state } = await bridge().theReturn(order);
        const left = (await orders()).length;
        expect([nth, left, (await theListing())?.status]).toEqual(
          state === 'Matched' ? [nth, 1, 'Matched'] : [nth, 0, 'Available'],
        );
      }
    },
    60_000,
  );
});
