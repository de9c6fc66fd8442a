import { later } from './igf-state.ts';
import { shipmentVersion } from './merge.ts';
import type { Shipment } from './order.ts';
import type { RelatedShipment } from './return-item.ts';

/** The longest code that a carrier prints. A longer value is the image of a label. */
const longestTrack = 64;

/** A track number in a form for comparison, because people and systems differ in spaces and capitals. */
export function readTrack(track: string | undefined): string | undefined {
  const read = track?.replaceAll(/\s/g, '').toUpperCase();
  return read && read.length <= longestTrack ? read : undefined;
}

/**
 * A shipment as a related shipment of a return; undefined while it has no track number.
 * @param number the number by which IGF knows its order
 */
export function relatedShipmentOf(
  shipment: Shipment,
  number: string = shipment.orderId,
): RelatedShipment | undefined {
  const { orderId, shipmentId, status } = shipment;
  const [date] = shipmentVersion(shipment);
  const at = later(date, shipment.track?.updatedAt) ?? '';
  const track = readTrack(shipment.track?.number);
  if (track === undefined) return undefined;
  const related = { orderId, shipmentId, track, delivered: status === 'DELIVERED', at };
  return number === orderId ? related : { ...related, webshopOrderId: number };
}

export const isSameShipment = (one: RelatedShipment, other: RelatedShipment): boolean =>
  one.orderId === other.orderId && one.shipmentId === other.shipmentId;

/** Merges two reports of one shipment. The newer one counts, but a track number that was delivered stays delivered. */
function newer(one: RelatedShipment, other: RelatedShipment): RelatedShipment {
  const [late, early] = one.at >= other.at ? [one, other] : [other, one];
  return { ...late, delivered: late.delivered || (early.delivered && early.track === late.track) };
}

/**
 * Merges reported shipments with the stored ones. The function is pure, and the order of reports makes no difference.
 */
export function mergeRelatedShipments(
  stored: readonly RelatedShipment[] | undefined,
  reported: readonly RelatedShipment[],
): RelatedShipment[] | undefined {
  const relatedShipments = [...(stored ?? [])];
  for (const shipment of reported) {
    const index = relatedShipments.findIndex((other) => isSameShipment(other, shipment));
    const known = relatedShipments[index];
    if (known) relatedShipments[index] = newer(shipment, known);
    else relatedShipments.push(shipment);
  }
  return relatedShipments.length > 0 ? relatedShipments : undefined;
}

/** The attention when IGF refuses to set a shipment delivered. */
export const deliveryRefusedText = (shipmentId: number, reason: string): string =>
  `${reason}. Look at shipment ${shipmentId} at ItGoesForward: the carrier has delivered it.`;
