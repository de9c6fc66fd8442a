import { claimLeaseSeconds } from '../../lib/config/timing.ts';
import { type Break, type BreakingClient, breakingClient } from '../support/breaking-client.ts';
import { Bridge, type BridgeOptions } from '../support/bridge.ts';
import type { Json } from '../support/builders.ts';
import { customerEmail, order, rma, shipment, sku } from '../support/webhooks.ts';
import { startWorld, type World } from '../support/world.ts';

let world: World;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.close());
beforeEach(() => world.igf.forget());

/** Long enough for a busy machine, but much shorter than the delay of a late answer. */
const igfTimeoutMs = 800;

const bridge = async (options: BridgeOptions = {}): Promise<Bridge> =>
  new Bridge(world, await world.deploy(), { igfTimeoutMs, ...options });

/** IGF has exactly one listing, and the return has its id. */
async function expectOneListing(worker: Bridge): Promise<void> {
  const listings = await world.igf.listings();
  expect(listings).toHaveLength(1);
  expect(await worker.theReturn(order)).toMatchObject({ state: 'Listed', listingId: listings[0]?.id });
  expect(await worker.parked()).toEqual([]);
}

/** IGF has a cancelled listing of the return, and another one with these values. */
async function expectListedAnew(worker: Bridge, values: Json): Promise<void> {
  const listings = await world.igf.listings();
  expect(listings.map(({ status }) => status)).toEqual(['Cancelled', 'Available']);
  expect((await world.igf.posts()).map(({ body }) => body)).toEqual([
    expect.objectContaining({ returnReasonComment: '[000000093/90]' }),
    expect.objectContaining({ returnReasonComment: '[000000093/90~2]', ...values }),
  ]);
  expect(await worker.theReturn(order)).toMatchObject({ state: 'Listed', listingId: listings[1]?.id });
  expect(await worker.parked()).toEqual([]);
}

/** A worker's table client whose nth call fails. */
const breaking = (nth: number, how: Break): BreakingClient =>
  breakingClient(world.addresses.dynamodb, (_input, call) => call === nth, how);

describe('webhooks that repeat and overtake one another', () => {
  test('30 duplicates in parallel make one listing', async () => {
    const worker = await bridge();
    await worker.takes(shipment());
    for (let copy = 0; copy < 30; copy += 1) await worker.deliver(rma());
    await worker.finish();
    expect(await world.igf.posts()).toHaveLength(1);
    await expectOneListing(worker);
  });

  test('shipment and RMA in parallel make one listing, in any order', async () => {
    const worker = await bridge();
    for (let copy = 0; copy < 5; copy += 1) {
      await worker.deliver(shipment());
      await worker.deliver(rma());
    }
    await worker.finish();
    expect(await world.igf.posts()).toHaveLength(1);
    await expectOneListing(worker);
  });

  test('an older shipment after a newer one changes nothing', async () => {
    const worker = await bridge();
    await worker.takes(shipment({ status: 'DELIVERED', delivered_at: '2024-02-25 11:00:00' }));
    const { 'SHIPMENT#000000288': stored } = await worker.itemsOf(order);
    await worker.takes(
      shipment(
        { status: 'READY_FOR_PICKUP', collected_at: null, po_number: 'OLD' },
        { item_price_inc_tax: 1 },
      ),
    );
    expect((await worker.itemsOf(order))['SHIPMENT#000000288']).toEqual(stored);

    await worker.takes(rma());
    expect(await world.igf.posts()).toMatchObject([{ body: { originalPrice: 270 } }]);
  });

  test('a listed return is not listed again when its shipment arrives', async () => {
    const worker = await bridge();
    await worker.takes(
      shipment(),
      rma(),
      shipment({ status: 'DELIVERED', delivered_at: '2024-02-25 11:00:00' }, { qty: 3 }),
    );
    expect(await world.igf.posts()).toHaveLength(1);
    await expectOneListing(worker);
  });

  test('a listed return whose price has changed has its listing cancelled, and is listed once more', async () => {
    const worker = await bridge();
    const cheaper = shipment({ delivered_at: '2024-02-25 11:00:00' }, { item_price_inc_tax: 199 });
    await worker.takes(shipment(), rma());
    for (let copy = 0; copy < 5; copy += 1) await worker.deliver(cheaper);
    await worker.finish();
    await expectListedAnew(worker, { originalPrice: 199 });
  });
});

