import { notAllowed } from '../errors.ts';
import type { CancelReason } from '../schemas/listing.ts';
import { end, type Forwarding, forwardingOf } from './forwarding.ts';
import type { Moment } from './moment.ts';
import { tellDeadline, tellListing } from './notices.ts';

/** Cancels the listing with its order and shipment. Refused once shipped. */
export function cancel(moment: Moment, was: Forwarding, reason: CancelReason | undefined): Forwarding {
  if (was.listing.status === 'Cancelled') throw notAllowed('The listing is already cancelled');
  if (isHandedIn(was))
    throw notAllowed(`The listing can not be cancelled anymore: it is ${was.listing.status}`);
  return end(moment, was, reason);
}

export function isHandedIn({ listing }: Forwarding): boolean {
  return listing.status === 'Shipped' || listing.status === 'Completed';
}

/** Each reason is told by the webhook that the document has for it, and by UPDATE_LISTING when it has none. */
export function tellOfCancellation(
  moment: Moment,
  { listing, order }: Forwarding,
  reason?: CancelReason,
): void {
  if (reason === 'USER_CANCELLED') tellListing(moment, 'RETURN_CANCELED', listing);
  else if (reason === 'RETURN_DEADLINE_PASSED' && order) tellDeadline(moment, order);
  else tellListing(moment, 'UPDATE_LISTING', listing);
}

/** The carrier does not deliver what it has: no webhook tells of it. */
export function lose(moment: Moment, was: Forwarding): Forwarding {
  const { status } = was.listing;
  if (status !== 'Labelled' && status !== 'Shipped') {
    throw notAllowed(`No carrier has the parcel: the listing is ${status}`);
  }
  return end(moment, was, 'NOT_DELIVERED_BY_CARRIER');
}

/** Ends everything that the customers send or receive and that is not handed in yet: no webhook tells of it. */
export function endAllOf(moment: Moment, customerIds: readonly number[]): void {
  for (const listing of moment.store.listings.all()) {
    const parties = [listing.senderId, listing.receiverId];
    const forwarding = forwardingOf(moment.store, listing);
    const isOver = listing.status === 'Cancelled' || isHandedIn(forwarding);
    if (!isOver && parties.some((id) => id !== undefined && customerIds.includes(id))) {
      end(moment, forwarding, 'CUSTOMER_BANNED');
    }
  }
}
