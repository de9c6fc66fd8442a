import { notAllowed, notFound } from '../errors.ts';
import type { OrderRequest } from '../schemas/order.ts';
import type { Order, Store } from '../store.ts';
import { refuseBanned } from './banning.ts';
import { customerOf, isInvolved } from './customers.ts';
import { daysAfter } from './days.ts';
import { listingOfOrder } from './forwarding.ts';
import type { Moment } from './moment.ts';
import { tellListing } from './notices.ts';

/**
 * Somebody buys a listing: the hand-in period starts. Until an order that awaits its payment is confirmed, its listing
 * is Pending, the only other status that the document gives a listing that can't be bought.
 */
export function buy(moment: Moment, request: OrderRequest, { awaitsPayment = false } = {}): Order {
  const { store, now } = moment;
  const { customer, listingId, carrierName, ...names } = request;
  const listing = store.listings.find(listingId);
  if (listing === undefined) throw notFound(`Listing ${listingId}`);
  if (listing.status !== 'Available') throw notAllowed(`The listing is not Available but ${listing.status}`);
  refuseBanned(store, customer);

  const receiver = customerOf(store, customer);
  const at = now.toISOString();
  const order = store.orders.add((id) => ({
    ...names,
    id,
    listingId,
    receiverId: receiver.id,
    status: 'Matched',
    awaitsPayment,
    carrierName: carrierName ?? firstCarrier(store),
    cancelReason: null,
    orderDate: at,
    returnDeadline: daysAfter(now, store.retailer.handinPeriod),
    createdAt: at,
    updatedAt: at,
  }));
  const status = awaitsPayment ? 'Pending' : 'Matched';
  const matched = store.listings.replace({ ...listing, receiverId: receiver.id, status, updatedAt: at });
  tellListing(moment, 'UPDATE_LISTING', matched);
  return order;
}

/** "If not provided the first one added will be selected by default"; PostNL for a retailer without any contract. */
function firstCarrier({ carrierContracts }: Store): string {
  return carrierContracts.all()[0]?.name ?? 'PostNL';
}

/** The buyer paid. */
export function confirm(moment: Moment, order: Order): Order {
  const { store, now } = moment;
  const updatedAt = now.toISOString();
  const listing = listingOfOrder(store, order);
  const matched = store.listings.replace({ ...listing, status: 'Matched', updatedAt });
  tellListing(moment, 'UPDATE_LISTING', matched);
  return store.orders.replace({ ...order, awaitsPayment: false, updatedAt });
}

/** "The listing is set back to Available and all related data is deleted": shipment, order, a receiver nobody else knows. */
export function undo(moment: Moment, order: Order): void {
  const { store, now } = moment;
  const { receiverId: _gone, ...listing } = listingOfOrder(store, order);
  removeOrder(store, order);
  const available = store.listings.replace({
    ...listing,
    status: 'Available',
    updatedAt: now.toISOString(),
  });
  const receiver = store.customers.find(order.receiverId);
  if (receiver && !isInvolved(store, receiver)) store.customers.remove(receiver.id);
  tellListing(moment, 'UPDATE_LISTING', available);
}

/** Takes the order away with its shipment. */
export function removeOrder(store: Store, { id }: Order): void {
  for (const shipment of store.shipments.all()) {
    if (shipment.orderId === id) store.shipments.remove(shipment.id);
  }
  store.orders.remove(id);
}