describe('a message that two workers have at once', () => {
  test('is recorded as done when one of them did it, although the other one fails afterwards', async () => {
    const worker = await bridge();
    await worker.takes(shipment());
    const begun = Promise.withResolvers<void>();
    const { promise: meanwhile, resolve: goOn } = Promise.withResolvers<void>();
    const dynamodb = breaking(1, {
      when: 'before',
      hold: () => {
        begun.resolve();
        return meanwhile;
      },
    });
    const slow = new Bridge(world, worker.stack, { dynamodb });
    const eventId = await slow.deliver(rma());
    const attempt = slow.drain();
    await begun.promise;
    await worker.takes(rma());
    const done = (await worker.itemsOf(order))[`EVENT#${eventId}`];
    goOn();
    expect(await attempt).toEqual(['kept']);

    expect(done).toMatchObject({ outcome: 'done', attempts: 1 });
    expect((await worker.itemsOf(order))[`EVENT#${eventId}`]).toEqual(done);
    dynamodb.destroy();
  });
});

describe('a call to IGF that goes wrong', () => {
  test('is repeated after IGF answered 500 three times, and lists once', async () => {
    await world.igf.fault({ operation: 'POST /listings', status: 500, times: 3 });
    const worker = await bridge();
    await worker.takes(shipment(), rma());
    expect((await world.igf.posts()).map(({ status }) => status)).toEqual([500, 500, 500, 201]);
    await expectOneListing(worker);
  });

  test('is not repeated before the claim has ended, because IGF may commit it until then', async () => {
    await world.igf.fault({ operation: 'POST /listings', status: 500 });
    const worker = await bridge();
    await worker.takes(shipment(), rma());
    expect(Math.min(...worker.delays)).toBeGreaterThanOrEqual(claimLeaseSeconds);
  });

  test('is repeated at once, without a check, when IGF turned it away and so did nothing', async () => {
    await world.igf.fault({ operation: 'POST /listings', status: 429, headers: { 'retry-after': '77' } });
    const worker = await bridge();
    await worker.takes(shipment(), rma());
    expect(worker.delays).toEqual([77]);
    expect((await world.igf.requests()).map(({ method }) => method)).toEqual(['POST', 'POST']);
    await expectOneListing(worker);
  });

  test.each([
    ['the answer was lost', { afterCommit: true }],
    ['IGF answered 502 after it had committed', { afterCommit: true, status: 502 }],
    ['the answer came after our timeout', { delayMs: 10 * igfTimeoutMs }],
    ['the answer was not JSON', { garbage: true }],
  ])('lists once when IGF committed and %s: the listing is adopted by its mark', async (_how, fault) => {
    await world.igf.fault({ operation: 'POST /listings', ...fault });
    const worker = await bridge();
    await worker.takes(shipment(), rma());
    expect(await world.igf.posts()).toHaveLength(1);
    await expectOneListing(worker);
  });

  test('is checked by sku when the path by order does not exist', async () => {
    await world.igf.fault({ operation: 'POST /listings', afterCommit: true });
    await world.igf.fault({ operation: 'GET /listings/all', status: 404 });
    const worker = await bridge();
    await worker.takes(shipment(), rma());
    expect(await world.igf.posts()).toHaveLength(1);
    expect((await world.igf.requests()).at(-1)?.path).toBe(`/listings/sku/${sku}`);
    await expectOneListing(worker);
  });

  test('is checked by sku too when IGF finds nothing by an order number that the query encodes', async () => {
    const order_increment_id = 'PO 2024/7+A';
    await world.igf.set({ rawOrderNumbers: true });
    await world.igf.fault({ operation: 'POST /listings', afterCommit: true });
    const worker = await bridge();
    await worker.takes(shipment({ order_increment_id }), rma({ order_increment_id }));
    expect(await world.igf.posts()).toHaveLength(1);
    expect(await world.igf.listings()).toHaveLength(1);
    expect(await worker.theReturn(order_increment_id)).toMatchObject({ state: 'Listed', listingId: 1 });
  });

  test.each([
    ['both paths of the check are down', 500],
    ['neither path is there', 404],
  ])('is not repeated without an answer to the check: while %s, the message waits', async (_why, status) => {
    await world.igf.fault({ operation: 'POST /listings', afterCommit: true });
    await world.igf.fault({ operation: 'GET /listings/all', status, times: 3 });
    await world.igf.fault({ operation: 'GET /listings/sku/{skuId}', status, times: 3 });
    const worker = await bridge();
    await worker.takes(shipment(), rma());
    expect(await world.igf.posts()).toHaveLength(1);
    await expectOneListing(worker);
  });

  test('is checked by the values of the call, although the order has changed meanwhile', async () => {
    await world.igf.fault({ operation: 'POST /listings', afterCommit: true });
    const worker = await bridge();
    await worker.takes(shipment());
    await worker.deliver(rma());
    await worker.drain();
    const moved = { ...Object(shipment().payload.shipping_address), email: 'jan@new.example' };
    await worker.takes(shipment({ updated_at: '2024-03-01 10:00:00', shipping_address: moved }));
    // It is found, not made a second time. Then the new address has it cancelled and listed anew.
    await expectListedAnew(worker, {
      customer: expect.objectContaining({ email: 'jan@new.example' }),
    });
  });
});

