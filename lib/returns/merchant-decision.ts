import { endsReturn, endsWholeRma, type RmaStatus } from '../facts/vendor-terms.ts';
import { furtherStatus } from './merge.ts';
import type { OrderSnapshot, Rma } from './order.ts';
import type { ReturnItem, StoredOpening } from './return-item.ts';

export interface MerchantEnd {
  by: 'own-status' | 'header' | 'rma-item' | 'arrival';
  /** The status that ended it. Absent when an `rma-item` or the arrival did. */
  status?: RmaStatus;
  /** Completes "The return is over: …". */
  why: string;
}

/** What the merchant decided about one return item, from its own status, its RMA and its `rma-item`. */
export interface MerchantDecision {
  /** The status that counts for this item. Absent when none is known, or when it is decided in part. */
  status: RmaStatus | undefined;
  end: MerchantEnd | undefined;
  /** Whether the article is known to have reached the merchant. */
  arrived: boolean;
  /** The number of items of its RMA. Items that could not be read count too. */
  itemCount: number;
  /** The same, with the items that only an earlier delivery named. */
  knownItems: number;
  /** A later delivery of its RMA does not name it. An item that could not be read may be this one. */
  isMissing: boolean;
  /**
   * Why the decision about this item is unknown: the RMA says something about some of its items. It completes "RMA … is
   * decided in part: …".
   */
  inPart: string | undefined;
  /** A status that Winkelstraat does not document, while no later one is known. */
  unknownStatus: string | undefined;
}

/** A header with one of these describes some items of the RMA. With one item it describes that item. */
const partial: ReadonlySet<RmaStatus> = new Set([
  'partially_authorized',
  'received_on_item',
  'approved_on_item',
  'rejected_on_item',
]);

/** A status that Winkelstraat does not document, unless a documented one was reported later. */
function undocumentedStatus(
  report: Pick<StoredOpening, 'unknownStatus' | 'unknownStatusAt' | 'statusAt'> | undefined,
): string | undefined {
  const { unknownStatus, unknownStatusAt = '', statusAt = '' } = report ?? {};
  return statusAt > unknownStatusAt ? undefined : unknownStatus;
}

/** The header of a return's RMA, as its own family reported it. */
export const headerOf = ({ rmas }: OrderSnapshot, item: ReturnItem): Rma | undefined =>
  rmas.find(({ rmaId, family = item.family }) => rmaId === item.rmaId && family === item.family);

/** Whether the other family of webhooks reported this RMA first. */
export const isReportedByOtherFamily = ({ rmas }: OrderSnapshot, { rmaId, family }: ReturnItem): boolean =>
  rmas.some((rma) => rma.rmaId === rmaId && rma.family === family && rma.second === true);

/** Whether the other family of webhooks reported a return's RMA too, later, by the same ids of its items. */
export const isReportedByBoth = ({ rmas, returns }: OrderSnapshot, { rmaId, family }: ReturnItem): boolean =>
  rmas.some((rma) => rma.rmaId === rmaId && rma.family !== family && rma.second === true) &&
  returns.every((other) => other.rmaId !== rmaId || other.family === family);

/** The returns of an item's RMA, as its own family reported them. */
export const returnsOfRma = ({ returns }: OrderSnapshot, { rmaId, family }: ReturnItem): ReturnItem[] =>
  returns.filter((other) => other.rmaId === rmaId && other.family === family);

/** @param readStatus reads a status that Winkelstraat does not document, by the mappings of operators */
export function merchantDecision(
  order: OrderSnapshot,
  item: ReturnItem,
  readStatus: (text: string) => RmaStatus | undefined = () => undefined,
): MerchantDecision {
  const { opening, closing } = item;
  const header = headerOf(order, item);
  const reported = returnsOfRma(order, item).map(({ itemId }) => itemId);
  const { itemIds, unusableItems = 0 } = header ?? {};
  // An RMA that only `rma-item` reported has the items that were reported.
  const itemCount = itemIds ? Math.max(1, itemIds.length + unusableItems) : reported.length;
  // A header that names one item of several may still be about the others.
  const knownItems = Math.max(itemCount, new Set([...(itemIds ?? []), ...reported]).size);
  const isAlone = knownItems <= 1;
  const unknown = [opening, header].map(undocumentedStatus);
  const [ownMapped, headerMapped] = unknown.map((text) => (text ? readStatus(text) : undefined));
  const own = furtherStatus(opening?.status, ownMapped);
  const ofHeader = furtherStatus(furtherStatus(opening?.rmaStatus, header?.status), headerMapped);
  const isPartial = ofHeader !== undefined && partial.has(ofHeader) && !isAlone;
  const decided = statusOf(own, isPartial ? undefined : ofHeader);
  const hasRmaArrived = (closing?.arrivedAt ?? header?.arrivedAt) !== undefined;
  const end = endOf(item, decided, hasRmaArrived && isAlone);
  // A stock-hub item has a status of its own, so a partial header says nothing new about it.
  const partialStatus = isPartial && !own ? `its status is ${ofHeader}` : undefined;
  const partialArrival =
    hasRmaArrived && !isAlone ? 'some of its items have arrived at the merchant' : undefined;
  return {
    status: decided.status,
    end,
    arrived: (hasRmaArrived && isAlone) || hasArrivedItself(item, decided, isAlone),
    itemCount,
    knownItems,
    isMissing: itemIds !== undefined && !unusableItems && !itemIds.includes(item.itemId),
    inPart: end ? undefined : (partialStatus ?? partialArrival),
    unknownStatus: unknown.find((text) => text !== undefined && readStatus(text) === undefined),
  };
}

interface DecidedStatus {
  status: RmaStatus | undefined;
  by: 'own-status' | 'header';
}

/**
 * The item's own status decides from `received` on. Before, a header that ends the whole RMA decides. An item without a
 * status of its own has the header's.
 */
function statusOf(own: RmaStatus | undefined, header: RmaStatus | undefined): DecidedStatus {
  if (own && (endsReturn(own) || !header || !endsWholeRma(header))) return { status: own, by: 'own-status' };
  return { status: header, by: 'header' };
}

function endOf(
  { opening, closing }: ReturnItem,
  { status, by }: DecidedStatus,
  hasRmaArrived: boolean,
): MerchantEnd | undefined {
  if (status && endsReturn(status)) {
    const isRmaEnd = by === 'header' && endsWholeRma(status);
    return { by, status, why: `its ${isRmaEnd ? 'RMA' : 'status'} is ${status}` };
  }
  if (closing) return { by: 'rma-item', why: 'rma-item reports it received or its RMA closed' };
  if (opening?.quantityReturned) return { by: 'arrival', why: 'it has arrived at the merchant' };
  if (opening?.merchantResolution) return { by: 'arrival', why: 'the merchant has decided about it' };
  return hasRmaArrived ? { by: 'arrival', why: 'its RMA has arrived at the merchant' } : undefined;
}

/** An RMA is processed when its article was approved. With several items the header does not say which one was. */
function hasArrivedItself(
  { opening, closing }: ReturnItem,
  { status, by }: DecidedStatus,
  isAlone: boolean,
): boolean {
  const isReceived = status !== undefined && endsReturn(status) && !endsWholeRma(status);
  const isProcessed = status === 'processed_closed' && (by === 'own-status' || isAlone);
  const returned = (opening?.quantityReturned ?? 0) + (closing?.quantityReturned ?? 0) > 0;
  return (
    isReceived ||
    isProcessed ||
    returned ||
    Boolean(opening?.merchantResolution ?? closing?.merchantResolution)
  );
}
