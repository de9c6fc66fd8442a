import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventTypes } from '../../../lib/facts/vendor-terms.ts';
import { eventually } from '../../support/eventually.ts';
import { newOrder } from './orders.ts';
import { type RunningBridge, startBridge, type TableItem } from './running-bridge.ts';

/**
 * One story for each end of a return's life, driven only by webhooks and by what happens at IGF. An hour passes in six
 * seconds, so that the reconciler's turns come soon.
 */
let bridge: RunningBridge;

beforeAll(async () => {
  bridge = await startBridge({ speed: 600 });
});
afterAll(() => bridge?.stop());

type Order = ReturnType<typeof newOrder>;

const accepted = async (path: string, payload: unknown) => {
  expect((await bridge.post(path, payload)).status).toBe(202);
};

const reaches = (order: Order, state: string, more: (item: TableItem) => boolean = () => true) =>
  eventually(`${order.orderId} is ${state}`, async () => {
    const item = await bridge.returnItem(order.orderId);
    return item?.state === state && more(item) && item;
  });

/** A stock-hub return that is listed at IGF. */
async function listed(): Promise<{ order: Order; listingId: number }> {
  const order = newOrder();
  await accepted('stock-hub/v1/shipment', order.shipment());
  await accepted('stock-hub/v1/rma', order.rma());
  const { listingId } = await reaches(order, 'Listed');
  return { order, listingId };
}

async function matched() {
  const { order, listingId } = await listed();
  await bridge.igfWorld('orders', { listingId, webshopOrderId: `WEB-${listingId}` });
  await reaches(order, 'Matched');
  return { order, listingId };
}

const happens = (eventType: string, listingId: number) => bridge.igfWorld('events', { eventType, listingId });

const merchantSays = (order: Order, status: string) =>
  accepted('stock-hub/v1/rma', order.rma({ status }, { status }));

test('forwarded, completed, refunded and settled', async () => {
  const { order, listingId } = await matched();
  await happens('LABELED', listingId);
  await reaches(order, 'Labelled');
  await happens('SHIPPED', listingId);
  await reaches(order, 'Shipped');
  await happens('COMPLETED', listingId);
  await reaches(order, 'Completed');
  await happens('REFUND', listingId);
  const due = await reaches(order, 'Completed', ({ refundDue }) => refundDue === true);
  expect(due.attention).toContain('EUR 267.05');
  expect(due.igfOrderId).toEqual(expect.any(Number));
  expect(due.igfShipmentId).toEqual(expect.any(Number));

  await merchantSays(order, 'processed_closed');
  const settled = await reaches(order, 'Settled');
  expect(settled.attention).toBeUndefined();
  expect(settled.refundDue).not.toBe(true);
  // The buyer is not ours to keep.
  expect(JSON.stringify(await bridge.itemsOf(order.orderId))).not.toContain('buyer@example.com');
});

test('an event without the secret end of its URL is refused, and changes nothing', async () => {
  const { order, listingId } = await listed();
  const answer = await fetch(`${bridge.addresses.api}/igf/v1/return-canceled/not-the-token`, {
    method: 'POST',
    body: JSON.stringify({ id: listingId, status: 'Cancelled' }),
  });
  expect(answer.status).toBe(401);
  expect(bridge.lines.join('\n')).not.toContain('not-the-token');
  expect((await bridge.returnItem(order.orderId))?.state).toBe('Listed');
});

test('cancelled by the customer before anybody bought it', async () => {
  const { order, listingId } = await listed();
  await happens('RETURN_CANCELED', listingId);
  const item = await reaches(order, 'Cancelled');
  expect(item.attention).toBeUndefined();
});

test('cancelled by the customer after somebody bought it', async () => {
  const { order, listingId } = await matched();
  await happens('RETURN_CANCELED', listingId);
  const item = await reaches(order, 'Cancelled', ({ attention }) => attention !== undefined);
  expect(item.attention).toMatch(/^Serve .* from stock/);
});

test('not handed in before the deadline, then handed in after all', async () => {
  const { order, listingId } = await matched();
  await happens('LABELED', listingId);
  await reaches(order, 'Labelled');
  await happens('RETURN_DEADLINE_PASSED', listingId);
  const ended = await reaches(order, 'DeadlinePassed');
  expect(ended.attention).toBe(`Serve WEB-${listingId} from stock: the forwarding ended.`);
  await happens('SHIPPED', listingId);
  const after = await reaches(order, 'DeadlinePassed', ({ attention }) =>
    /Handed in after all/.test(attention),
  );
  expect(after.attention).toContain('stop the replacement');
});

test('unmatched: nobody bought it before the matching deadline, which only the reconciler can see', async () => {
  await bridge.igf('PUT', '/retailer', { matchingPeriod: 0 });
  try {
    const { order } = await listed();
    const item = await reaches(order, 'Unmatched');
    expect(item.why).toContain('Nobody bought');
  } finally {
    await bridge.igf('PUT', '/retailer', { matchingPeriod: 14 });
  }
});

test('the parcel is lost, which no webhook says', async () => {
  const { order, listingId } = await matched();
  await happens('LABELED', listingId);
  await happens('SHIPPED', listingId);
  await reaches(order, 'Shipped');
  await bridge.igfWorld('cancellations', { listingId, cancelReason: 'NOT_DELIVERED_BY_CARRIER' });
  const item = await reaches(order, 'Shipped', ({ attention }) => /Parcel lost/.test(attention));
  expect(item.attention).toMatch(/^Refund due: .* Parcel lost: serve WEB-/);
});

test('denied by the merchant after somebody bought it', async () => {
  const { order, listingId } = await matched();
  await merchantSays(order, 'denied');
  const item = await reaches(order, 'Cancelled', ({ attention }) => attention !== undefined);
  expect(item.attention).toBe(`Serve WEB-${listingId} from stock: the forwarding ended.`);
});

test('not forwardable: the normal return goes on', async () => {
  const order = newOrder();
  await accepted('stock-hub/v1/shipment', order.shipment());
  await accepted('stock-hub/v1/rma', order.rma({}, { reason: 'broken' }));
  await reaches(order, 'NotForwardable');
  await merchantSays(order, 'closed');
  await reaches(order, 'Closed');
});

test('all eight of IGF’s webhooks were sent by these stories, and every one was taken', async () => {
  const sent = await eventually('nothing is on its way any more', async () => {
    const webhooks = await bridge.igfWebhooks();
    return webhooks.every(({ status }) => status !== 'waiting') && webhooks;
  });
  expect(sent.filter(({ status }) => status !== 202)).toEqual([]);
  expect(new Set(sent.map(({ eventType }) => eventType))).toEqual(new Set(eventTypes));
});
