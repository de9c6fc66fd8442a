import type { OrderFact } from '../facts/facts.ts';
import type { IgfState } from '../returns/igf-state.ts';
import { isEqual } from '../returns/merge.ts';
import type { OrderSnapshot, ReturnRef, Shipment } from '../returns/order.ts';
import { mergeRelatedShipments, readTrack, relatedShipmentOf } from '../returns/related-shipments.ts';
import type { RelatedShipment, ReturnItem } from '../returns/return-item.ts';
import type { WorkerDependencies } from '../worker/dependencies.ts';
import { ContendedError } from './record-facts.ts';

type Needs = Pick<WorkerDependencies, 'table' | 'now'>;

/** How often parcels are tried against writers of the same return. */
const mostConflicts = 12;

const holds = (shipment: Shipment, item: ReturnItem): boolean => {
  const sku = (item.opening ?? item.closing)?.sku;
  return shipment.items.some((line) => line.sku === sku);
};

/** Which of an order's shipments concern a return whose article its buyer is to get. */
export const relatedShipmentsOf = (item: ReturnItem, shipments: readonly Shipment[]): RelatedShipment[] =>
  shipments
    .filter((shipment) => holds(shipment, item))
    .flatMap((shipment) => relatedShipmentOf(shipment) ?? []);

/**
 * What Winkelstraat told already of the buyer's side, when IGF tells of it first: says where the return's parcels are
 * to be told, then reads what was told before. To be done before the item is written with what IGF told, so that a
 * crash in between leaves something to be done again.
 * @param igf what IGF told, the new telling included.
 */
export async function findRelatedShipments(
  item: ReturnItem,
  igf: IgfState,
  { table, now }: Needs,
): Promise<RelatedShipment[]> {
  const buyersOrderId = igf.order?.webshopOrderId;
  const label = readTrack(igf.shipment?.label);
  const relatedShipments: RelatedShipment[] = [];
  if (buyersOrderId && buyersOrderId !== item.igf?.order?.webshopOrderId) {
    await table.linkBuyerOrder(buyersOrderId, item);
    const { shipments } = await table.readOrder(buyersOrderId);
    relatedShipments.push(...relatedShipmentsOf(item, shipments));
  }
  if (label !== undefined && label !== readTrack(item.igf?.shipment?.label)) {
    const delivered = await table.registerLabel(label, item, new Date(now()).toISOString());
    if (delivered) relatedShipments.push(delivered);
  }
  return relatedShipments;
}

/**
 * Tells the returns that a shipment concerns of it, and answers their orders' stories as read afterwards. They are of
 * other orders: whose article the buyer is to get, and whose label the delivered parcel carries.
 * @throws ContendedError
 */
export async function updateForwardedReturns(
  { shipments, forwarded }: OrderSnapshot,
  facts: readonly OrderFact[],
  needs: Needs,
): Promise<OrderSnapshot[]> {
  const told = new Set(facts.flatMap((fact) => (fact.kind === 'shipment' ? [fact.shipmentId] : [])));
  const news = shipments.filter(({ shipmentId }) => told.has(shipmentId));
  const orders: OrderSnapshot[] = [];
  for (const ref of news.length > 0 ? forwarded : []) {
    orders.push(...(await recordRelatedShipments(ref, (item) => relatedShipmentsOf(item, news), needs)));
  }
  for (const shipment of news) {
    const parcel = relatedShipmentOf(shipment);
    if (!parcel?.delivered) continue;
    const ref = await needs.table.registerDelivery(parcel, new Date(needs.now()).toISOString());
    if (ref) orders.push(...(await recordRelatedShipments(ref, () => [parcel], needs)));
  }
  return orders;
}

/** Records parcels on their return. @returns the story to advance; none when they do not concern it */
async function recordRelatedShipments(
  ref: ReturnRef,
  shipmentsOf: (item: ReturnItem) => RelatedShipment[],
  { table }: Needs,
): Promise<OrderSnapshot[]> {
  for (let conflicts = 0; conflicts <= mostConflicts; conflicts += 1) {
    const order = await table.readOrder(ref.orderId);
    const item = order.returns.find(({ rmaId, itemId }) => rmaId === ref.rmaId && itemId === ref.itemId);
    const told = item && shipmentsOf(item);
    if (!item || !told || told.length === 0) return [];
    const relatedShipments = mergeRelatedShipments(item.relatedShipments, told);
    if (isEqual(relatedShipments, item.relatedShipments)) return [order];
    const written = await table.write({ kind: 'return', content: { ...item, relatedShipments } });
    if (written === 'written') return [await table.readOrder(ref.orderId)];
  }
  throw new ContendedError('the return was written at every attempt to record a parcel');
}
