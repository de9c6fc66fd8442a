import type { IgfFact } from '../facts/igf-facts.ts';
import { IgfError } from '../igf/errors.ts';
import { linkToReturn, recordIgfFacts } from '../record/link.ts';
import { listingVersion } from '../returns/igf-state.ts';
import { returnIn } from '../returns/order.ts';
import { orderFact } from '../webhooks/igf/facts.ts';
import { defineAction } from './action.ts';
import { type ActionContext, writeItem } from './context.ts';

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
    const facts = await ordersOfListing(context, listingId).catch((error: unknown): IgfFact[] => {
      if (error instanceof IgfError) return [];
      throw error;
    });
    for (const { igfOrderId: id } of facts) {
      if (id !== undefined) await linkToReturn({ kind: 'ORDER', id }, item, dependencies);
    }
    const known = facts.length > 0 ? returnIn(await recordIgfFacts(item, facts, dependencies), item) : item;
    if (!known) return { next: 'changed' };
    return { next: await writeItem(context, { ...known, ordersReadOf: listingVersion(known.igf) }) };
  },
});

/** The facts of the listing's orders. The path is inferred, so the answer may contain orders of other listings. */
export async function ordersOfListing(
  { dependencies }: Pick<ActionContext, 'dependencies'>,
  listingId: number,
): Promise<IgfFact[]> {
  const orders = await dependencies.igf.orders.ofListing(listingId);
  return orders.filter((order) => order.listingId === listingId).map((order) => orderFact(order));
}
