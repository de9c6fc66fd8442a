/** Shipments at Winkelstraat that concern a forwarding: they go to the article's buyer, or have the forwarding's label. */
import type { OrderFact } from '../facts/facts.ts';
import { linesOf, skuOf } from '../returns/article.ts';
import { type IgfState, later } from '../returns/igf-state.ts';
import { shipmentVersion } from '../returns/merge.ts';
import {
  type OrderSnapshot,
  type ReturnRef,
  readTrack,
  returnIn,
  type Shipment,
  webshopNumberOf,
} from '../returns/order.ts';
import type { RelatedShipment, ReturnItem } from '../returns/return-item.ts';
import { isoTime } from '../runtime/time.ts';
import type { BridgeTable } from '../table/bridge-table.ts';
import { updateReturn } from '../table/optimistic-update.ts';
import type { RecordDependencies } from './record-facts.ts';

/**
 * A shipment as a related one of a return; undefined while it has no track number.
 * @param number the number by which IGF knows its order
 */
export function relatedShipmentOf(
  shipment: Shipment,
  number: string = shipment.orderId,
): RelatedShipment | undefined {
  const { orderId, shipmentId, status } = shipment;
  const track = readTrack(shipment.track?.number);
  if (track === undefined) return undefined;
  const [date] = shipmentVersion(shipment);
  const at = later(date, shipment.track?.updatedAt) ?? '';
  const related = { orderId, shipmentId, track, delivered: status === 'DELIVERED', at };
  return number === orderId ? related : { ...related, webshopOrderId: number };
}

const isSameShipment = (one: RelatedShipment, other: RelatedShipment): boolean =>
  one.orderId === other.orderId && one.shipmentId === other.shipmentId;

/** Merges two reports of one shipment. The newer one counts, but a track number that was delivered stays delivered. */
function newer(one: RelatedShipment, other: RelatedShipment): RelatedShipment {
  const [late, early] = one.at >= other.at ? [one, other] : [other, one];
  return { ...late, delivered: late.delivered || (early.delivered && early.track === late.track) };
}

/** Pure, and the order of reports makes no difference. */
export function mergeRelatedShipments(
  stored: readonly RelatedShipment[] | undefined,
  reported: readonly RelatedShipment[],
): RelatedShipment[] | undefined {
  const merged = [...(stored ?? [])];
  for (const shipment of reported) {
    const index = merged.findIndex((known) => isSameShipment(known, shipment));
    const known = merged[index];
    if (known) merged[index] = newer(shipment, known);
    else merged.push(shipment);
  }
  return merged.length > 0 ? merged : undefined;
}

/** The buyer's shipments with a return's article, with unknown items, and those that seemed to have it before. */
const relatedShipmentsOf = (
  item: ReturnItem,
  shipments: readonly Shipment[],
  number: string,
): RelatedShipment[] =>
  shipments.flatMap((shipment) => {
    const related = relatedShipmentOf(shipment, number);
    const mayContain = shipment.items.length === 0 || linesOf(shipment, skuOf(item)).length > 0;
    if (!related || mayContain) return related ?? [];
    const isKnown = item.relatedShipments?.some((known) => isSameShipment(known, related));
    return isKnown ? { ...related, otherArticle: true } : [];
  });

/**
 * Finds the shipments that Winkelstraat reported before IGF named the buyer's order or the label. It registers the
 * return for them first, so that later shipments find it. Call this before the return is written with the new IGF
 * state: after a crash the next attempt does it again.
 * @param igf the IGF state with the new facts merged in
 */
export async function findRelatedShipments(
  item: ReturnItem,
  igf: IgfState,
  { table, now, policy }: RecordDependencies,
): Promise<RelatedShipment[]> {
  const number = igf.order?.webshopOrderId;
  const label = readTrack(igf.shipment?.label);
  const found: RelatedShipment[] = [];
  if (number && number !== item.igf?.order?.webshopOrderId) {
    await table.linkBuyerOrder(number, item);
    const ofPo = policy.webshopOrderId === 'po_number' ? await table.linkPurchaseOrder(number, item) : [];
    for (const orderId of new Set([number, ...ofPo])) {
      const order = await table.readOrder(orderId);
      // With purchase orders, Winkelstraat's number of another order may be the same by chance.
      if (webshopNumberOf(order, policy) === number)
        found.push(...relatedShipmentsOf(item, order.shipments, number));
    }
  }
  if (label !== undefined && label !== readTrack(item.igf?.shipment?.label)) {
    const delivered = await table.registerLabel(label, item, isoTime(now()));
    if (delivered) found.push(delivered);
  }
  return found;
}

/** Returns forwarded to the buyer, with the reported shipments, or with all once a purchase order becomes known. */
async function forwardedTo(
  { orderId, shipments, forwarded }: OrderSnapshot,
  number: string,
  news: Shipment[],
  facts: readonly OrderFact[],
  table: BridgeTable,
): Promise<{ shipments: Shipment[]; forwarded: ReturnRef[] }> {
  if (number === orderId) return { shipments: news, forwarded: news.length > 0 ? forwarded : [] };
  const isNews = news.length > 0 || facts.some((fact) => 'poNumber' in fact && fact.poNumber === number);
  if (!isNews || shipments.length === 0) return { shipments, forwarded: [] };
  return { shipments, forwarded: await table.registerPurchaseOrder(number, orderId) };
}

/**
 * Records new shipments on returns of other orders: those forwarded to the buyer of this order, or with the label of a
 * delivered shipment.
 * @returns the orders of those returns as read afterwards; they must be advanced
 * @throws ContendedError
 */
export async function updateForwardedReturns(
  order: OrderSnapshot,
  facts: readonly OrderFact[],
  { table, now, policy }: RecordDependencies,
): Promise<OrderSnapshot[]> {
  const number = webshopNumberOf(order, policy);
  const reported = new Set(facts.map((fact) => 'shipmentId' in fact && fact.shipmentId));
  const news = order.shipments.filter(({ shipmentId }) => reported.has(shipmentId));
  const orders: OrderSnapshot[] = [];
  const { shipments, forwarded } = await forwardedTo(order, number, news, facts, table);
  for (const ref of forwarded) {
    const shipmentsOf = (item: ReturnItem) => relatedShipmentsOf(item, shipments, number);
    orders.push(...(await recordRelatedShipments(ref, shipmentsOf, table)));
  }
  for (const shipment of news) {
    const related = relatedShipmentOf(shipment, number);
    if (!related?.delivered) continue;
    const ref = await table.registerDelivery(related, isoTime(now()));
    if (ref) orders.push(...(await recordRelatedShipments(ref, () => [related], table)));
  }
  return orders;
}

/** @returns the return's order; none when the order has no such return or no shipment concerns it */
async function recordRelatedShipments(
  ref: ReturnRef,
  shipmentsOf: (item: ReturnItem) => RelatedShipment[],
  table: BridgeTable,
): Promise<OrderSnapshot[]> {
  const merge = (item: ReturnItem): ReturnItem => ({
    ...item,
    relatedShipments: mergeRelatedShipments(item.relatedShipments, shipmentsOf(item)),
  });
  const order = await updateReturn(ref, merge, table);
  const item = returnIn(order, ref);
  return item && shipmentsOf(item).length > 0 ? [order] : [];
}
