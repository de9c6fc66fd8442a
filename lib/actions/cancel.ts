import { transientAnswerSeconds } from '../config/timing.ts';
import { IgfContractError, IgfPathError, isRefusal } from '../igf/errors.ts';
import { recordIgfFacts } from '../record/link.ts';
import { cancelFingerprint } from '../returns/listing-request.ts';
import { orderFact } from '../webhooks/igf/facts.ts';
import { defineAction } from './action.ts';
import type { ActionContext } from './context.ts';
import { exactlyOnce } from './exactly-once.ts';

/** Cancels a listing at IGF, with its order and its shipment. */
export const cancelListing = defineAction<{ listingId: number; checkFirst: boolean }>('cancel', {
  call: 'cancelListing',
  describe: () => 'its listing would be cancelled',
  run: (context, { listingId, checkFirst }) => {
    const { listings } = context.dependencies.igf;
    return exactlyOnce(context, {
      operation: 'cancel',
      request: cancelFingerprint(listingId),
      checkFirst,
      find: async () => {
        if ((await listings.get(listingId)).status !== 'Cancelled') return undefined;
        // Somebody may have bought it between the two attempts.
        await recordBuyer(context, listingId);
        return 'cancelled';
      },
      call: async () => {
        await recordBuyer(context, listingId);
        await listings.cancel(listingId);
        return 'cancelled';
      },
      done: (_cancelled, { why }) => ({
        state: 'Cancelled',
        why: `${why} Listing ${listingId} is cancelled at ItGoesForward.`,
        refusal: null,
      }),
      refused: ({ message }, { why }) => ({
        state: 'Cancelling',
        why: `${why} ItGoesForward refused to cancel listing ${listingId}: ${message}.`,
        attention: `Cancellation refused: ${message}. Look at listing ${listingId} at ItGoesForward: it may be on its way to its buyer.`,
      }),
    });
  },
});

/**
 * Reads who bought the listing, because a person must serve that buyer from stock after the cancellation. IGF
 * sends no event for an order, so only a fresh read shows it. A lasting failure of this read does not stop
 * the cancellation: the facts of IGF's events then have to suffice.
 */
async function recordBuyer({ item, attempt, dependencies }: ActionContext, listingId: number): Promise<void> {
  try {
    const orders = await dependencies.igf.orders.ofListing(listingId);
    // The path is inferred, so the answer may contain orders of other listings.
    const own = orders.filter((order) => order.listingId === listingId);
    const facts = own.map((order) => orderFact(order));
    if (facts.length > 0) await recordIgfFacts(item, facts, dependencies);
  } catch (error) {
    const triedMs = dependencies.now() - Date.parse(attempt.enqueuedAt);
    const isLasting =
      error instanceof IgfContractError && triedMs >= transientAnswerSeconds.cancelling * 1000;
    if (!isLasting && !(error instanceof IgfPathError) && !isRefusal(error)) throw error;
  }
}
