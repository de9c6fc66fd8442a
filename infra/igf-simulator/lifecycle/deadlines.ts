import { forceCancel, sendCancellation } from './cancellation.ts';
import type { Context } from './context.ts';
import { forwardingOf, forwardingOfOrder } from './forwarding.ts';

/**
 * Cancels what missed a deadline since the last call. The time of the cancellation is the deadline itself.
 */
export function applyDeadlines(context: Context): void {
  cancelUnmatched(context);
  cancelNotHandedIn(context);
}

/** Nobody bought the listing in time. IGF sends no webhook for it. */
function cancelUnmatched(context: Context): void {
  const { store } = context;
  const now = context.now.toISOString();
  for (const listing of store.listings.all()) {
    if (listing.matchingDeadline >= now) continue;
    const forwarding = forwardingOf(store, listing);
    const isWaiting = listing.status === 'Available' || listing.status === 'Pending';
    if (!isWaiting || forwarding.order) continue;
    const atDeadline = { ...context, now: new Date(listing.matchingDeadline) };
    forceCancel(atDeadline, forwarding, 'MATCHING_PERIOD_PASSED');
  }
}

/** The sender did not hand in the article in time. */
function cancelNotHandedIn(context: Context): void {
  const { store } = context;
  const now = context.now.toISOString();
  for (const order of store.orders.all()) {
    const isWaiting = order.status === 'Matched' || order.status === 'Labelled';
    if (!isWaiting || order.returnDeadline >= now) continue;
    const atDeadline = { ...context, now: new Date(order.returnDeadline) };
    const cancelled = forceCancel(atDeadline, forwardingOfOrder(store, order), 'RETURN_DEADLINE_PASSED');
    sendCancellation(atDeadline, cancelled, 'RETURN_DEADLINE_PASSED');
  }
}
