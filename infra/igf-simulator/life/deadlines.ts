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
  const now = moment.now.toISOString();
  for (const listing of store.listings.all()) {
    if (listing.matchingDeadline >= now) continue;
    const forwarding = forwardingOf(store, listing);
    const isWaiting = listing.status === 'Available' || listing.status === 'Pending';
    if (isWaiting && !forwarding.order) {
      end({ ...moment, now: new Date(listing.matchingDeadline) }, forwarding, 'MATCHING_PERIOD_PASSED');
    }
  }
}

function endNotHandedIn(moment: Moment): void {
  const { store } = moment;
  const now = moment.now.toISOString();
  for (const order of store.orders.all()) {
    const isWaiting = order.status === 'Matched' || order.status === 'Labelled';
    if (!isWaiting || order.returnDeadline >= now) continue;
    const then = { ...moment, now: new Date(order.returnDeadline) };
    const ended = end(then, forwardingOf(store, listingOfOrder(store, order)), 'RETURN_DEADLINE_PASSED');
    if (ended.order) tellDeadline(then, ended.order);
  }
}
