import type { Shipment } from './order.ts';
import type { RelatedShipment } from './related-shipment.ts';
import type { ReturnItem } from './return-item.ts';

/** The longest code that a carrier prints; what is longer is the picture of a label. */
const longestTrack = 64;

/** A track number as it can be compared: people and systems differ in spaces and capitals. */
export function readTrack(track: string | undefined): string | undefined {
  const read = track?.replaceAll(/\s/g, '').toUpperCase();
  return read && read.length <= longestTrack ? read : undefined;
}

/** A shipment as the parcel that it is; none while it has no track number. */
export function relatedShipmentOf(shipment: Shipment): RelatedShipment | undefined {
  const { orderId, shipmentId, status, updatedAt, collectedAt, deliveredAt } = shipment;
  const track = readTrack(shipment.track?.number);
  const at = [updatedAt, collectedAt, deliveredAt].flatMap((date) => date ?? []).sort();
  return track === undefined
    ? undefined
    : { orderId, shipmentId, track, delivered: status === 'DELIVERED', at: at.at(-1) ?? '' };
}

const isSame = (one: RelatedShipment, other: RelatedShipment): boolean =>
  one.orderId === other.orderId && one.shipmentId === other.shipmentId;

/** Of two tellings of one parcel the newer one; what was delivered under a track number stays delivered. */
function newer(one: RelatedShipment, other: RelatedShipment): RelatedShipment {
  const [late, early] = one.at >= other.at ? [one, other] : [other, one];
  return { ...late, delivered: late.delivered || (early.delivered && early.track === late.track) };
}

/** Joins what is told of parcels with what was. Pure, and the same in any order. */
export function mergeRelatedShipments(
  stored: readonly RelatedShipment[] | undefined,
  told: readonly RelatedShipment[],
): RelatedShipment[] | undefined {
  const relatedShipments = [...(stored ?? [])];
  for (const parcel of told) {
    const index = relatedShipments.findIndex((other) => isSame(other, parcel));
    const known = relatedShipments[index];
    if (known) relatedShipments[index] = newer(parcel, known);
    else relatedShipments.push(parcel);
  }
  return relatedShipments.length > 0 ? relatedShipments : undefined;
}

/** The forwarding's own parcel, once Winkelstraat reports it as delivered: its track number is the label. */
export function deliveredForwarding({ relatedShipments, igf }: ReturnItem): RelatedShipment | undefined {
  const label = readTrack(igf?.shipment?.label);
  return label === undefined
    ? undefined
    : relatedShipments?.find(({ delivered, track }) => delivered && track === label);
}

/** A parcel by which the buyer is sent the same article a second time: it is not the forwarding's own. */
export function duplicateShipment({
  orderId: ownOrder,
  relatedShipments,
  igf,
}: ReturnItem): RelatedShipment | undefined {
  const buyersOrder = igf?.order?.webshopOrderId;
  // The article itself once came by a parcel of its own order.
  if (buyersOrder === ownOrder) return undefined;
  const label = readTrack(igf?.shipment?.label);
  return relatedShipments?.find(({ orderId, track }) => orderId === buyersOrder && track !== label);
}

/** What a human must do when the buyer is about to be served by two parcels. */
export const servedTwiceText = (shipmentId: string, listingId: number | undefined): string =>
  `Served twice: hold shipment ${shipmentId} or cancel listing ${listingId}.`;

/** What a human must do when IGF will not set the shipment delivered. */
export const deliveryRefused = (shipmentId: number, reason: string): string =>
  `${reason}. Look at shipment ${shipmentId} at ItGoesForward: its parcel was delivered.`;
