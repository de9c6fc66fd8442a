import { end, forwardingOf, listingOfOrder } from './forwarding.ts';
import type { Moment } from './moment.ts';
import { tellDeadline } from './notices.ts';

/** What the clock has ended since somebody last looked, at the instant at which it did. */
export function keepDeadlines(moment: Moment): void {
  endUnmatched(moment);
  endNotHandedIn(moment);
}

/** Nobody bought it in time: no webhook tells of it. */
function endUnmatched(moment: Moment): void {
  const { store } = moment;
  for (const listing of store.listings.all()) {
    if (!isPast(listing.matchingDeadline, moment)) continue;
    const forwarding = forwardingOf(store, listing);
    const isWaiting = listing.status === 'Available' || listing.status === 'Pending';
    if (isWaiting && !forwarding.order) {
      end({ ...moment, now: new Date(listing.matchingDeadline) }, forwarding, 'MATCHING_PERIOD_PASSED');
    }
  }
}

function endNotHandedIn(moment: Moment): void {
  const { store } = moment;
  for (const order of store.orders.all()) {
    const isWaiting = order.status === 'Matched' || order.status === 'Labelled';
    if (!isWaiting || !isPast(order.returnDeadline, moment)) continue;
    const then = { ...moment, now: new Date(order.returnDeadline) };
    const ended = end(then, forwardingOf(store, listingOfOrder(store, order)), 'RETURN_DEADLINE_PASSED');
    if (ended.order) tellDeadline(then, ended.order);
  }
}

function isPast(deadline: string, { now }: Moment): boolean {
  return deadline < now.toISOString();
}
