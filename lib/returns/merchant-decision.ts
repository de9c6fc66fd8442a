import { endsReturn, endsWholeRma, type RmaStatus, statusRank } from '../facts/vendor-terms.ts';
import type { OrderSnapshot, Rma } from './order.ts';
import type { ReturnItem, StoredOpening } from './return-item.ts';

/** What ended a return at the merchant. */
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
  /** Absent while the return goes on. */
  end: MerchantEnd | undefined;
  /** Whether the article is known to have reached the merchant. */
  arrived: boolean;
  /** The number of items of its RMA. Items that could not be read count too. */
  itemCount: number;
  /** The same, with the items that only an earlier delivery named. */
  knownItems: number;
  /**
   * Why it is unknown what was decided about this item: the RMA says something about some of its items. Completes "RMA
   * … is decided in part: …".
   */
  inPart: string | undefined;
  /** A status that Winkelstraat does not document, while no later one is known. */
  unknownStatus: string | undefined;
}

/** Reads a status that Winkelstraat does not document, by the mappings of operators. */
export type ReadStatus = (text: string) => RmaStatus | undefined;

const noMappings: ReadStatus = () => undefined;

/** A header with one of these describes some items of the RMA. With one item it describes that item. */
const partial: ReadonlySet<RmaStatus> = new Set([
  'partially_authorized',
  'received_on_item',
  'approved_on_item',
  'rejected_on_item',
]);

const further = (one: RmaStatus | undefined, other: RmaStatus | undefined): RmaStatus | undefined =>
  one && other ? (statusRank(one) >= statusRank(other) ? one : other) : (one ?? other);

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

/** An RMA that only `rma-item` reported has the items that were reported. */
function countItems(header: Rma | undefined, reported: readonly ReturnItem[]): number {
  if (header?.itemIds) return Math.max(1, header.itemIds.length + (header.unusableItems ?? 0));
  return reported.length;
}

/** The items that the RMA has now, and those that an earlier delivery named. */
const countKnownItems = (header: Rma | undefined, reported: readonly ReturnItem[]): number =>
  new Set([...(header?.itemIds ?? []), ...reported.map(({ itemId }) => itemId)]).size;

export function merchantDecision(
  order: OrderSnapshot,
  item: ReturnItem,
  readStatus: ReadStatus = noMappings,
): MerchantDecision {
  const { opening, closing } = item;
  const header = headerOf(order, item);
  const reported = order.returns.filter(
    ({ rmaId, family }) => rmaId === item.rmaId && family === item.family,
  );
  const itemCount = countItems(header, reported);
  // A header that names one item of several may still be about the others.
  const knownItems = Math.max(itemCount, countKnownItems(header, reported));
  const isAlone = knownItems <= 1;
  const unknown = [opening, header].map(undocumentedStatus);
  const [ownMapped, headerMapped] = unknown.map((text) => (text ? readStatus(text) : undefined));
  const own = further(opening?.status, ownMapped);
  const ofHeader = further(further(opening?.rmaStatus, header?.status), headerMapped);
  const isPartial = ofHeader !== undefined && partial.has(ofHeader) && !isAlone;
  const { status, by } = statusOf(own, isPartial ? undefined : ofHeader);
  const arrivedAt = closing?.arrivedAt ?? header?.arrivedAt;
  const end = endOf(item, { status, by, arrivedAt: isAlone ? arrivedAt : undefined });
  return {
    status,
    end,
    arrived: isArrived(item, { status, by, arrivedAt, isAlone }),
    itemCount,
    knownItems,
    inPart: end
      ? undefined
      : whyInPart(own, isPartial ? ofHeader : undefined, isAlone ? undefined : arrivedAt),
    unknownStatus: unknown.find((text) => text !== undefined && readStatus(text) === undefined),
  };
}

/**
 * The item's own status decides from `received` on. Before, a header that ends the whole RMA decides. An item without a
 * status of its own takes the header's.
 */
function statusOf(
  own: RmaStatus | undefined,
  header: RmaStatus | undefined,
): { status: RmaStatus | undefined; by: 'own-status' | 'header' } {
  if (own && (endsReturn(own) || !header || !endsWholeRma(header))) return { status: own, by: 'own-status' };
  return { status: header, by: 'header' };
}

function endOf(
  { opening, closing }: ReturnItem,
  {
    status,
    by,
    arrivedAt,
  }: { status: RmaStatus | undefined; by: 'own-status' | 'header'; arrivedAt: string | undefined },
): MerchantEnd | undefined {
  if (status && endsReturn(status)) {
    const isRmaEnd = by === 'header' && endsWholeRma(status);
    return { by, status, why: `its ${isRmaEnd ? 'RMA' : 'status'} is ${status}` };
  }
  if (closing) return { by: 'rma-item', why: 'rma-item reports it received or its RMA closed' };
  if (opening?.quantityReturned) return { by: 'arrival', why: 'it has arrived at the merchant' };
  if (opening?.merchantResolution) return { by: 'arrival', why: 'the merchant has decided about it' };
  return arrivedAt ? { by: 'arrival', why: 'its RMA has arrived at the merchant' } : undefined;
}

/** An RMA is processed when its article was approved. With several items the header does not say which one was. */
function isArrived(
  { opening, closing }: ReturnItem,
  {
    status,
    by,
    arrivedAt,
    isAlone,
  }: Pick<MerchantDecision, 'status'> & {
    isAlone: boolean;
    by: 'own-status' | 'header';
    arrivedAt: string | undefined;
  },
): boolean {
  const isOfItem = by === 'own-status' || isAlone;
  const isReceived = status !== undefined && endsReturn(status) && !endsWholeRma(status);
  const isProcessed = status === 'processed_closed' && isOfItem;
  const returned = (opening?.quantityReturned ?? 0) + (closing?.quantityReturned ?? 0) > 0;
  const isResolved = Boolean(opening?.merchantResolution ?? closing?.merchantResolution);
  return isReceived || isProcessed || returned || isResolved || (arrivedAt !== undefined && isAlone);
}

/** A stock-hub item has a status of its own, so a partial header says nothing new about it. */
function whyInPart(
  own: RmaStatus | undefined,
  partialHeader: RmaStatus | undefined,
  arrivedAt: string | undefined,
): string | undefined {
  if (partialHeader && !own) return `its status is ${partialHeader}`;
  return arrivedAt ? 'some of its items have arrived at the merchant' : undefined;
}
