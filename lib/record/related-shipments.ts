import type { Policy } from '../config/policy.ts';
import type { OrderFact } from '../facts/facts.ts';
import { linesOf, skuOf } from '../returns/article.ts';
import type { IgfState } from '../returns/igf-state.ts';
import {
  type OrderSnapshot,
  type ReturnRef,
  returnIn,
  type Shipment,
  webshopNumberOf,
} from '../returns/order.ts';
import {
  isSameShipment,
  mergeRelatedShipments,
  readTrack,
  relatedShipmentOf,
} from '../returns/related-shipments.ts';
import type { RelatedShipment, ReturnItem } from '../returns/return-item.ts';
import { isoTime } from '../runtime/time.ts';
import { updateReturn } from '../table/optimistic-update.ts';
import type { Orders } from '../table/orders.ts';
import type { ShipmentLinks } from '../table/shipment-links.ts';

type Table = Orders & ShipmentLinks;

interface Dependencies<Methods extends keyof Table> {
  table: Pick<Table, Methods>;
  /** Milliseconds since the epoch. */
  now: () => number;
  policy: NumberPolicy;
}

type NumberPolicy = Pick<Policy, 'webshopOrderId'>;

/** A shipment whose items are not known may contain it. */
const contains = (shipment: Shipment, item: ReturnItem): boolean =>
  shipment.items.length === 0 || linesOf(shipment, skuOf(item)).length > 0;

/** The buyer's shipments that contain the article of a return, and those that seemed to before. */
const relatedShipmentsOf = (
  item: ReturnItem,
  shipments: readonly Shipment[],
  number: string,
): RelatedShipment[] =>
  shipments.flatMap((shipment) => {
    const related = relatedShipmentOf(shipment, number);
    if (!related || contains(shipment, item)) return related ?? [];
    const isKnown = item.relatedShipments?.some((known) => isSameShipment(known, related));
    return isKnown ? { ...related, otherArticle: true } : [];
  });

/**
 * Finds the related shipments that Winkelstraat reported before IGF named the buyer's order or the label. It first
 * registers the return for this order or label, so that later shipments find the return. Then it reads the earlier
 * shipments. Call this before the return is written with the new IGF state: after a crash in between, the next attempt
 * does it again.
 * @param igf the IGF state with the new facts merged in
 */
export async function findRelatedShipments(
  item: ReturnItem,
  igf: IgfState,
  {
    table,
    now,
    policy,
  }: Dependencies<'readOrder' | 'linkBuyerOrder' | 'linkPurchaseOrder' | 'registerLabel'>,
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

const reportedShipments = ({ shipments }: OrderSnapshot, facts: readonly OrderFact[]): Shipment[] => {
  const reported = new Set(
    facts.flatMap((fact) => (fact.kind === 'shipment' || fact.kind === 'track' ? [fact.shipmentId] : [])),
  );
  return shipments.filter(({ shipmentId }) => reported.has(shipmentId));
};

/**
 * The returns that were forwarded to the buyer of this order, and the shipments that may concern them: the reported
 * ones. A purchase order may become known later than shipments, so then they are all.
 */
async function forwardedTo(
  { orderId, shipments, forwarded }: OrderSnapshot,
  number: string,
  news: Shipment[],
  facts: readonly OrderFact[],
  table: Pick<Table, 'registerPurchaseOrder'>,
): Promise<{ shipments: Shipment[]; forwarded: ReturnRef[] }> {
  if (number === orderId) return { shipments: news, forwarded: news.length > 0 ? forwarded : [] };
  const isNews = news.length > 0 || facts.some((fact) => 'poNumber' in fact && fact.poNumber === number);
  if (!isNews || shipments.length === 0) return { shipments, forwarded: [] };
  return { shipments, forwarded: await table.registerPurchaseOrder(number, orderId) };
}

/**
 * Records new shipments on the returns of other orders that they concern: a return whose article was forwarded to the
 * buyer of this order, and a return whose label is the track number of a delivered shipment.
 * @returns the orders of those returns as read afterwards; they must be advanced
 * @throws ContendedError
 */
export async function updateForwardedReturns(
  order: OrderSnapshot,
  facts: readonly OrderFact[],
  { table, now, policy }: Dependencies<'readOrder' | 'write' | 'registerDelivery' | 'registerPurchaseOrder'>,
): Promise<OrderSnapshot[]> {
  const number = webshopNumberOf(order, policy);
  const news = reportedShipments(order, facts);
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
  table: Pick<Table, 'readOrder' | 'write'>,
): Promise<OrderSnapshot[]> {
  const merge = (item: ReturnItem): ReturnItem => ({
    ...item,
    relatedShipments: mergeRelatedShipments(item.relatedShipments, shipmentsOf(item)),
  });
  const order = await updateReturn(ref, merge, table);
  const item = returnIn(order, ref);
  return item && shipmentsOf(item).length > 0 ? [order] : [];
}
