/** Rules that set the shipment of a listed return delivered. */

import { deliver } from '../../actions/deliver.ts';
import { deliverFingerprint } from '../../returns/listing-request.ts';
import { deliveryRefusedText, readTrack } from '../../returns/related-shipments.ts';
import type { ReturnState } from '../../returns/return-item.ts';
import type { NextStep } from '../../rules/rule.ts';
import { asAtIgf, blockedByRefusal, isPending } from '../../rules/steps.ts';
import type { ListedView } from '../../rules/view.ts';

const handedOver: ReadonlySet<ReturnState> = new Set(['Labelled', 'Shipped']);

/**
 * The shipment at IGF whose label Winkelstraat reports as delivered, until the bridge has set it delivered. A
 * shipment with another track number completes nothing, such as the warehouse's own shipment for the same
 * order.
 */
function shipmentToDeliver({ item, igf, progress }: ListedView): number | undefined {
  const shipmentId = igf.shipment?.id;
  const label = readTrack(igf.shipment?.label);
  const isDelivered = item.relatedShipments?.some(({ delivered, track }) => delivered && track === label);
  if (!isDelivered || item.setDelivered === shipmentId || item.state === 'Cancelling') return undefined;
  return handedOver.has(progress.state) || isUnstored(item, progress) ? shipmentId : undefined;
}

/**
 * Whether IGF's answer to an earlier call is recorded, but the call is not completed. A check at IGF
 * completes it.
 */
const isUnstored = (item: ListedView['item'], { state }: ListedView['progress']): boolean =>
  isPending(item, 'deliver') && state === 'Completed';

export function deliveryRefused(view: ListedView): NextStep | undefined {
  const shipmentId = view.item.refusal && shipmentToDeliver(view);
  if (shipmentId === undefined) return undefined;
  const { item, attempt } = view;
  const blocked = blockedByRefusal(item, deliverFingerprint(shipmentId), attempt);
  if (!blocked) return undefined;
  const attention = deliveryRefusedText(shipmentId, item.refusal?.reason ?? 'ItGoesForward refused it');
  return asAtIgf(view, { why: whyDeliver(view, shipmentId), attention, action: blocked.action });
}

/** Winkelstraat reports the shipment of the forwarding as delivered: the bridge sets it delivered at IGF, once. */
export function deliverShipment(view: ListedView): NextStep | undefined {
  const shipmentId = shipmentToDeliver(view);
  if (shipmentId === undefined) return undefined;
  return asAtIgf(view, {
    why: whyDeliver(view, shipmentId),
    action: deliver({ shipmentId, checkFirst: isPending(view.item, 'deliver') }),
  });
}

const whyDeliver = ({ item, progress }: ListedView, shipmentId: number): string =>
  isUnstored(item, progress) ? progress.why : `Winkelstraat reports shipment ${shipmentId} as delivered.`;
