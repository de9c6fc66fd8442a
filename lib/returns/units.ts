import { linesOf, sameArticle, skuOf } from './article.ts';
import { isHandedIn } from './igf-state.ts';
import { isReportedByOtherFamily, merchantDecision } from './merchant-decision.ts';
import { isSameReturn, type OrderSnapshot } from './order.ts';
import type { ReturnItem, ReturnState } from './return-item.ts';

/** Units of an article that were sent, are promised or came back. Promised ones must never exceed those sent. */

const sum = (quantities: readonly (number | undefined)[]): number =>
  quantities.reduce<number>((total, quantity) => total + (quantity ?? 1), 0);

/** The returns of the order with the article of `item`, and `item` itself, each once although both families report it. */
const returnsOfArticle = (order: OrderSnapshot, item: ReturnItem): ReturnItem[] =>
  order.returns.filter(
    (other) => sameArticle(skuOf(other), skuOf(item)) && !isReportedByOtherFamily(order, other),
  );

/** What the item's RMA asks for of the article. */
function unitsAskedFor(order: OrderSnapshot, item: ReturnItem): number {
  const ofRma = returnsOfArticle(order, item).filter(
    ({ rmaId, family }) => rmaId === item.rmaId && family === item.family,
  );
  return Math.max(1, sum(ofRma.map(({ opening }) => opening?.quantityRequested)));
}

/** Units that were credited because they never reached the customer. */
const unitsNotDelivered = ({ creditMemos }: OrderSnapshot, item: ReturnItem): number =>
  sum(
    creditMemos
      .filter(({ status }) => status === 'DEFICIENT' || status === 'CANCELLED')
      .filter(({ sku }) => sameArticle(sku, skuOf(item)))
      .map(({ quantity }) => quantity),
  );

/**
 * Units of the item's article that its customer got, by the shipments. If none names the article, by the sales order.
 * If neither is known, as many as the RMA asks for. A line without a quantity is one unit.
 */
export function unitsSent(order: OrderSnapshot, item: ReturnItem): number {
  const placed = order.salesOrder ? [order.salesOrder] : [];
  const named = [order.shipments, placed]
    .map((documents) => documents.flatMap((document) => linesOf(document, skuOf(item))))
    .find((lines) => lines.length > 0);
  const sent = named ? sum(named.map(({ quantity }) => quantity)) : unitsAskedFor(order, item);
  return Math.max(0, sent - unitsNotDelivered(order, item));
}

/** Listings that are still on offer come before those with a buyer, and the youngest first. */
const phases: readonly (readonly ReturnState[])[] = [
  ['Cancelling'],
  ['Listing', 'Listed'],
  ['Matched', 'Labelled'],
  ['Shipped', 'Completed', 'Settled'],
];

/** In these states the article is on offer, or goes or went to another customer. */
const promising: readonly ReturnState[] = phases.flat().filter((state) => state !== 'Listing');

/** Whether a call to list it has no known outcome yet. */
export const isBeingListed = ({ pendingCall, listingId }: ReturnItem): boolean =>
  pendingCall?.operation === 'list' && listingId === undefined;

const hasArrived = (order: OrderSnapshot, item: ReturnItem): boolean => merchantDecision(order, item).arrived;

/** The sender has handed the article in, perhaps after the forwarding had ended. */
const isForwarded = ({ igf }: ReturnItem): boolean => igf !== undefined && isHandedIn(igf);

/** Whether nobody else can have the unit of this return: it is promised from the claim on, or back at the merchant. */
const isPromised = (order: OrderSnapshot, item: ReturnItem): boolean =>
  isBeingListed(item) || promising.includes(item.state) || isForwarded(item) || hasArrived(order, item);

/** A listing is of one unit. Several units may have arrived at the merchant together. */
const unitsPromisedBy = (order: OrderSnapshot, item: ReturnItem): number =>
  hasArrived(order, item)
    ? Math.max(1, item.opening?.quantityReturned ?? 0, item.closing?.quantityReturned ?? 0)
    : 1;

/** The order's other returns of the item's article whose units are promised. */
export const promisedOthers = (order: OrderSnapshot, item: ReturnItem): ReturnItem[] =>
  returnsOfArticle(order, item).filter((other) => !isSameReturn(other, item) && isPromised(order, other));

export const unitsPromised = (order: OrderSnapshot, returns: readonly ReturnItem[]): number =>
  sum(returns.map((item) => unitsPromisedBy(order, item)));

/** Other returns of the article that could be listed before it; none if enough units were sent for all of them. */
export function rivalsOf(order: OrderSnapshot, item: ReturnItem): ReturnItem[] {
  const rivals = returnsOfArticle(order, item).filter(
    (other) =>
      !isSameReturn(other, item) &&
      other.listingId === undefined &&
      other.state !== 'Closed' &&
      !isPromised(order, other),
  );
  const promised = unitsPromised(order, promisedOthers(order, item));
  return promised + rivals.length + 1 > unitsSent(order, item) ? rivals : [];
}

function phaseOf(item: ReturnItem): number {
  if (isBeingListed(item)) return 1;
  return isForwarded(item) ? 3 : phases.findIndex((states) => states.includes(item.state));
}

const youngestFirst = (one: ReturnItem, other: ReturnItem): number =>
  phaseOf(one) - phaseOf(other) ||
  (other.listingId ?? Number.POSITIVE_INFINITY) - (one.listingId ?? Number.POSITIVE_INFINITY);

/** Whether a listing promises a unit that was never sent: the youngest are in excess, those without a buyer first. */
export function isInExcess(order: OrderSnapshot, item: ReturnItem): boolean {
  const promised = returnsOfArticle(order, item).filter((other) => isPromised(order, other));
  const excess = unitsPromised(order, promised) - unitsSent(order, item);
  const forwarded = promised.filter((other) => phaseOf(other) >= 0).sort(youngestFirst);
  return forwarded.slice(0, Math.max(0, excess)).some((other) => isSameReturn(other, item));
}
