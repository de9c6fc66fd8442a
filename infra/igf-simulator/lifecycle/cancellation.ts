import { type ListingCancelReason, orderCancelReason } from '../enums.ts';
import { notAllowed } from '../errors.ts';
import type { Context } from './context.ts';
import { type Forwarding, forwardingOf, forwardingOfOrder, isHandedIn, setStatus } from './forwarding.ts';

type Reason = ListingCancelReason | undefined;

/** Cancels listing, order and shipment, whatever their status is. Sends no webhook. */
export function forceCancel(context: Context, before: Forwarding, cancelReason: Reason): Forwarding {
  const listing = { ...before.listing, cancelReason };
  const order = before.order && { ...before.order, cancelReason: orderCancelReason(cancelReason) };
  return setStatus(context, { ...before, listing, order }, 'Cancelled');
}

/** Cancels listing, order and shipment. Refused once the shipment is handed in. Sends no webhook. */
export function cancelForwarding(context: Context, before: Forwarding, reason: Reason): Forwarding {
  const { status } = before.listing;
  if (status === 'Cancelled') throw notAllowed('The listing is already cancelled');
  if (isHandedIn(before)) throw notAllowed(`The listing can not be cancelled anymore: it is ${status}`);
  return forceCancel(context, before, reason);
}

/** Sends the webhook that the document has for the reason, or UPDATE_LISTING when it has none. */
export function sendCancellation(context: Context, { listing, order }: Forwarding, reason: Reason): void {
  if (reason === 'USER_CANCELLED') context.send({ eventType: 'RETURN_CANCELED', listing });
  else if (reason === 'RETURN_DEADLINE_PASSED' && order) {
    context.send({ eventType: 'RETURN_DEADLINE_PASSED', order });
  } else context.send({ eventType: 'UPDATE_LISTING', listing });
}

/** The carrier does not deliver a shipment that it has. IGF sends no webhook for it. */
export function failDelivery(context: Context, before: Forwarding): Forwarding {
  const { status } = before.listing;
  if (!before.shipment || status === 'Completed') {
    throw notAllowed(`No carrier has the parcel: the listing is ${status}`);
  }
  return forceCancel(context, before, 'NOT_DELIVERED_BY_CARRIER');
}

/** Cancels what missed a deadline since the last call. The time of the cancellation is the deadline itself. */
export function applyDeadlines(context: Context): void {
  const { store, now } = context;
  // Nobody bought the listing in time. IGF sends no webhook for it.
  for (const listing of store.listings.all()) {
    const isWaiting = listing.status === 'Available' || listing.status === 'Pending';
    if (!isWaiting || listing.matchingDeadline >= now) continue;
    const forwarding = forwardingOf(store, listing);
    if (forwarding.order) continue;
    forceCancel({ ...context, now: listing.matchingDeadline }, forwarding, 'MATCHING_PERIOD_PASSED');
  }
  // The sender did not hand in the article in time.
  for (const order of store.orders.all()) {
    const isWaiting = order.status === 'Matched' || order.status === 'Labelled';
    if (!isWaiting || order.returnDeadline >= now) continue;
    const atDeadline = { ...context, now: order.returnDeadline };
    const cancelled = forceCancel(atDeadline, forwardingOfOrder(store, order), 'RETURN_DEADLINE_PASSED');
    sendCancellation(atDeadline, cancelled, 'RETURN_DEADLINE_PASSED');
  }
}
