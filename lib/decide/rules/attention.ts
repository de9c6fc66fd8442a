/**
 * What people must do about a return, apart from matches: money, buyers without an article, deadlines,
 * carriers.
 */
import { buyersOrder, itsBuyer } from '../../returns/igf-state.ts';
import type { ReturnState } from '../../returns/return-item.ts';
import { linesOf } from '../../returns/sku.ts';
import type { Ask, NamedStep, NextStep } from '../../rules/rule.ts';
import { isIdle } from '../../rules/steps.ts';
import type { ListedView, ReturnView } from '../../rules/view.ts';
import { refusesRefund, underway } from './forwarding.ts';

/** A refusal is answered only by an answer that is newer. */
export const neededToGoOn = ({ item }: ReturnView, { attention, rule }: NamedStep): Ask | undefined => {
  const { refusal } = item;
  const since = refusal?.attention === attention ? refusal?.at : undefined;
  return attention === undefined ? undefined : { text: attention, task: rule, since };
};

export function closedUnrefunded({ merchant: { end } }: ListedView, step: NextStep): string | undefined {
  if (!isIdle(step) || !step.refundDue || !underway.has(step.state)) return undefined;
  if (!end || !refusesRefund(end)) return undefined;
  return `Closed unrefunded: ${end.why}, but the refund is still due. Pay the sender, or reopen the RMA at Winkelstraat.`;
}

/** The price less the return fee, in EUR with tax. */
function refundText({ article, item }: ListedView): string {
  const price = article?.price;
  if (price === undefined) return 'Refund due.';
  return `Refund due: EUR ${(price - (item.opening?.returnFee ?? 0)).toFixed(2)}.`;
}

const endedEarly: ReadonlySet<ReturnState> = new Set(['Unmatched', 'Cancelled', 'DeadlinePassed']);

export function refundDue(view: ListedView, step: NextStep): string | undefined {
  const { refund, progress } = view;
  if (refund !== 'announced' || !step.refundDue || progress.trouble || endedEarly.has(progress.state))
    return undefined;
  return `${refundText(view)} Process the RMA at Winkelstraat.`;
}

export function refundUnannounced(view: ListedView, step: NextStep): string | undefined {
  if (view.refund !== 'unannounced' || !step.refundDue || view.progress.trouble) return undefined;
  return `${refundText(view)} The article arrived, but ItGoesForward has not announced its refund. Check it there, then process the RMA at Winkelstraat.`;
}

export const handedInAfterAll = ({ progress }: ListedView): string | undefined =>
  progress.trouble === 'handed-in-after-end' ? 'Handed in after all: stop the replacement.' : undefined;

export const parcelLost = ({ igf, progress }: ListedView, { state }: NextStep): string | undefined =>
  progress.trouble === 'lost' && state !== 'Settled'
    ? `Parcel lost: serve ${buyersOrder(igf)} from stock and pay the sender.`
    : undefined;

export const serveFromStock = ({ igf, progress }: ListedView): string | undefined =>
  progress.trouble === 'buyer-unserved'
    ? `Serve ${buyersOrder(igf)} from stock: the forwarding ended.`
    : undefined;

export function checkArrival({ igf, merchant: { end } }: ListedView, step: NextStep): string | undefined {
  if (!isIdle(step) || !end || !underway.has(step.state)) return undefined;
  return `Winkelstraat says that ${end.why}, but the article was forwarded to ${itsBuyer(igf)}: check what arrived, and what the sender is owed.`;
}

/** How long before its deadline a return without a label needs a person. */
const reminderMs = 48 * 60 * 60 * 1000;

/** `2024-05-13T12:00:00.000Z` in a form for people: `2024-05-13 12:00 UTC`. */
const readable = (time: string): string => `${time.slice(0, 10)} ${time.slice(11, 16)} UTC`;

/**
 * A buyer waits, the deadline is near, and no label exists. No webhook reports this; only the time shows it.
 */
export function labelReminder({ igf, progress, now }: ListedView): string | undefined {
  const deadline = igf.order?.returnDeadline;
  if (progress.state !== 'Matched' || !deadline) return undefined;
  if (Date.parse(deadline) - Date.parse(now) > reminderMs) return undefined;
  return `Not labelled yet: the article must be handed in by ${readable(deadline)}. Remind the sender.`;
}

/** In these states nobody waits for the article any more, or it has arrived. */
const ended: ReadonlySet<ReturnState> = new Set([
  'NotForwardable',
  'Completed',
  'Settled',
  'Unmatched',
  'Cancelled',
  'DeadlinePassed',
  'Closed',
]);

/** The carrier reports a problem (EXCEPTION) with a shipment of the same article while the return goes on. */
export function carrierException({ order, article }: ReturnView, { state }: NextStep): string | undefined {
  if (ended.has(state)) return undefined;
  const troubled = order.shipments.find(
    (shipment) => shipment.status === 'EXCEPTION' && linesOf(shipment, article?.sku).length > 0,
  );
  if (!troubled) return undefined;
  return (
    `The carrier reports a problem with shipment ${troubled.shipmentId}: ask the carrier where the article is. ` +
    'Close the return at Winkelstraat if the article can not be sent on.'
  );
}
