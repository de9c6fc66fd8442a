import { IgfError } from '../igf/errors.ts';
import { recordAnswers } from '../record/link.ts';
import { listingVersion } from '../returns/igf-state.ts';
import { returnIn } from '../returns/order.ts';
import { orderFact } from '../webhooks/igf/facts.ts';
import { defineAction } from './action.ts';
import { writeItem } from './context.ts';
import { igfCallFits, OutOfTimeError } from './exactly-once.ts';

/**
 * Reads at IGF who bought a listing, because IGF sends no event for an order. The read changes nothing at IGF, so it
 * needs no claim. It is tried once for each version of the listing; after a failure the reconciler's poll makes up for
 * it, because nothing else of the return depends on the answer.
 */
export const readBuyer = defineAction<{ listingId: number }>('read-buyer', {
  call: 'findOrders',
  describe: () => "the bridge would read the buyer's order at ItGoesForward",
  async run(context, { listingId }) {
    const { item, dependencies } = context;
    if (!igfCallFits(context.timeLeft)) throw new OutOfTimeError('no time left for a call to IGF');
    const orders = await dependencies.igf.orders.ofListing(listingId).catch((error: unknown) => {
      if (error instanceof IgfError) return [];
      throw error;
    });
    // The path is inferred, so the answer may contain orders of other listings.
    const own = orders.filter((order) => order.listingId === listingId).map((order) => orderFact(order));
    const known = own.length > 0 ? returnIn(await recordAnswers(item, own, dependencies), item) : item;
    if (!known) return { next: 'changed' };
    return { next: await writeItem(context, { ...known, ordersReadOf: listingVersion(known.igf) }) };
  },
});
