import type { OrderFact } from '../facts/facts.ts';
import type { AtIgf } from '../returns/igf-state.ts';
import { same } from '../returns/is-equal.ts';
import type { ReturnName, Shipment, Story } from '../returns/order.ts';
import type { Parcel } from '../returns/related-shipment.ts';
import { mergeParcels, parcelOf, readTrack } from '../returns/related-shipments.ts';
import type { ReturnItem } from '../returns/return-item.ts';
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
export const parcelsFor = (item: ReturnItem, shipments: readonly Shipment[]): Parcel[] =>
  shipments.filter((shipment) => holds(shipment, item)).flatMap((shipment) => parcelOf(shipment) ?? []);

/**
 * What Winkelstraat told already of the buyer's side, when IGF tells of it first: says where the return's parcels are
 * to be told, then reads what was told before. To be done before the item is written with what IGF told, so that a
 * crash in between leaves something to be done again.
 * @param igf what IGF told, the new telling included.
 */
export async function findParcels(item: ReturnItem, igf: AtIgf, { table, now }: Needs): Promise<Parcel[]> {
  const buyersOrderId = igf.order?.webshopOrderId;
  const label = readTrack(igf.shipment?.label);
  const parcels: Parcel[] = [];
  if (buyersOrderId && buyersOrderId !== item.igf?.order?.webshopOrderId) {
    await table.markForwarded(buyersOrderId, item);
    const { shipments } = await table.readStory(buyersOrderId);
    parcels.push(...parcelsFor(item, shipments));
  }
  if (label !== undefined && label !== readTrack(item.igf?.shipment?.label)) {
    const delivered = await table.tellLabel(label, item, new Date(now()).toISOString());
    if (delivered) parcels.push(delivered);
  }
  return parcels;
}

/**
 * Tells the returns that a shipment concerns of it, and answers their orders' stories as read afterwards. They are of
 * other orders: whose article the buyer is to get, and whose label the delivered parcel carries.
 * @throws ContendedError
 */
export async function tellForwardings(
  { shipments, forwarded }: Story,
  facts: readonly OrderFact[],
  needs: Needs,
): Promise<Story[]> {
  const told = new Set(facts.flatMap((fact) => (fact.kind === 'shipment' ? [fact.shipmentId] : [])));
  const news = shipments.filter(({ shipmentId }) => told.has(shipmentId));
  const stories: Story[] = [];
  for (const ref of news.length > 0 ? forwarded : []) {
    stories.push(...(await recordParcels(ref, (item) => parcelsFor(item, news), needs)));
  }
  for (const shipment of news) {
    const parcel = parcelOf(shipment);
    if (!parcel?.delivered) continue;
    const ref = await needs.table.tellDelivered(parcel, new Date(needs.now()).toISOString());
    if (ref) stories.push(...(await recordParcels(ref, () => [parcel], needs)));
  }
  return stories;
}

/** Records parcels on their return. @returns the story to advance; none when they do not concern it */
async function recordParcels(
  ref: ReturnName,
  parcelsOf: (item: ReturnItem) => Parcel[],
  { table }: Needs,
): Promise<Story[]> {
  for (let conflicts = 0; conflicts <= mostConflicts; conflicts += 1) {
    const story = await table.readStory(ref.orderId);
    const item = story.returns.find(({ rmaId, itemId }) => rmaId === ref.rmaId && itemId === ref.itemId);
    const told = item && parcelsOf(item);
    if (!item || !told || told.length === 0) return [];
    const parcels = mergeParcels(item.parcels, told);
    if (same(parcels, item.parcels)) return [story];
    const written = await table.write({ kind: 'return', content: { ...item, parcels } });
    if (written === 'written') return [await table.readStory(ref.orderId)];
  }
  throw new ContendedError('the return was written at every attempt to record a parcel');
}
