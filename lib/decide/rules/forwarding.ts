/** Rules that follow a listed return at IGF: who bought the article, and whether its shipment is delivered. */
import { deliver, deliveryRefusedText } from '../../actions/deliver.ts';
import { readBuyer } from '../../actions/sale.ts';
import { hasBuyer, listingVersion } from '../../returns/igf-state.ts';
import { deliverFingerprint } from '../../returns/listing-request.ts';
import { readTrack } from '../../returns/order.ts';
import type { ReturnState } from '../../returns/return-item.ts';
import { asAtIgf, blockedByRefusal, followIgf, isPending, type NextStep } from '../../rules/steps.ts';
import type { ListedView } from '../../rules/view.ts';

const ended: ReadonlySet<ReturnState> = new Set(['Cancelled', 'DeadlinePassed']);

/** A listing that ended may have had a buyer whom no event reported. Then it names a receiver. */
const mayHaveBuyer = ({ igf, progress }: ListedView): boolean =>
  hasBuyer(igf) || (ended.has(progress.state) && igf.listing?.receiverId !== undefined);

/** Somebody bought it, and the order is unknown: IGF has given neither its number in the webshop nor its status. */
export function readUnknownBuyer(view: ListedView): NextStep | undefined {
  const { item, igf, listingId, policy } = view;
  const isKnown = igf.order?.webshopOrderId !== undefined || igf.order?.status !== undefined;
  if (isKnown || policy.mode === 'observe' || !mayHaveBuyer(view)) return undefined;
  if (item.ordersReadOf === listingVersion(igf)) return undefined;
  return { ...followIgf(view), action: readBuyer({ listingId }) };
}

/**
 * The shipment at IGF whose label Winkelstraat reports as delivered, until the bridge has set it delivered. Another
 * track, such as that of the warehouse's own shipment for the same order, completes nothing.
 */
function shipmentToDeliver(view: ListedView): number | undefined {
  const { item, igf, progress } = view;
  const shipmentId = igf.shipment?.id;
  const label = readTrack(igf.shipment?.label);
  const isDelivered = item.relatedShipments?.some(({ delivered, track }) => delivered && track === label);
  if (!isDelivered || item.setDelivered === shipmentId || item.state === 'Cancelling') return undefined;
  const isUnderway = progress.state === 'Labelled' || progress.state === 'Shipped';
  return isUnderway || isUnstored(view) ? shipmentId : undefined;
}

/** Whether IGF's answer to an earlier call is recorded, but the call is not completed. A check at IGF completes it. */
const isUnstored = ({ item, progress }: ListedView): boolean =>
  isPending(item, 'deliver') && progress.state === 'Completed';

const whyDeliver = (view: ListedView, shipmentId: number): string =>
  isUnstored(view) ? view.progress.why : `Winkelstraat reports shipment ${shipmentId} as delivered.`;

export function deliveryRefused(view: ListedView): NextStep | undefined {
  const { item, attempt } = view;
  const shipmentId = item.refusal && shipmentToDeliver(view);
  if (shipmentId === undefined) return undefined;
  const blocked = blockedByRefusal(item, deliverFingerprint(shipmentId), attempt);
  if (!blocked) return undefined;
  const attention = deliveryRefusedText(shipmentId, item.refusal?.reason ?? 'ItGoesForward refused it');
  return asAtIgf(view, { why: whyDeliver(view, shipmentId), attention, action: blocked.action });
}

/** The bridge sets the shipment delivered once. */
export function deliverShipment(view: ListedView): NextStep | undefined {
  const shipmentId = shipmentToDeliver(view);
  if (shipmentId === undefined) return undefined;
  const action = deliver({ shipmentId, checkFirst: isPending(view.item, 'deliver') });
  return asAtIgf(view, { why: whyDeliver(view, shipmentId), action });
}
