import type { OrderStatus } from '../enums.ts';
import { notAllowed } from '../errors.ts';
import type { ListingRow, OrderRow, ShipmentRow, Store } from '../store.ts';
import type { Context } from './context.ts';

/** A listing with its order and its shipment, if it has them. Their statuses change together. */
export interface Forwarding {
  readonly listing: ListingRow;
  readonly order: OrderRow | undefined;
  readonly shipment: ShipmentRow | undefined;
}

/** With its last order: a listing has one, and a control can make another after that one is cancelled. */
export function forwardingOf(store: Store, listing: ListingRow): Forwarding {
  const order = store.orders.all().findLast(({ listingId }) => listingId === listing.id);
  const shipment = order && store.shipments.all().findLast(({ orderId }) => orderId === order.id);
  return { listing, order, shipment };
}

export function forwardingOfOrder(store: Store, { listingId }: OrderRow): Forwarding {
  return forwardingOf(store, store.listings.get(listingId));
}

export function forwardingOfShipment(store: Store, { orderId }: ShipmentRow): Forwarding {
  return forwardingOfOrder(store, store.orders.get(orderId));
}

/** Sets the status of all three, and keeps the reason of an earlier cancellation. */
export function setStatus({ store, now }: Context, before: Forwarding, status: OrderStatus): Forwarding {
  const change = { status, updatedAt: now };
  const { listing, order, shipment } = before;
  return {
    listing: store.listings.replace({ ...listing, ...change }),
    order: order && store.orders.replace({ ...order, ...change }),
    shipment:
      shipment && status !== 'Matched'
        ? store.shipments.replace({ ...shipment, ...change, status })
        : shipment,
  };
}

export function isHandedIn({ listing }: Forwarding): boolean {
  return listing.status === 'Shipped' || listing.status === 'Completed';
}

/** @throws Refusal when the listing was not bought */
export function orderOfListing({ listing, order }: Forwarding): OrderRow {
  if (order === undefined) throw notAllowed(`Listing ${listing.id} has no order`);
  return order;
}

/** @throws Refusal when the order has no label */
export function shipmentOf({ listing, shipment }: Forwarding): ShipmentRow {
  if (shipment === undefined) throw notAllowed(`Listing ${listing.id} has no shipment`);
  return shipment;
}
