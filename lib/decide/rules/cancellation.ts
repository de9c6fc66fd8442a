/** Rules that cancel the listing of a return, because the return is over or a fact has changed. */
import { cancelListing, withdrawListing } from '../../actions/cancel.ts';
import { cancelFingerprint } from '../../returns/listing-request.ts';
import type { ReturnState } from '../../returns/return-item.ts';
import { isInExcess } from '../../returns/units.ts';
import type { NextStep } from '../../rules/rule.ts';
import { asAtIgf, blockedByRefusal, isPending } from '../../rules/steps.ts';
import type { ListedView } from '../../rules/view.ts';
import { tooManyUnits, whyWithdraw } from '../../rules/withdrawal.ts';

/** States in which a listing at IGF can be cancelled. From Shipped on, the article is with the carrier. */
const cancellable: ReadonlySet<ReturnState> = new Set(['Listed', 'Matched', 'Labelled']);

interface Cancellation {
  why: string;
  /** A listing that nobody has bought leaves the return, which may then be listed anew. */
  withdraw: boolean;
}

/** Why the listing must be cancelled. A sold article is given up only when its return is over or its unit does not exist. */
function cancellationOf(view: ListedView): Cancellation | undefined {
  const { order, item, progress, merchant, change } = view;
  const unsold = progress.state === 'Listed';
  // The article has reached its buyer, or the carrier lost it, whatever the listing says.
  if (view.refund) return undefined;
  if (!cancellable.has(progress.state))
    return isUnstored(view) ? { why: item.why, withdraw: true } : undefined;
  if (merchant.end) return { why: `The return is over: ${merchant.end.why}.`, withdraw: false };
  const ofSold = isInExcess(order, item) ? tooManyUnits : undefined;
  const why = unsold ? whyWithdraw(item, change) : ofSold;
  if (why !== undefined) return { why: `The listing does not hold any more: ${why}.`, withdraw: unsold };
  const begun = isPending(item, 'cancel') || (unsold && item.state === 'Cancelling');
  return begun ? { why: 'Its cancellation has begun.', withdraw: true } : undefined;
}

/** Whether IGF reports the bridge's own cancellation, and its call is not completed. A check at IGF completes it. */
const isUnstored = ({ item, progress, merchant }: ListedView): boolean =>
  isPending(item, 'cancel') && progress.state === 'Cancelled' && !merchant.end;

export function cancellationRefused(view: ListedView): NextStep | undefined {
  const { item, listingId, attempt } = view;
  return cancellationOf(view) && blockedByRefusal(item, cancelFingerprint(listingId), attempt);
}

const stepOf = (view: ListedView, { why, withdraw }: Cancellation): NextStep => {
  const { item, listingId } = view;
  const cancellation = { listingId, checkFirst: isPending(item, 'cancel') };
  const action = withdraw ? withdrawListing(cancellation) : cancelListing(cancellation);
  return asAtIgf(view, { state: 'Cancelling', why, action });
};

export function cancelEndedReturn(view: ListedView): NextStep | undefined {
  const cancellation = cancellationOf(view);
  return cancellation && !cancellation.withdraw ? stepOf(view, cancellation) : undefined;
}

export function withdrawUnsold(view: ListedView): NextStep | undefined {
  const cancellation = cancellationOf(view);
  return cancellation?.withdraw ? stepOf(view, cancellation) : undefined;
}
