import { findMatches } from '../../../lib/matching/matches.ts';
import { recordFacts } from '../../../lib/record/record-facts.ts';
import { advance } from '../../../lib/worker/advance.ts';
import { address, atIgf, now, ofOrder, pushApiOpening, shipmentFact } from '../../support/builders.ts';
import { turnedAway } from '../../support/doubles/igf-replies.ts';
import { leaseSeconds, logged, workplace } from '../worker/workplace.ts';

logged();
const buyersOrder = '000000777';
const poNumber = 'P2';
const waiting = (collectedAt?: string) =>
  shipmentFact({
    orderId: buyersOrder,
    shipmentId: '000000401',
    status: 'READY_FOR_PICKUP',
    collectedAt,
    poNumber,
    items: [{ sku: 'sku-90', quantity: 1 }],
    address: address({ email: 'buyer@example.com' }),
  });

/** A listed return and a waiting shipment, with an IGF whose next commit can be disturbed. */
async function place(
  matchShipments: 'off' | 'suggest' | 'on' = 'on',
  webshopOrderId: 'order' | 'po_number' = 'order',
) {
  const surroundings = workplace({
    facts: [pushApiOpening()],
    reached: { state: 'Listed', listingId: 7, igf: atIgf('Listed') },
    policy: { matchShipments, webshopOrderId },
  });
  const { dependencies, table, igf } = surroundings;
  await recordFacts(buyersOrder, [waiting()], table);
  const reportShipment = async (collectedAt?: string) => {
    const facts = [waiting(collectedAt)];
    const { order } = await recordFacts(buyersOrder, facts, table);
    for (const concerned of await findMatches(order, facts, dependencies)) {
      await advance(concerned, { eventId: 'event-2', enqueuedAt: now }, dependencies, () => 30_000);
    }
  };
  const { sku } = pushApiOpening();
  const open = { orderId: buyersOrder, shipmentId: '000000401', quantity: 1 };
  await table.registerOpenShipment(sku, open, now);
  table.calls.length = 0;
  return {
    ...surroundings,
    reportShipment,
    /** Runs while the next commit is underway to IGF, longer than the claim lasts. */
    during: (happens: () => Promise<unknown>) => {
      igf.next('orders.commit', async (commit) => {
        surroundings.pass(leaseSeconds + 1);
        await happens();
        return commit();
      });
    },
  };
}

test('matchShipments=off makes no search and no call', async () => {
  const { work, table, igf } = await place('off');
  await work();
  expect(table.calls).toEqual(['readOrder']);
  expect(igf.state.commits).toEqual([]);
});

test('matchShipments=suggest sets attention and makes no call', async () => {
  const { work, item, igf } = await place('suggest');
  await work();
  expect(item()).toMatchObject({
    attention: expect.stringMatching(/^Shipment 000000401 of order 000000777 could/),
  });
  expect(igf.state.commits).toEqual([]);
});

test('matchShipments=on orders the listing for the buyer once, and confirms the order', async () => {
  const { work, item, igf } = await place();
  await work();
  await work();
  expect(igf.state.orders).toMatchObject([{ webshopOrderId: buyersOrder, confirmed: true }]);
  expect(igf.state.commits).toEqual([buyersOrder]);
  expect(item()).toMatchObject({ state: 'Matched', igfOrderId: 1 });
});

test('with webshopOrderId=po_number the order at IGF has the buyer’s purchase order', async () => {
  const { work, item, igf } = await place('on', 'po_number');
  await work();
  await work();
  expect(igf.state.orders).toMatchObject([{ webshopOrderId: poNumber, confirmed: true }]);
  expect(igf.state.commits).toEqual([poNumber]);
  expect(item()).toMatchObject({
    state: 'Matched',
    igfOrderId: 1,
    attention: expect.stringContaining('shipment 000000401 of order 000000777, PO P2'),
  });
});

test('with webshopOrderId=po_number an order whose outcome is unknown is found by the purchase order', async () => {
  const { work, igf, during, item } = await place('on', 'po_number');
  during(() => work([], { eventId: 'event-2' }));
  await work();
  expect(igf.state.orders).toMatchObject([{ webshopOrderId: poNumber, confirmed: true }]);
  expect(item()).toMatchObject({ state: 'Matched' });
});

test('an order that reaches IGF after all attempts gave it up is rejected', async () => {
  const { work, item, igf, during, reportShipment } = await place();
  during(() => reportShipment('2024-03-11T13:00:00.000Z'));
  await work();
  expect(igf.state.commits).toEqual([buyersOrder]);
  expect(igf.state.orders).toEqual([]);
  expect(igf.state.listings).toMatchObject([{ id: 7, status: 'Available' }]);
  expect(item()).toMatchObject({ state: 'Listed' });
  expect(item()).not.toHaveProperty('match');
});

test('an order that another attempt placed meanwhile for the same match is not rejected', async () => {
  const { work, item, igf, during } = await place();
  during(() => work([], { eventId: 'event-2' }));
  await work();
  expect(igf.state.commits).toEqual([buyersOrder]);
  expect(igf.state.orders).toMatchObject([{ webshopOrderId: buyersOrder, confirmed: true }]);
  expect(item()).toMatchObject({ state: 'Matched', orderId: ofOrder.orderId });
});

test('an order that another attempt has found at IGF, and not stored yet, is not rejected', async () => {
  const { work, item, igf, pass } = await place();
  const isFound = Promise.withResolvers<void>();
  const firstEnds = Promise.withResolvers<void>();
  let second: Promise<unknown> | undefined;
  igf.next('orders.commit', async (commit) => {
    const order = await commit();
    pass(leaseSeconds + 1);
    igf.next('orders.ofListing', async (look) => {
      const found = await look();
      isFound.resolve();
      await firstEnds.promise;
      return found;
    });
    second = work([], { eventId: 'event-2' });
    await isFound.promise;
    return order;
  });
  await work();
  firstEnds.resolve();
  await second;
  expect(igf.state.commits).toEqual([buyersOrder]);
  expect(igf.state.orders).toMatchObject([{ webshopOrderId: buyersOrder, confirmed: true }]);
  expect(item()).toMatchObject({ state: 'Matched' });
});

test('an attempt that read the return before another one reserved the unit, and gave up, places the order', async () => {
  const { work, item, igf, table } = await place();
  igf.next('orders.commit', turnedAway());
  table.beforeNext('registerOffer', () => work([], { eventId: 'event-2' }));
  await work();
  expect(igf.state.commits).toEqual([buyersOrder]);
  expect(item()).toMatchObject({ state: 'Matched' });
});
