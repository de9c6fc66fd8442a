/** What people must do about buyers without an article, deadlines, carriers, and what may never come. */
import { endsWholeRma } from '../../facts/vendor-terms.ts';
import { linesOf } from '../../returns/article.ts';
import { requestedAtOf } from '../../returns/credit-memos.ts';
import { buyersOrder, itsBuyer } from '../../returns/igf-state.ts';
import type { ReturnState } from '../../returns/return-item.ts';
import {
  isOverdue,
  shipmentBeforeBridge,
  waitingFields,
  waitingSentence,
  waitTask,
} from '../../returns/tasks.ts';
import type { Ask, NamedStep, NextStep } from '../../rules/steps.ts';
import type { ListedView, ReturnView, UnlistedView } from '../../rules/view.ts';
import { readableTime } from '../../runtime/time.ts';

/** A refusal is answered only by an answer that is newer. */
export const neededToGoOn = ({ item }: ReturnView, { attention, rule }: NamedStep): Ask | undefined => {
  if (attention === undefined) return undefined;
  const since = item.refusal?.attention === attention ? item.refusal.at : undefined;
  return { text: attention, task: rule, since };
};

/** A parcel that the carrier lost replaces nothing. */
export const handedInAfterAll = (
  { igf, progress, refund }: ListedView,
  { state }: NextStep,
): string | undefined =>
  progress.trouble === 'handed-in-after-end' && refund !== 'lost' && state !== 'Settled'
    ? `Handed in after all: stop the replacement for ${buyersOrder(igf)}.`
    : undefined;

export const parcelLost = ({ igf, refund }: ListedView): string | undefined =>
  refund === 'lost' ? `Parcel lost: serve ${buyersOrder(igf)} from stock.` : undefined;

export const serveFromStock = ({ igf, progress }: ListedView): string | undefined =>
  progress.trouble === 'buyer-unserved'
    ? `Serve ${buyersOrder(igf)} from stock: the forwarding ended.`
    : undefined;

/** It is on its way to its buyer, and yet reported as received. A mere date of arrival may be of IGF's parcel. */
export function checkArrival({ item, igf, merchant }: ListedView, { state }: NextStep): string | undefined {
  if (state !== 'Shipped') return undefined;
  const { end } = merchant;
  const isReceived = end?.status && !endsWholeRma(end.status);
  if (!isReceived && !item.opening?.quantityReturned && !item.closing?.quantityReturned) return undefined;
  const why = isReceived ? end.why : 'it has arrived at the merchant';
  return `Winkelstraat says that ${why}, but the article was forwarded to ${itsBuyer(igf)}: check what arrived.`;
}

/** How long before its deadline a return without a label needs a person. */
const reminderMs = 48 * 60 * 60 * 1000;

/** A buyer waits, the deadline is near, and no label exists. No webhook reports this; only the time shows it. */
export function labelReminder({ igf, progress, now }: ListedView): string | undefined {
  const deadline = igf.order?.returnDeadline;
  if (progress.state !== 'Matched' || !deadline) return undefined;
  if (Date.parse(deadline) - Date.parse(now) > reminderMs) return undefined;
  return `Not labelled yet: the article must be handed in by ${readableTime(deadline)}. Remind the sender.`;
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
    'Close the return at Winkelstraat if the article cannot be sent on.'
  );
}

/**
 * After a day a person must get what the return waits for. The bridge was never sent a shipment from before its first
 * delivery: on the first day every open order is like that.
 */
export function askAfterADay(view: UnlistedView, { waits, attention }: NextStep): Ask | undefined {
  const { order, item, now, firstDelivery = '' } = view;
  if (!waits || attention || !isOverdue({ ...item, ...waitingFields(item, waits, now) }, now))
    return undefined;
  const isFromBefore = waits === 'shipment' && (requestedAtOf(order, item) ?? firstDelivery) < firstDelivery;
  const { task } = isFromBefore ? { task: shipmentBeforeBridge } : waitTask(waits);
  return { text: waitingSentence(waits, item), task };
}
