/** Rules about the merchant's decision on a return without a listing. */
import { hold, none } from '../../actions/explain.ts';
import { resolveListing } from '../../actions/list.ts';
import { headerOf, returnsOfRma } from '../../returns/merchant-decision.ts';
import { isEqual } from '../../returns/merge.ts';
import type { ReturnItem } from '../../returns/return-item.ts';
import { termOf } from '../../returns/vocabulary.ts';
import { endedState, isPending, type NextStep, openState, stay, unchanged } from '../../rules/steps.ts';
import type { ReturnView, UnlistedView } from '../../rules/view.ts';

export const alreadyClosed = ({ item }: UnlistedView): NextStep | undefined =>
  item.state === 'Closed' ? unchanged(item) : undefined;

/** After a call of unknown outcome the return may be listed, so the bridge checks that first. */
export function close({ item, merchant: { end } }: UnlistedView): NextStep | undefined {
  if (!end) return undefined;
  const why = `The return is over: ${end.why}.`;
  if (!isPending(item, 'list')) return { state: endedState(item, 'Closed'), why, action: none() };
  return {
    state: 'Listing',
    why: `${why} The bridge is checking whether IGF listed it.`,
    action: resolveListing(),
  };
}

/** What its listing or its regular return would need is deleted, and it may have been listed before. */
export function personalDataDeleted({ item }: UnlistedView): NextStep | undefined {
  if (!item.stripped) return undefined;
  const why = 'Its personal data is deleted, so the bridge does not list it: the normal return goes on.';
  return stay(item, endedState(item, 'NotForwardable'), why);
}

const stayOpen = ({ item }: UnlistedView, why: string, more: Partial<NextStep> = {}): NextStep =>
  stay(item, openState(item), why, more);

/** The RMA or the item has a status that Winkelstraat does not document. An operator or a later status releases it. */
export function statusUnknown(view: UnlistedView): NextStep | undefined {
  const { item, merchant } = view;
  if (merchant.unknownStatus === undefined) return undefined;
  return stayOpen(view, 'Winkelstraat reports a status that is not in its document.', {
    attention: unknownStatusText,
    waits: 'status',
    ...holdFor(item, merchant.unknownStatus),
  });
}

/** A return needs the mapping of a status, which is noted once. */
export function holdFor(item: ReturnItem, unknownStatus: string): Pick<NextStep, 'unmappedTerm' | 'action'> {
  const unmappedTerm = { field: 'status' as const, text: termOf(unknownStatus) };
  const action = isEqual(item.unmappedTerm, unmappedTerm) ? none() : hold({ term: unmappedTerm });
  return { unmappedTerm, action };
}

export const unknownStatusText = 'Map the status of the return: Winkelstraat does not document it.';

export const decidedInPartText = ({ rmaId }: UnlistedView['item']): string =>
  `RMA ${rmaId} is decided in part: see at Winkelstraat which items.`;

export function decidedInPart(view: UnlistedView): NextStep | undefined {
  const { item, merchant } = view;
  if (merchant.inPart === undefined) return undefined;
  return stayOpen(view, `Its RMA is decided in part: ${merchant.inPart}.`, {
    attention: decidedInPartText(item),
    waits: 'decided-in-part',
  });
}

/** An item of its RMA could not be read. Its first return says it, unless it has arrived and no refund is due yet. */
export function unusableItem(view: ReturnView, { state }: NextStep): string | undefined {
  const { order, item } = view;
  if (state === 'Completed' && view.stage === 'listed' && !view.refund) return undefined;
  const header = headerOf(order, item);
  const [first] = returnsOfRma(order, item);
  if (!header?.unusableItems || first !== item) return undefined;
  const items = header.unusableItems === 1 ? 'an item' : `${header.unusableItems} items`;
  return `RMA ${item.rmaId} has ${items} that could not be read. Look at the webhook.`;
}

export const notAuthorizedYet = (view: UnlistedView): NextStep | undefined =>
  view.merchant.status === undefined || view.merchant.status === 'pending'
    ? stayOpen(view, 'The merchant has not authorized the return yet.')
    : undefined;

export const noUnitAuthorized = (view: UnlistedView): NextStep | undefined =>
  view.merchant.status === 'partially_authorized' && view.item.opening?.quantityApproved === 0
    ? stayOpen(view, 'The merchant has not authorized any unit of it yet.', { waits: 'units' })
    : undefined;
