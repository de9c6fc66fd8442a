import type { CancelReason } from '../schemas/listing.ts';
import type { Listing, Order, OrderCancelReason, OrderStatus, Shipment, Store } from '../store.ts';
import type { Moment } from './moment.ts';

/** A listing with the order and the shipment that came of it, if they did: they share one fate. */
export interface Forwarding {
  readonly listing: Listing;
  readonly order: Order | undefined;
  readonly shipment: Shipment | undefined;
}

export function forwardingOf(store: Store, listing: Listing): Forwarding {
  const order = store.orders.all().find(({ listingId }) => listingId === listing.id);
  const shipment = order && store.shipments.all().find(({ orderId }) => orderId === order.id);
  return { listing, order, shipment };
}

/** The listing that was ordered; an order never outlives it. */
export function listingOfOrder(store: Store, order: Order): Listing {
  const listing = store.listings.find(order.listingId);
  if (listing === undefined) throw new Error(`Order ${order.id} has no listing`);
  return listing;
}

/** Gives all three the status, and keeps the reason of an earlier cancellation. */
export function move({ store, now }: Moment, was: Forwarding, status: OrderStatus): Forwarding {
  const change = { status, updatedAt: now.toISOString() };
  return {
    listing: store.listings.replace({ ...was.listing, ...change }),
    order: was.order && store.orders.replace({ ...was.order, ...change }),
    shipment:
      was.shipment && status !== 'Matched'
        ? store.shipments.replace({ ...was.shipment, ...change, status })
        : was.shipment,
  };
}

/** Cancels all three, whatever their status is. */
export function end(moment: Moment, was: Forwarding, cancelReason: CancelReason | undefined): Forwarding {
  const listing = { ...was.listing, cancelReason };
  const order = was.order && { ...was.order, cancelReason: orderReason(cancelReason) };
  return move(moment, { ...was, listing, order }, 'Cancelled');
}

const orderReasons: readonly string[] = [
  'NOT_DELIVERED_BY_CARRIER',
  'CUSTOMER_BANNED',
  'RETURN_DEADLINE_PASSED',
] satisfies OrderCancelReason[];

/** An order knows three reasons only; a customer who changes their mind leaves none. */
function orderReason(reason: CancelReason | undefined): OrderCancelReason | null {
  return isOrderReason(reason) ? reason : null;
}

function isOrderReason(reason: CancelReason | undefined): reason is OrderCancelReason {
  return reason !== undefined && orderReasons.includes(reason);
}
