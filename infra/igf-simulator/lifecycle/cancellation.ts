import type { ListingCancelReason } from '../enums.ts';
import { notAllowed } from '../errors.ts';
import { type Context, type Forwarding, forceCancel, forwardingOf, isHandedIn } from './forwarding.ts';

type Reason = ListingCancelReason | undefined;

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

/** Cancels what missed a deadline since the last call. The time of the cancellation is the deadline itself. */
export function applyDeadlines(context: Context): void {
  const { store, now } = context;
  // Nobody bought the listing in time. IGF sends no webhook for it.
  for (const { id, status, matchingDeadline } of store.listings.all()) {
    const isWaiting = status === 'Available' || status === 'Pending';
    if (!isWaiting || matchingDeadline >= now) continue;
    const forwarding = forwardingOf(store, id);
    if (!forwarding.order)
      forceCancel({ ...context, now: matchingDeadline }, forwarding, 'MATCHING_PERIOD_PASSED');
  }
  // The sender did not hand in the article in time.
  for (const { listingId, status, returnDeadline } of store.orders.all()) {
    const isWaiting = status === 'Matched' || status === 'Labelled';
    if (!isWaiting || returnDeadline >= now) continue;
    const atDeadline = { ...context, now: returnDeadline };
    const cancelled = forceCancel(atDeadline, forwardingOf(store, listingId), 'RETURN_DEADLINE_PASSED');
    sendCancellation(atDeadline, cancelled, 'RETURN_DEADLINE_PASSED');
  }
}
