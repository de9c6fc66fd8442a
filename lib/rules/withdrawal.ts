import type { ListingRequest } from '../igf/api/requests.ts';
import { type ListingReading, listingNumber, senderFingerprint } from '../returns/listing-request.ts';
import type { OrderSnapshot } from '../returns/order.ts';
import type { ReturnItem } from '../returns/return-item.ts';
import { isInExcess } from '../returns/units.ts';
import type { Forwardable } from './forwardable.ts';

/** A fact that has changed since the article was listed. */
export interface Change {
  /** `rule`: it can't go to another customer now. `request`: its listing would have other values. */
  kind: 'rule' | 'units' | 'request';
  /** Completes "The listing does not hold any more: …". */
  why: string;
}

interface Facts {
  order: OrderSnapshot;
  item: ReturnItem;
  forwardable: Forwardable | undefined;
  listing: ListingReading | undefined;
}

/** Completes "The listing does not hold any more: …" for a unit that was never sent. */
export const tooManyUnits = 'more units come back than were sent';

/** What changed so that an article would not be listed now, or not in the same way. */
export function changeSinceListed({ order, item, forwardable, listing }: Facts): Change | undefined {
  // IGF itself watches over the merchant's configuration there.
  if (forwardable?.verdict === 'no' && forwardable.by !== 'retailer')
    return { kind: 'rule', why: forwardable.why };
  if (forwardable?.verdict === 'unknown') {
    return { kind: 'rule', why: `the text of its ${forwardable.field} is unknown` };
  }
  if (isInExcess(order, item)) return { kind: 'units', why: tooManyUnits };
  const why = listing && changeOfListing(item, listing);
  return why === undefined ? undefined : { kind: 'request', why };
}

/** A value that is missing now was not sent this time. One that can't be used was changed. */
function changeOfListing(item: ReturnItem, listing: ListingReading): string | undefined {
  if ('request' in listing) return changeOfRequest(item, listing.request);
  if ('missing' in listing) return undefined;
  return `these values can not be used: ${listing.unusable.map(({ part }) => part).join(', ')}`;
}

function changeOfRequest({ listedAs }: ReturnItem, request: ListingRequest): string | undefined {
  const { reason, price, sender } = listedAs ?? {};
  const { returnReason, originalPrice, customer } = request;
  if (price !== undefined && price !== originalPrice) {
    return `its price is EUR ${originalPrice.toFixed(2)}, and it was listed at EUR ${price.toFixed(2)}`;
  }
  if (reason !== undefined && reason !== returnReason) {
    return `its return reason is ${returnReason}, and it was listed as ${reason}`;
  }
  if (sender !== undefined && sender !== senderFingerprint(customer))
    return "the sender's address has changed";
  return undefined;
}

export const mostListings = 3;

/** Why the unsold listing of a return must be withdrawn; `undefined` when it may stay. */
export function whyWithdraw(item: ReturnItem, change: Change | undefined): string | undefined {
  if (!change) return undefined;
  return change.kind === 'request' && listingNumber(item) >= mostListings ? undefined : change.why;
}
