import { Bridge } from '../support/bridge.ts';
import { eventually } from '../support/eventually.ts';
import { order, rma, shipment, v2Rma } from '../support/webhooks.ts';
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

const pending = () => rma({ status: 'pending' }, { status: 'pending' });
const authorized = () => rma();
const denied = () => rma({ status: 'denied' }, { status: 'denied' });

/** IGF has one listing, which was cancelled by one call. */
async function expectCancelledOnce(): Promise<void> {
  const listings = await world.igf.listings();
  expect(listings).toMatchObject([{ status: 'Cancelled' }]);
  expect(await world.igf.cancellations()).toEqual([`/listings/cancel/${listings[0]?.id}`]);
  expect(await worker.theReturn(order)).toMatchObject({ state: 'Cancelled', listingId: listings[0]?.id });
  expect(await worker.parked()).toEqual([]);
}

/** Processes a message until its `POST /listings` has reached IGF, which delays the answer. */
async function postInFlight(fault: object): Promise<{ ended: Promise<unknown> }> {
  await world.igf.fault({ operation: 'POST /listings', ...fault });
  await worker.takes(shipment());
  await worker.deliver(authorized());
  const ended = worker.drain();
  await eventually('the POST reaches IGF', async () => (await world.igf.posts()).length > 0);
  return { ended };
}

describe('a return that is not authorized yet', () => {
  test('is not listed while it is pending, and is listed when it is authorized', async () => {
    await worker.takes(shipment(), pending());
    expect(await world.igf.requests()).toEqual([]);
    expect((await worker.theReturn(order)).why).toMatch(/not authorized/);

    await worker.takes(authorized());
    expect(await world.igf.posts()).toHaveLength(1);
    expect(await worker.theReturn(order)).toMatchObject({ state: 'Listed' });
  });

  test('is not cancelled by a late pending', async () => {
    await worker.takes(shipment(), authorized(), pending());
    expect(await worker.theReturn(order)).toMatchObject({ state: 'Listed' });
    expect(await world.igf.requests()).toHaveLength(1);
  });

  test('stays authorized: a late pending before its shipment does not stop the listing', async () => {
    await worker.takes(authorized(), pending(), shipment());
    expect(await worker.theReturn(order)).toMatchObject({ state: 'Listed' });
  });

  test('is not listed once it was denied, although an authorized comes afterwards', async () => {
    await worker.takes(shipment(), denied(), authorized());
    expect(await worker.theReturn(order)).toMatchObject({ state: 'Closed' });
    expect(await world.igf.requests()).toEqual([]);
  });

  test('is not listed when it was denied before its shipment was known', async () => {
    await worker.takes(authorized(), denied(), shipment());
    expect(await worker.theReturn(order)).toMatchObject({ state: 'Closed' });
    expect(await world.igf.requests()).toEqual([]);
  });
});

describe('a listed return that is over at the merchant', () => {
  test.each([
    ['the whole RMA is denied', rma({ status: 'denied' })],
    ['its item is received', rma({}, { status: 'received' })],
    ['its item is approved', rma({}, { status: 'approved_on_item' })],
    ['its RMA is closed', rma({ status: 'processed_closed' })],
  ])('has its listing cancelled at IGF, once, when %s', async (_how, over) => {
    await worker.takes(shipment(), pending(), authorized(), over, over);
    await expectCancelledOnce();
    expect(await world.igf.requests()).toContainEqual(
      expect.objectContaining({ method: 'PUT', body: { cancelReason: 'USER_CANCELLED' } }),
    );
  });

  test('does not end the listing of the RMA’s other item, which is not over', async () => {
    worker = new Bridge(world, await world.deploy(), { policy: { forward: 'each-item' } });
    await worker.takes(shipment(), rma({}, { id: 90 }, { id: 91 }));
    await worker.takes(rma({}, { id: 90, status: 'received' }, { id: 91 }));
    expect((await worker.returns(order)).map(({ state }) => state)).toEqual(['Cancelled', 'Listed']);
    expect(await world.igf.cancellations()).toHaveLength(1);
  });

  test('is cancelled by the header alone in push-api, whose items have no status', async () => {
    await worker.takes(v2Rma(), v2Rma({ status: 'received' }));
    await expectCancelledOnce();
  });

  test('is cancelled once although IGF’s answer was lost', async () => {
    await worker.takes(shipment(), authorized());
    await world.igf.fault({ operation: 'PUT /listings/cancel/{listingId}', afterCommit: true });
    await worker.takes(denied());
    await expectCancelledOnce();
  });

  test('is cancelled once although 10 duplicates come in parallel', async () => {
    await worker.takes(shipment(), authorized());
    for (let copy = 0; copy < 10; copy += 1) await worker.deliver(denied());
    await worker.finish();
    await expectCancelledOnce();
  });

  test('is cancelled later when IGF can not do it now', async () => {
    await worker.takes(shipment(), authorized());
    await world.igf.fault({ operation: 'PUT /listings/cancel/{listingId}', status: 503 });
    await worker.takes(denied());
    expect(await world.igf.listings()).toMatchObject([{ status: 'Cancelled' }]);
    expect(await worker.theReturn(order)).toMatchObject({ state: 'Cancelled' });
  });

  test('counts as cancelled when somebody else has cancelled its listing already', async () => {
    await worker.takes(shipment(), authorized());
    const { listingId = 0 } = await worker.theReturn(order);
    await world.igf.cancel(listingId);
    await worker.takes(denied());
    expect(await worker.theReturn(order)).toMatchObject({ state: 'Cancelled' });
    expect(await worker.parked()).toEqual([]);
  });

  test('is parked with attention when IGF refuses to cancel its listing', async () => {
    await worker.takes(shipment(), authorized());
    await world.igf.fault({ operation: 'PUT /listings/cancel/{listingId}', status: 409 });
    await worker.takes(denied());
    expect(await worker.theReturn(order)).toMatchObject({
      state: 'Cancelling',
      attention: expect.stringContaining('409'),
    });
    expect(await worker.parked()).toHaveLength(1);
  });
});

describe('a return that is denied while its POST is in flight', () => {
  test('is listed, and cancelled by the worker that listed it, without waiting for another message', async () => {
    const { ended } = await postInFlight({ delayMs: 300 });
    await worker.deliver(denied());
    await worker.drain();
    expect(await world.igf.cancellations()).toEqual([]);
    await ended;
    await expectCancelledOnce();
    await worker.finish();
    expect(await world.igf.posts()).toHaveLength(1);
    await expectCancelledOnce();
  });

  test('is found at IGF and cancelled when the answer to the POST was lost as well', async () => {
    const { ended } = await postInFlight({ afterCommit: true, delayMs: 200 });
    await worker.deliver(denied());
    await worker.drain();
    await ended;
    await worker.finish();
    expect(await world.igf.posts()).toHaveLength(1);
    await expectCancelledOnce();
  });

  test('is Closed when the POST was not committed', async () => {
    const { ended } = await postInFlight({ status: 500, delayMs: 200 });
    await worker.deliver(denied());
    await worker.drain();
    await ended;
    await worker.finish();
    expect(await world.igf.posts()).toHaveLength(1);
    expect(await worker.theReturn(order)).toMatchObject({ state: 'Closed' });
    expect(await world.igf.cancellations()).toEqual([]);
  });
});
