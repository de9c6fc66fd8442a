import * as z from 'zod/mini';
import { transientAnswerSeconds } from '../config/timing.ts';
import { IgfContractError, IgfPathError, type IgfRefusal, isRefusal } from '../igf/errors.ts';
import { recordIgfFacts } from '../record/link.ts';
import { cancelFingerprint } from '../returns/listing-request.ts';
import { orderFact } from '../webhooks/igf/facts.ts';
import { OrderEvent } from '../webhooks/igf/payloads.ts';
import type { Step } from '../worker/step.ts';
import { type ActionContext, claim, type Held, keepClaimAndRetry, keepOrRelease, settle } from './claim.ts';

/** Cancels a listing at IGF once; after a call of unknown outcome it asks first whether that one did it. */
export async function cancelListing(
  context: ActionContext,
  listingId: number,
  checkFirst: boolean,
): Promise<Step> {
  const { igf } = context.dependencies;
  const held = await claim(context, { operation: 'cancel', request: cancelFingerprint(listingId) });
  if (held === 'changed') return { next: 'changed' };
  try {
    const isDone = checkFirst && (await isCancelled(context, listingId));
    // Also when it is done: between the two attempts somebody may have bought it.
    await recordOrder(context, listingId);
    if (isDone) return await cancelled(context, held, listingId);
    await igf.listings.cancel(listingId);
    return await cancelled(context, held, listingId);
  } catch (error) {
    return isRefusal(error) ? refused(context, held, listingId, error) : keepOrRelease(context, held, error);
  }
}

/**
 * Reads who bought the listing: its buyer must be served from stock once it is gone. IGF announces no order, so only a
 * fresh read knows. Where IGF does not answer it as expected, and that is not just passing, what its events told
 * has to do.
 */
async function recordOrder({ item, attempt, dependencies }: ActionContext, listingId: number): Promise<void> {
  try {
    const orders = await dependencies.igf.orders.ofListing(listingId);
    // The path is inferred, and may not narrow its answer to the listing.
    const own = orders.filter((order) => order.listingId === listingId);
    const facts = own.map((order) => orderFact(z.parse(OrderEvent, order)));
    if (facts.length > 0) await recordIgfFacts(item, facts, dependencies);
  } catch (error) {
    const triedMs = dependencies.now() - Date.parse(attempt.enqueuedAt);
    const lasting = error instanceof IgfContractError && triedMs >= transientAnswerSeconds.cancelling * 1000;
    if (!lasting && !(error instanceof IgfPathError) && !isRefusal(error)) throw error;
  }
}

const isCancelled = async ({ dependencies }: ActionContext, listingId: number): Promise<boolean> =>
  (await dependencies.igf.listings.get(listingId)).status === 'Cancelled';

const cancelled = (context: ActionContext, held: Held, listingId: number): Promise<Step> =>
  settle(context, held, {
    state: 'Cancelled',
    why: `${held.item.why} Listing ${listingId} is cancelled at ItGoesForward.`,
    refusal: null,
    // What a refusal asked of a human is settled with it.
    ...(held.item.refusal && { attention: null }),
  });

/** IGF says no for good, unless the listing is cancelled already and that is why. */
async function refused(
  context: ActionContext,
  held: Held,
  listingId: number,
  error: IgfRefusal,
): Promise<Step> {
  const { attempt, dependencies } = context;
  try {
    if (await isCancelled(context, listingId)) return await cancelled(context, held, listingId);
  } catch (unanswered) {
    return keepClaimAndRetry(context, held, unanswered);
  }
  return settle(context, held, {
    state: 'Cancelling',
    why: `${held.item.why} ItGoesForward refused to cancel listing ${listingId}: ${error.message}.`,
    attention: `Cancellation refused: ${error.message}. Look at listing ${listingId} at ItGoesForward: it may be on its way to its buyer.`,
    refusal: {
      ...attempt,
      at: new Date(dependencies.now()).toISOString(),
      request: cancelFingerprint(listingId),
      reason: error.message,
    },
  });
}
