import type { OrderFact } from '../../../lib/facts/facts.ts';
import type { IgfFact } from '../../../lib/facts/igf-facts.ts';
import { workerOperations as igf } from '../../../lib/igf/worker-igf.ts';
import { withIgfFacts } from '../../../lib/record/link.ts';
import { objectsOf } from '../../../lib/record/locate-return.ts';
import { mergeFacts } from '../../../lib/record/record-facts.ts';
import { relatedShipmentsOf } from '../../../lib/record/related-shipments.ts';
import { isSameReturn, type OrderSnapshot, type ReturnRef } from '../../../lib/returns/order.ts';
import {
  mergeRelatedShipments,
  readTrack,
  relatedShipmentOf,
} from '../../../lib/returns/related-shipments.ts';
import type { RelatedShipment, ReturnItem } from '../../../lib/returns/return-item.ts';
import type { Foresight } from './foresight.ts';
import { callOf, type NextCall } from './next-calls.ts';

/** An order's story as it is, and as it would be with what a message tells. */
export interface ToldStory {
  before: OrderSnapshot;
  after: OrderSnapshot;
}

const withReturn = (
  order: OrderSnapshot,
  ref: ReturnRef,
  change: (item: ReturnItem) => ReturnItem,
): OrderSnapshot => ({
  ...order,
  returns: order.returns.map((item) => (isSameReturn(item, ref) ? change(item) : item)),
});

/** The order's own story, and those of other orders' returns that its shipments concern. */
export async function storiesOfOrder(
  orderId: string,
  facts: readonly OrderFact[],
  { readOrder, readLabel: labelled }: Foresight,
  now: string,
): Promise<ToldStory[]> {
  const before = await readOrder(orderId);
  const orders: ToldStory[] = [{ before, after: mergeFacts(before, facts).order }];
  const [{ after }] = orders as [ToldStory];
  const named = new Set(facts.flatMap((fact) => (fact.kind === 'shipment' ? [fact.shipmentId] : [])));
  const news = after.shipments.filter(({ shipmentId }) => named.has(shipmentId));

  const tell = async (
    ref: ReturnRef,
    shipmentsOf: (item: ReturnItem) => ReturnType<typeof relatedShipmentsOf>,
  ) => {
    const known = orders.find((told) => told.after.orderId === ref.orderId);
    const order = known?.after ?? (await readOrder(ref.orderId));
    const item = order.returns.find((other) => isSameReturn(other, ref));
    if (!item || shipmentsOf(item).length === 0) return;
    const change = (found: ReturnItem) => ({
      ...found,
      relatedShipments: mergeRelatedShipments(found.relatedShipments, shipmentsOf(found)),
    });
    if (known) known.after = withReturn(order, ref, change);
    else orders.push({ before: order, after: withReturn(order, ref, change) });
  };
  for (const ref of news.length > 0 ? after.forwarded : [])
    await tell(ref, (item) => relatedShipmentsOf(item, news));
  for (const shipment of news) {
    const parcel = relatedShipmentOf(shipment);
    const ref = parcel?.delivered ? (await labelled(parcel.track, now)).return : undefined;
    if (parcel && ref) await tell(ref, () => [parcel]);
  }
  return orders;
}

/** The stories of the returns that events of IGF's belong to, as far as the table knows them. */
export async function storiesOfIgf(
  facts: readonly IgfFact[],
  foresight: Foresight,
  now: string,
): Promise<{ orders: ToldStory[]; search: NextCall[] }> {
  const orders: ToldStory[] = [];
  const search: NextCall[] = [];
  for (const fact of facts) {
    const ref = await returnOf(fact, foresight);
    if (!ref) {
      search.push(...searchFor(fact, foresight));
      continue;
    }
    let told = orders.find(({ after }) => after.orderId === ref.orderId);
    if (!told) {
      const before = await foresight.readOrder(ref.orderId);
      told = { before, after: before };
      orders.push(told);
    }
    const item = told.after.returns.find((other) => isSameReturn(other, ref));
    if (!item) continue;
    const next = withIgfFacts(item, [fact]);
    const relatedShipments = mergeRelatedShipments(
      item.relatedShipments,
      await parcelsAt(item, next, foresight, now),
    );
    told.after = withReturn(told.after, ref, () => ({ ...next, relatedShipments }));
  }
  return { orders, search };
}

/** What Winkelstraat told of the buyer's side before IGF told of it, where what IGF tells is new. */
async function parcelsAt(
  item: ReturnItem,
  { igf: told }: ReturnItem,
  { readOrder, readLabel: labelled }: Foresight,
  now: string,
): Promise<RelatedShipment[]> {
  const buyersOrder = told?.order?.webshopOrderId;
  const label = readTrack(told?.shipment?.label);
  const isNewOrder = buyersOrder !== undefined && buyersOrder !== item.igf?.order?.webshopOrderId;
  const isNewLabel = label !== undefined && label !== readTrack(item.igf?.shipment?.label);
  const ofOrder = isNewOrder ? relatedShipmentsOf(item, (await readOrder(buyersOrder)).shipments) : [];
  const delivered = isNewLabel ? (await labelled(label, now)).shipment : undefined;
  return delivered ? [...ofOrder, delivered] : ofOrder;
}

async function returnOf(fact: IgfFact, { findReturn }: Foresight): Promise<ReturnRef | undefined> {
  for (const object of objectsOf(fact)) {
    const ref = await findReturn(object);
    if (ref) return ref;
  }
  return undefined;
}

/** What IGF is asked first when no pointer leads to the return. */
function searchFor(
  { listingId, igfOrderId, igfShipmentId }: IgfFact,
  { corrections }: Foresight,
): NextCall[] {
  if (listingId !== undefined) return [];
  if (igfOrderId !== undefined) return [callOf(igf.orders.get, [igfOrderId], corrections)];
  if (igfShipmentId !== undefined) return [callOf(igf.shipments.get, [igfShipmentId], corrections)];
  return [];
}
