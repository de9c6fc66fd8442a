import * as z from 'zod/mini';
import { deliveryRefused } from '../decide/related-shipment-rules.ts';
import { type IgfRefusal, isRefusal } from '../igf/errors.ts';
import { recordIgfFacts } from '../record/link.ts';
import { deliverFingerprint } from '../returns/listing-request.ts';
import { shipmentFact } from '../webhooks/igf/facts.ts';
import { ShipmentEvent } from '../webhooks/igf/payloads.ts';
import type { Step } from '../worker/step.ts';
import { type ActionContext, claim, type Held, keepClaimAndRetry, keepOrRelease, settle } from './claim.ts';

/** Sets a shipment delivered at IGF once; after a call of unknown outcome it asks first whether that one did it. */
export async function deliverShipment(
  context: ActionContext,
  shipmentId: number,
  checkFirst: boolean,
): Promise<Step> {
  const { igf } = context.dependencies;
  const held = await claim(context, { operation: 'deliver', request: deliverFingerprint(shipmentId) });
  if (held === 'changed') return { next: 'changed' };
  try {
    if (checkFirst && (await isCompleted(context, shipmentId)))
      return await delivered(context, held, shipmentId);
    await recordAnswer(context, await igf.shipments.setDelivered(shipmentId));
    return await delivered(context, held, shipmentId);
  } catch (error) {
    return isRefusal(error) ? refused(context, held, shipmentId, error) : keepOrRelease(context, held, error);
  }
}

async function isCompleted(context: ActionContext, shipmentId: number): Promise<boolean> {
  const shipment = await context.dependencies.igf.shipments.get(shipmentId);
  await recordAnswer(context, shipment);
  return shipment.status === 'Completed';
}

async function recordAnswer({ item, dependencies }: ActionContext, answer: unknown): Promise<void> {
  const told = z.safeParse(ShipmentEvent, answer);
  if (told.success) await recordIgfFacts(item, [shipmentFact(told.data)], dependencies);
}

const delivered = (context: ActionContext, held: Held, shipmentId: number): Promise<Step> =>
  settle(context, held, {
    state: held.item.state,
    why: held.item.why,
    setDelivered: shipmentId,
    refusal: null,
  });

/** IGF says no for good, unless the shipment is Completed already and that is why. */
async function refused(
  context: ActionContext,
  held: Held,
  shipmentId: number,
  error: IgfRefusal,
): Promise<Step> {
  const { attempt, dependencies } = context;
  try {
    if (await isCompleted(context, shipmentId)) return await delivered(context, held, shipmentId);
  } catch (unanswered) {
    return keepClaimAndRetry(context, held, unanswered);
  }
  return settle(context, held, {
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
