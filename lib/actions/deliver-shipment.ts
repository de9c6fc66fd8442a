import * as z from 'zod/mini';
import { deliveryRefused } from '../decide/related-shipment-rules.ts';
import { type IgfRefusal, isRefusal } from '../igf/errors.ts';
import { recordAtIgf } from '../record/link.ts';
import { deliverFingerprint } from '../returns/listing-request.ts';
import { shipmentFact } from '../webhooks/igf/facts.ts';
import { ShipmentEvent } from '../webhooks/igf/payloads.ts';
import type { Step } from '../worker/step.ts';
import { claim, type Held, leaveForLater, leaveUnexplained, settle, type Work } from './claim.ts';

/** Sets a shipment delivered at IGF once; after a call of unknown outcome it asks first whether that one did it. */
export async function deliverShipment(work: Work, shipmentId: number, ask: boolean): Promise<Step> {
  const { igf } = work.dependencies;
  const held = await claim(work);
  if (held === 'conflict') return { next: 'read-again' };
  try {
    if (ask && (await isCompleted(work, shipmentId))) return await delivered(work, held, shipmentId);
    await recordAnswer(work, await igf.shipments.setDelivered(shipmentId));
    return await delivered(work, held, shipmentId);
  } catch (error) {
    return isRefusal(error) ? refused(work, held, shipmentId, error) : leaveForLater(work, held, error);
  }
}

async function isCompleted(work: Work, shipmentId: number): Promise<boolean> {
  const shipment = await work.dependencies.igf.shipments.get(shipmentId);
  await recordAnswer(work, shipment);
  return shipment.status === 'Completed';
}

async function recordAnswer({ item, dependencies }: Work, answer: unknown): Promise<void> {
  const told = z.safeParse(ShipmentEvent, answer);
  if (told.success) await recordAtIgf(item, [shipmentFact(told.data)], dependencies);
}

const delivered = (work: Work, held: Held, shipmentId: number): Promise<Step> =>
  settle(work, held, {
    state: held.item.state,
    why: held.item.why,
    setDelivered: shipmentId,
    refusal: null,
  });

/** IGF says no for good, unless the shipment is Completed already and that is why. */
async function refused(work: Work, held: Held, shipmentId: number, error: IgfRefusal): Promise<Step> {
  const { attempt, dependencies } = work;
  try {
    if (await isCompleted(work, shipmentId)) return await delivered(work, held, shipmentId);
  } catch (unanswered) {
    return leaveUnexplained(work, held, unanswered);
  }
  return settle(work, held, {
    state: held.item.state,
    why: held.item.why,
    attention: deliveryRefused(shipmentId, error.message),
    refusal: {
      ...attempt,
      at: new Date(dependencies.now()).toISOString(),
      request: deliverFingerprint(shipmentId),
      reason: error.message,
    },
  });
}
