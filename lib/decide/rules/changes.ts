/** Rules of a listing that does not hold any more: its return is over, or a fact has changed since it was listed. */
import { cancelListing } from '../../actions/cancel.ts';
import { itsBuyer } from '../../returns/igf-state.ts';
import { cancelFingerprint, listingNumber } from '../../returns/listing-request.ts';
import { isEqual } from '../../returns/merge.ts';
import type { ReturnState } from '../../returns/return-item.ts';
import { isInExcess } from '../../returns/units.ts';
import { mostListings, tooManyUnits, whyWithdraw } from '../../rules/forwardable.ts';
import {
  type Ask,
  asAtIgf,
  blockedByRefusal,
  followIgf,
  isForwarding,
  isPending,
  type NextStep,
  stay,
} from '../../rules/steps.ts';
import type { ListedView, ReturnView, UnlistedView } from '../../rules/view.ts';
import { decidedInPartText, holdFor, unknownStatusText } from './merchant.ts';

/** States in which a listing at IGF can be cancelled. From Shipped on, the article is with the carrier. */
const cancellable: readonly ReturnState[] = ['Listed', 'Matched', 'Labelled'];

interface Cancellation {
  why: string;
  /** A listing that nobody has bought leaves the return, which may then be listed anew. */
  withdraw: boolean;
}

/** Why the listing must be cancelled. A sold article is given up only when its return is over or its unit does not exist. */
function cancellationOf({
  order,
  item,
  progress,
  merchant,
  change,
  refund,
}: ListedView): Cancellation | undefined {
  const isOurs = isPending(item, 'cancel');
  // The article has reached its buyer, or the carrier lost it, whatever the listing says.
  if (refund) return undefined;
  if (!cancellable.includes(progress.state)) {
    // IGF reports the bridge's own cancellation, and its call is not completed. A check at IGF completes it.
    const isUnstored = isOurs && progress.state === 'Cancelled' && !merchant.end;
    return isUnstored ? { why: item.why, withdraw: true } : undefined;
  }
  if (merchant.end) return { why: `The return is over: ${merchant.end.why}.`, withdraw: false };
  const unsold = progress.state === 'Listed';
  const ofSold = isInExcess(order, item) ? tooManyUnits : undefined;
  const why = unsold ? whyWithdraw(item, change) : ofSold;
  if (why !== undefined) return { why: `The listing is not right any more: ${why}.`, withdraw: unsold };
  const begun = isOurs || (unsold && item.state === 'Cancelling');
  return begun ? { why: 'Its cancellation has begun.', withdraw: true } : undefined;
}

export function cancellationRefused(view: ListedView): NextStep | undefined {
  const { item, listingId, attempt } = view;
  return cancellationOf(view) && blockedByRefusal(item, cancelFingerprint(listingId), attempt);
}

function cancel(view: ListedView, withdraw: boolean): NextStep | undefined {
  const { item, listingId } = view;
  const cancellation = cancellationOf(view);
  if (cancellation?.withdraw !== withdraw) return undefined;
  const action = cancelListing({ listingId, checkFirst: isPending(item, 'cancel'), withdraw });
  return asAtIgf(view, { state: 'Cancelling', why: cancellation.why, action });
}

export const cancelEndedReturn = (view: ListedView): NextStep | undefined => cancel(view, false);
export const withdrawUnsold = (view: ListedView): NextStep | undefined => cancel(view, true);

/** It has a buyer, so it is not withdrawn. Once underway, another price, sender or reason changes nothing of it. */
export function changedAfterSale(view: ListedView): string | undefined {
  const { igf, progress, change, listingId, refund } = view;
  if (!change || refund) return undefined;
  const look = `Look at listing ${listingId} at ItGoesForward.`;
  if (progress.state === 'Shipped') {
    if (change.kind === 'request') return undefined;
    return `It is on its way to ${itsBuyer(igf)}, and now ${change.why}. ${look}`;
  }
  const isSold = progress.state === 'Matched' || progress.state === 'Labelled';
  if (change.kind === 'units' || !isSold) return undefined;
  const what =
    change.kind === 'request'
      ? look
      : `Cancel listing ${listingId} at ItGoesForward if ${itsBuyer(igf)} must not get it.`;
  return `It was sold, and now ${change.why}. ${what}`;
}

/** Its next listing would be one too many. */
export function changedTooOften({ item, progress, change, listingId }: ListedView): string | undefined {
  if (progress.state !== 'Listed' || change?.kind !== 'request' || listingNumber(item) < mostListings)
    return undefined;
  return `It was listed ${mostListings} times, and now ${change.why}. Correct listing ${listingId} at ItGoesForward.`;
}

export function listedTooOften({ item }: UnlistedView): NextStep | undefined {
  if (listingNumber(item) <= mostListings) return undefined;
  const why = `It was listed ${mostListings} times, and its facts changed each time.`;
  const attention = `${why} List it at ItGoesForward by hand, or let the normal return go on.`;
  return stay(item, 'Cancelled', why, { attention });
}

/** The task is the one from before the listing. Nothing is asked once it is settled. */
export function decidedInPartAfterListing(view: ListedView, { state }: NextStep): Ask | undefined {
  if (view.merchant.inPart === undefined || !isForwarding(view) || state === 'Settled') return undefined;
  return { text: decidedInPartText(view.item), task: 'decided-in-part' };
}

/** An undocumented status changes nothing of a listing. It is noted once for a person; then other rules go on. */
export function noteUnknownStatus(view: ListedView): NextStep | undefined {
  const { unknownStatus } = view.merchant;
  if (unknownStatus === undefined || !isForwarding(view)) return undefined;
  const noted = holdFor(view.item, unknownStatus);
  return isEqual(noted.unmappedTerm, view.item.unmappedTerm) ? undefined : { ...followIgf(view), ...noted };
}

/** The task is the one from before the listing. */
export function unknownStatusAfterListing(_view: ListedView, { unmappedTerm }: NextStep): Ask | undefined {
  return unmappedTerm && { text: unknownStatusText, task: 'status-unknown' };
}

const beforeSale: readonly ReturnState[] = [
  'Requested',
  'AwaitingShipment',
  'NeedsMapping',
  'Listing',
  'Listed',
];

export function missingFromRma({ item, merchant }: ReturnView, { state }: NextStep): string | undefined {
  if (!merchant.isMissing || !beforeSale.includes(state)) return undefined;
  return `Item ${item.itemId} is missing from a later delivery of RMA ${item.rmaId}: check at Winkelstraat whether it still comes back.`;
}
