import { notAllowed } from '../errors.ts';
import type { OrderBody } from '../requests.ts';
import type { OrderRow, Store } from '../store.ts';
import { findOrAddCustomer, isInvolved, refuseBanned } from './customers.ts';
import { type Context, daysFromNow } from './forwarding.ts';

/** A customer buys a listing that is available. A listing has one order. */
export function buyListing(context: Context, purchase: OrderBody, awaitsPayment: boolean): OrderRow {
  const { store } = context;
  const { status } = store.listings.get(purchase.listingId);
  const open = store.orders
    .all()
    .find((other) => other.listingId === purchase.listingId && other.status !== 'Cancelled');
  if (open || status !== 'Available') {
    const message = open ? `has order ${open.id}` : `is ${status}`;
    throw notAllowed(`The listing is not Available but ${status}`, [{ path: 'listingId', message }]);
  }
  refuseBanned(store, purchase.customer);
  return addOrder(context, purchase, awaitsPayment);
}

/** The hand-in period starts. While the order awaits its payment, its listing is Pending: no other status fits. */
export function addOrder(
  context: Context,
  { customer, listingId, carrierName, webshopOrderId, webshopOrderItemId }: OrderBody,
  awaitsPayment: boolean,
): OrderRow {
  const { store, now } = context;
  const receiverId = findOrAddCustomer(store, customer).id;
  const order = store.orders.add((id) => ({
    id,
    webshopOrderId,
    webshopOrderItemId,
    listingId,
    receiverId,
    status: 'Matched',
    awaitsPayment,
    // "If not provided the first one added will be selected by default"; PostNL when there is none.
    carrierName: carrierName ?? store.carrierContracts.all()[0]?.name ?? 'PostNL',
    cancelReason: null,
    orderDate: now,
    returnDeadline: daysFromNow(context, store.retailer.handinPeriod),
    createdAt: now,
    updatedAt: now,
  }));
  const { cancelReason: _earlier, ...offered } = store.listings.get(listingId);
  const status = awaitsPayment ? 'Pending' : 'Matched';
  const listing = store.listings.replace({ ...offered, receiverId, status, updatedAt: now });
  context.send({ eventType: 'UPDATE_LISTING', listing });
  return order;
}

export function confirmPayment(context: Context, order: OrderRow): OrderRow {
  const { store, now } = context;
  const waiting = store.listings.get(order.listingId);
  const listing = store.listings.replace({ ...waiting, status: 'Matched', updatedAt: now });
  context.send({ eventType: 'UPDATE_LISTING', listing });
  return store.orders.replace({ ...order, awaitsPayment: false, updatedAt: now });
}

/** "The listing is set back to Available and all related data is deleted", also a receiver who does nothing else. */
export function undoOrder(context: Context, order: OrderRow): void {
  const { store, now } = context;
  const { receiverId: _removed, ...rest } = store.listings.get(order.listingId);
  removeOrder(store, order);
  const listing = store.listings.replace({ ...rest, status: 'Available', updatedAt: now });
  const receiver = store.customers.find(order.receiverId);
  if (receiver && !isInvolved(store, receiver)) store.customers.remove(receiver.id);
  context.send({ eventType: 'UPDATE_LISTING', listing });
}

export function removeOrder(store: Store, { id }: OrderRow): void {
  for (const shipment of store.shipments.all()) {
    if (shipment.orderId === id) store.shipments.remove(shipment.id);
  }
  store.orders.remove(id);
}
