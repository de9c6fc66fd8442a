import { deliverFingerprint } from '../returns/listing-request.ts';
import {
  deliveredForwarding,
  deliveryRefused,
  duplicateShipment,
  servedTwiceText,
} from '../returns/related-shipments.ts';
import type { ReturnItem, ReturnState } from '../returns/return-item.ts';
import { blockedByRefusal, type Decision, type DecisionContext } from './decision.ts';
import type { IgfProgress } from './igf-progress.ts';

const handedOver: ReadonlySet<ReturnState> = new Set(['Labelled', 'Shipped']);
const matched: ReadonlySet<ReturnState> = new Set(['Matched', 'Labelled']);

/**
 * What to do when Winkelstraat reports the parcel of a forwarding as delivered: IGF is told once. A parcel with any
 * other track number, the warehouse's own for the same order above all, completes nothing.
 */
export function deliver(
  item: ReturnItem,
  life: IgfProgress,
  { attempt }: DecisionContext,
): Decision | undefined {
  const shipmentId = item.igf?.shipment?.id;
  const parcel = deliveredForwarding(item);
  if (!parcel || shipmentId === undefined || item.setDelivered === shipmentId) return undefined;
  // A call whose answer was recorded, but not settled: its claim is still open, and is settled by asking.
  const isUnsettled = item.pendingCall?.operation === 'deliver' && life.state === 'Completed';
  if (!(handedOver.has(life.state) || isUnsettled) || item.state === 'Cancelling') return undefined;
  const reported = `Winkelstraat reports the parcel of shipment ${shipmentId} as delivered.`;
  const why = isUnsettled ? life.why : reported;
  const held = blockedByRefusal(item, deliverFingerprint(shipmentId), attempt);
  if (!held) {
    return {
      ...life,
      why,
      action: { kind: 'deliver', shipmentId, checkFirst: item.pendingCall?.operation === 'deliver' },
    };
  }
  const attention = deliveryRefused(shipmentId, item.refusal?.reason ?? 'ItGoesForward refused it');
  return { ...life, why, attention, action: held.action };
}

/** What a human must do when the warehouse sends the buyer what another customer is about to send. */
export function servedTwice(item: ReturnItem, { state }: IgfProgress): string | undefined {
  const second = matched.has(state) ? duplicateShipment(item) : undefined;
  return second && servedTwiceText(second.shipmentId, item.listingId);
}
