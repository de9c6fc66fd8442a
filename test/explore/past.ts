import type { Rejection } from '../../lib/ingest/rejection.ts';
import { advanceMessage } from '../../lib/webhooks/envelope.ts';
import { ofReturn } from '../support/builders.ts';
import { FakeIgf } from '../support/doubles/fake-igf.ts';
import { FakeIgfLife } from '../support/doubles/fake-igf-life.ts';
import { type Delivery, order, rma, shipment, sku } from '../support/webhooks.ts';
import { webhook } from './actors.ts';
import type { Past } from './scenario.ts';

/** What happened before the scenarios, and the webhooks about it. */

export const theReturn = ofReturn;
/** The order of the one who buys the listing at IGF. */
const buyersOrder = '000000700';
const listingId = 7;
const noon = Date.parse('2024-03-11T12:00:00.000Z');

export const shipped = ({ works }: Past) => works(shipment());
export const listed = ({ works }: Past) => works(shipment(), rma());

/** Somebody buys the listing at IGF, and this happens. No event of it has come. */
export function sells({ world: { life } }: Past, ...events: string[]): void {
  life.buy(listingId, buyersOrder);
  for (const event of events) life.happens(event, listingId);
}

/** The events about that. */
export const sold = (() => {
  const igf = new FakeIgf().has({ id: listingId, sku });
  const life = new FakeIgfLife(igf, () => noon);
  const bought = life.buy(listingId, buyersOrder);
  const happened = (event: string) => structuredClone(life.happens(event, listingId));
  const labelled = happened('LABELED');
  const other = new FakeIgf().has({ id: listingId, sku });
  const otherLife = new FakeIgfLife(other, () => noon);
  otherLife.buy(listingId, buyersOrder);
  return {
    ...{
      bought,
      labelled,
      shipped: happened('SHIPPED'),
      completed: happened('COMPLETED'),
      refund: happened('REFUND'),
    },
    deadlinePassed: otherLife.happens('RETURN_DEADLINE_PASSED', listingId),
  };
})();

export async function underway(past: Past): Promise<void> {
  await listed(past);
  sells(past, 'LABELED', 'SHIPPED');
  await past.works(sold.bought, sold.labelled, sold.shipped);
}

export async function completed(past: Past): Promise<void> {
  await underway(past);
  past.world.life.happens('COMPLETED', listingId);
  await past.works(sold.completed);
}

export async function refundDue(past: Past): Promise<void> {
  await completed(past);
  await past.works(sold.refund);
}

/** A worker lists the return and dies before it has stored the listing. Then the listing is sold. */
export async function soldBeforeStored(past: Past): Promise<void> {
  await shipped(past);
  await past.dies(rma(), 'table.point');
  sells(past, 'LABELED');
}

export const cancelledByCustomer: Delivery = (() => {
  const igf = new FakeIgf().has({ id: listingId, sku });
  return new FakeIgfLife(igf, () => noon).happens('RETURN_CANCELED', listingId);
})();

const day = 24 * 60 * 60 * 1000;

/** The matching deadline of the listing has passed. */
export async function unsold(past: Past): Promise<void> {
  const { world } = past;
  await listed(past);
  for (const listing of world.igf.state.listings)
    listing.matchingDeadline = new Date(noon + day).toISOString();
  world.now += 2 * day;
  // The reconciler runs every hour.
  world.roundMs = 60 * 60 * 1000;
}

/** Winkelstraat's shipment of the buyer's order with the label of the forwarding. */
export const deliveredToBuyer = shipment({
  increment_id: '000000701',
  order_increment_id: buyersOrder,
  status: 'DELIVERED',
  delivered_at: '2024-03-11 11:00:00',
  track: {
    method: null,
    carrier: 'postnl',
    tracking_url: null,
    tracking_number: `3SDEVC${1000 + listingId}`,
  },
});

/** A shipment of somebody's order that the warehouse has not sent. */
export const waitingFor = (name: string, collectedAt: string | null = null): Delivery => {
  const { shipping_address: address } = shipment().payload as { shipping_address: object };
  return shipment(
    {
      increment_id: `shipment-${name}`,
      order_increment_id: `buyer-${name}`,
      status: collectedAt ? 'IN_TRANSIT' : 'READY_FOR_PICKUP',
      collected_at: collectedAt,
      updated_at: collectedAt ?? '2024-03-11 11:00:00',
      track: null,
      shipping_address: { ...address, email: `${name}@example.com` },
    },
    { qty: 1 },
  );
};

export const updatedAt = '2024-03-11T12:00:01.000Z';
export const updated: Delivery = {
  webhook: 'v1/update-listing',
  payload: { id: listingId, sku, status: 'Available', updatedAt },
};

/** The message that an operator's command puts on the queue. */
const advances = advanceMessage(order, 'DONE', { now: noon, correlationId: 'command' });
export const advanceOrder = webhook(
  { webhook: advances.webhook, payload: advances.payload as Delivery['payload'] },
  { isSent: true },
);

/** One delivery of a body that was answered 406. */
export const rejection = (delivery: string): Rejection => ({
  schema: 1,
  ...{ id: 'rejected-1', delivery, webhook: 'stock-hub/v1/rma', version: '1.0', correlationId: delivery },
  receivedAt: `2024-03-11T11:5${delivery.slice(-1)}:00.000Z`,
  errors: [{ path: 'increment_id', message: 'is missing' }],
  body: Buffer.from('{}'),
});
