import type { Carrier } from '../enums.ts';
import { notAllowed } from '../errors.ts';
import type { CustomerDetails, OrderRow, Store } from '../store.ts';
import { type Context, daysFromNow } from './context.ts';
import { findOrAddCustomer, isInvolved, refuseBanned } from './customers.ts';

/** How a request describes a purchase. */
interface PurchaseDetails {
  readonly listingId: number;
  readonly webshopOrderId?: string | undefined;
  readonly webshopOrderItemId?: string | undefined;
  readonly carrierName?: Carrier | undefined;
  readonly customer: CustomerDetails;
}

/**
 * A customer buys a listing: the hand-in period starts. A listing has one order. While the order awaits its payment,
 * its listing is Pending, the only other status that the document gives a listing that can't be bought. `atOnce`: what
 * is not on offer can be bought too, unless it has an order that is not cancelled.
 */
export function buyListing(
  context: Context,
  { customer, listingId, carrierName, webshopOrderId, webshopOrderItemId }: PurchaseDetails,
  { awaitsPayment = false, atOnce = false } = {},
): OrderRow {
  const { store, now } = context;
  const listing = store.listings.get(listingId);
  const open = store.orders
    .all()
    .find((other) => other.listingId === listingId && other.status !== 'Cancelled');
  if (open || (listing.status !== 'Available' && !atOnce)) {
    const message = open ? `has order ${open.id}` : `is ${listing.status}`;
    throw notAllowed(`The listing is not Available but ${listing.status}`, [{ path: 'listingId', message }]);
  }
  refuseBanned(store, customer);

  const receiverId = findOrAddCustomer(store, customer).id;
  const order = store.orders.add((id) => ({
    id,
    webshopOrderId,
    webshopOrderItemId,
    listingId,
    receiverId,
    status: 'Matched',
    awaitsPayment,
    carrierName: carrierName ?? defaultCarrier(store),
    cancelReason: null,
    orderDate: now,
    returnDeadline: daysFromNow(context, store.retailer.handinPeriod),
    createdAt: now,
    updatedAt: now,
  }));
  const status = awaitsPayment ? 'Pending' : 'Matched';
  const { cancelReason: _earlier, ...offered } = listing;
  const bought = store.listings.replace({ ...offered, receiverId, status, updatedAt: now });
  context.send({ eventType: 'UPDATE_LISTING', listing: bought });
  return order;
}

/** "If not provided the first one added will be selected by default"; PostNL when there is none. */
function defaultCarrier({ carrierContracts }: Store): Carrier {
  return carrierContracts.all()[0]?.name ?? 'PostNL';
}

/** The buyer paid. */
export function confirmPayment(context: Context, order: OrderRow): OrderRow {
  const { store, now } = context;
  const listing = store.listings.replace({
    ...store.listings.get(order.listingId),
    status: 'Matched',
    updatedAt: now,
  });
  context.send({ eventType: 'UPDATE_LISTING', listing });
  return store.orders.replace({ ...order, awaitsPayment: false, updatedAt: now });
}

/**
 * "The listing is set back to Available and all related data is deleted": the shipment, the order, and a
 * receiver who takes part in nothing else.
 */
export function undoOrder(context: Context, order: OrderRow): void {
  const { store, now } = context;
  const { receiverId: _removed, ...rest } = store.listings.get(order.listingId);
  removeOrder(store, order);
  const listing = store.listings.replace({ ...rest, status: 'Available', updatedAt: now });
  const receiver = store.customers.find(order.receiverId);
  if (receiver && !isInvolved(store, receiver)) store.customers.remove(receiver.id);
  context.send({ eventType: 'UPDATE_LISTING', listing });
}

/** Removes the order with its shipment. */
export function removeOrder(store: Store, { id }: OrderRow): void {
  for (const shipment of store.shipments.all()) {
    if (shipment.orderId === id) store.shipments.remove(shipment.id);
  }
  store.orders.remove(id);
}