describe('a listing at IGF is adopted only by its own return', () => {
  const lost = { operation: 'POST /listings', status: 500 };
  const listed = (change: Json = {}, sender = 'somebody@else.example') => ({
    sku,
    productId: '381189',
    listingWebshopOrderId: order,
    returnReason: 'no_reason',
    originalPrice: 270,
    returnReasonComment: '[000000093/90]',
    customer: {
      email: sender,
      lastName: 'Else',
      address: { street: 'Straat', houseNr: '1', city: 'Stad', postalCode: '1234AB', country: 'NL' },
    },
    ...change,
  });

  test.each([
    ['another customer’s with the very mark', listed()],
    ['the same customer’s without the mark', listed({ returnReasonComment: 'too wide' }, customerEmail)],
    [
      'one whose mark only begins like its own',
      listed({ returnReasonComment: '[000000093/901]' }, customerEmail),
    ],
    ['one of another article with the very mark', listed({ sku: 'another' }, customerEmail)],
  ])('not %s', async (_whose, request) => {
    const theirs = await world.igf.list(request);
    await world.igf.fault(lost);
    const worker = await bridge();
    await worker.takes(shipment(), rma());

    const item = await worker.theReturn(order);
    expect(item.state).toBe('Listed');
    expect(item.listingId).not.toBe(theirs.id);
    expect((await world.igf.requests()).some(({ method }) => method === 'GET')).toBe(true);
    expect(await world.igf.listings()).toHaveLength(2);
  });

  test('two RMAs for one order and sku become two listings, none adopted twice, though both answers were lost', async () => {
    await world.igf.fault({ operation: 'POST /listings', afterCommit: true, times: 2 });
    const worker = await bridge();
    await worker.takes(shipment());
    await worker.deliver(rma());
    await worker.deliver(rma({ increment_id: '000000094' }, { id: 91 }));
    await worker.finish();

    const listings = await world.igf.listings();
    expect(listings).toHaveLength(2);
    const marks = new Map(listings.map(({ id, returnReasonComment }) => [id, returnReasonComment]));
    const returns = await worker.returns(order);
    expect(returns.map(({ rmaId, listingId = 0 }) => [rmaId, marks.get(listingId)])).toEqual([
      ['000000093', '[000000093/90]'],
      ['000000094', '[000000094/91]'],
    ]);
  });
});

describe('an attempt that crashes at a call to the table', () => {
  test.each(['before', 'after'] as const)(
    'leads to one listing and one cancellation in the end, at any call (%s the call was done)',
    async (when) => {
      let isAtEnd = false;
      for (let nth = 1; !isAtEnd; nth += 1) {
        await world.igf.forget();
        const stack = await world.deploy();
        const dynamodb = breaking(nth, { when });
        await new Bridge(world, stack).takes(shipment());
        await new Bridge(world, stack, { dynamodb }).takes(rma());
        const worker = new Bridge(world, stack);
        await expectOneListing(worker);
        expect([nth, (await world.igf.posts()).length]).toEqual([nth, 1]);

        const another = breaking(nth, { when });
        await new Bridge(world, stack, { dynamodb: another }).takes(rma({ status: 'denied' }));
        expect([nth, (await world.igf.cancellations()).length]).toEqual([nth, 1]);
        expect(await worker.theReturn(order)).toMatchObject({ state: 'Cancelled' });
        isAtEnd = !dynamodb.hasBroken() && !another.hasBroken();
        dynamodb.destroy();
        another.destroy();
      }
    },
    150_000,
  );
});
