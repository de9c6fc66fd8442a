/** What people must do when the facts about a return have changed since it was listed. */
import { itsBuyer } from '../../returns/igf-state.ts';
import { headerOf } from '../../returns/merchant-decision.ts';
import { listingNumber, type ReturnState } from '../../returns/return-item.ts';
import type { Ask, NextStep } from '../../rules/rule.ts';
import { stay } from '../../rules/steps.ts';
import type { ListedView, ReturnView, UnlistedView } from '../../rules/view.ts';
import { mostListings } from '../../rules/withdrawal.ts';
import { decidedInPartText } from './merchant.ts';

/**
 * The article has a buyer, so the bridge does not withdraw it. Once it is underway, another price, sender or reason
 * changes nothing of its shipment.
 */
export function changedAfterSale({
  igf,
  progress,
  change,
  listingId,
  refund,
}: ListedView): string | undefined {
  if (!change || refund) return undefined;
  const look = `Look at listing ${listingId} at ItGoesForward.`;
  if (progress.state === 'Shipped') {
    if (change.kind === 'request') return undefined;
    return `It is on its way to ${itsBuyer(igf)}, and now ${change.why}. ${look}`;
  }
  if (change.kind === 'units' || (progress.state !== 'Matched' && progress.state !== 'Labelled'))
    return undefined;
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

const forwarding: ReadonlySet<ReturnState> = new Set([
  'Listed',
  'Matched',
  'Labelled',
  'Shipped',
  'Completed',
]);

/**
 * The task is the one from before the listing. Nothing is asked between the arrival and the refund that is due, and
 * nothing once it is settled.
 */
export function decidedInPartAfterListing(
  { item, merchant, progress, refund }: ListedView,
  { state }: NextStep,
): Ask | undefined {
  if (merchant.inPart === undefined || !forwarding.has(progress.state) || state === 'Settled')
    return undefined;
  if (progress.state === 'Completed' && !refund) return undefined;
  return { text: decidedInPartText(item), task: 'decided-in-part' };
}

const unsold: ReadonlySet<ReturnState> = new Set([
  'Requested',
  'AwaitingShipment',
  'NeedsMapping',
  'Listing',
  'Listed',
]);

/** A later delivery of its RMA has other items. An item that could not be read may be this one. */
export function missingFromRma({ order, item }: ReturnView, { state }: NextStep): string | undefined {
  const { itemIds, unusableItems } = headerOf(order, item) ?? {};
  if (!itemIds || unusableItems || itemIds.includes(item.itemId) || !unsold.has(state)) return undefined;
  return `Item ${item.itemId} is missing from a later delivery of RMA ${item.rmaId}: see at Winkelstraat whether it still comes back.`;
}
