import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually } from '../../support/eventually.ts';
import { newOrder } from './orders.ts';
import { type RunningBridge, startBridge, type TableItem } from './running-bridge.ts';

/** None of IGF's webhooks arrives: what is left is asking. An hour passes in half a second. */
let bridge: RunningBridge;

beforeAll(async () => {
  bridge = await startBridge({ speed: 7200 });
  await bridge.igfWorld('webhooks', { drop: true });
});
afterAll(() => bridge?.stop());

type Order = ReturnType<typeof newOrder>;

const accepted = async (path: string, payload: unknown) => {
  expect((await bridge.post(path, payload)).status).toBe(202);
};

const reaches = (order: Order, state: string, attention?: RegExp) =>
  eventually(`${order.orderId} is ${state}`, async () => {
    const item: TableItem | undefined = await bridge.returnItem(order.orderId);
    return item?.state === state && (!attention || attention.test(item.attention)) && item;
  });

async function listed(): Promise<{ order: Order; listingId: number }> {
  const order = newOrder();
  await accepted('stock-hub/v1/shipment', order.shipment());
  await accepted('stock-hub/v1/rma', order.rma());
  const { listingId } = await eventually(
    `${order.orderId} is listed`,
    async () => (await bridge.returnItem(order.orderId))?.listingId && bridge.returnItem(order.orderId),
  );
  return { order, listingId };
}

async function bought() {
  const { order, listingId } = await listed();
  await bridge.igfWorld('orders', { listingId, webshopOrderId: `WEB-${listingId}` });
  return { order, listingId };
}

const happen = async (listingId: number, ...eventTypes: string[]) => {
  for (const eventType of eventTypes) await bridge.igfWorld('events', { eventType, listingId });
};

test('every return reaches its right end although no webhook of IGF’s arrives', async () => {
  const lives = {
    arrived: await bought(),
    cancelled: await bought(),
    unsold: await listed(),
    late: await bought(),
    lost: await bought(),
  };
  await happen(lives.arrived.listingId, 'LABELED', 'SHIPPED', 'COMPLETED', 'REFUND');
  await happen(lives.cancelled.listingId, 'RETURN_CANCELED');
  await happen(lives.late.listingId, 'LABELED', 'RETURN_DEADLINE_PASSED');
  await happen(lives.lost.listingId, 'LABELED', 'SHIPPED');
  const { listingId } = lives.lost;
  await bridge.igfWorld('cancellations', { listingId, cancelReason: 'NOT_DELIVERED_BY_CARRIER' });

  await reaches(lives.cancelled.order, 'Cancelled', /^Serve .* from stock/);
  await reaches(lives.late.order, 'DeadlinePassed', /^Serve .* from stock/);
  await reaches(lives.lost.order, 'Shipped', /^Refund due: .* Parcel lost/);
  await happen(lives.unsold.listingId, 'RETURN_CANCELED');
  await reaches(lives.unsold.order, 'Cancelled');
  await reaches(lives.arrived.order, 'Completed', /^Refund due: EUR 267\.05.*IGF announced no refund/);
  const { order } = lives.arrived;
  await accepted(
    'stock-hub/v1/rma',
    order.rma({ status: 'processed_closed' }, { status: 'processed_closed' }),
  );
  await reaches(order, 'Settled');
  expect((await bridge.igfWebhooks()).filter(({ status }) => status === 202)).toEqual([]);
});
