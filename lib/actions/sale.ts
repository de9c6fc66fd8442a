import { transientAnswerSeconds } from '../config/timing.ts';
import type { IgfFact } from '../facts/igf-facts.ts';
import type { IgfOrder } from '../igf/api/answers.ts';
import { IgfContractError, IgfError, isUnexpected } from '../igf/errors.ts';
import type { Igf } from '../igf/worker-igf.ts';
import { recordAnswers } from '../record/link.ts';
import { listingVersion } from '../returns/igf-state.ts';
import { returnIn } from '../returns/order.ts';
import type { ReturnItem } from '../returns/return-item.ts';
import { orderFact, shipmentFact } from '../webhooks/igf/facts.ts';
import { type ActionContext, defineAction, requireTimeForCall, writeItem } from './action.ts';

/*
 * Who bought a listing, and whether the article was handed in. IGF sends no event for an order, so the bridge reads it.
 * The paths are inferred: their answers may contain objects of other listings, which are left out here.
 */

export const ordersOf = async (igf: Igf, listingId: number): Promise<IgfOrder[]> =>
  (await igf.orders.ofListing(listingId)).filter((order) => order.listingId === listingId);

export async function shipmentFactsOf(
  igf: Igf,
  listingId: number,
  orders: readonly IgfOrder[],
): Promise<IgfFact[]> {
  const ids = orders.map(({ id }) => id);
  return (await igf.shipments.ofListing(listingId))
    .map((shipment) => shipmentFact(shipment))
    .filter(({ igfOrderId }) => igfOrderId !== undefined && ids.includes(igfOrderId));
}

/**
 * Reads who bought a listing: no change at IGF, so no claim. It is tried once for each version of the listing. After a
 * failure the reconciler's poll makes up for it.
 */
export const readBuyer = defineAction<{ listingId: number }>('read-buyer', {
  call: 'findOrders',
  describe: () => "the bridge would read the buyer's order at ItGoesForward",
  async run(context, { listingId }) {
    const { item, dependencies } = context;
    requireTimeForCall(context);
    const orders = await ordersOf(dependencies.igf, listingId).catch((error: unknown) => {
      if (error instanceof IgfError) return [];
      throw error;
    });
    const facts = orders.map((order) => orderFact(order));
    const known = facts.length > 0 ? returnIn(await recordAnswers(item, facts, dependencies), item) : item;
    if (!known) return { next: 'changed' };
    return { next: await writeItem(context, { ...known, ordersReadOf: listingVersion(known.igf) }) };
  },
});

/**
 * Reads and records who bought a listing that is cancelled, and whether the article was handed in: a person must then
 * serve that buyer from stock. After a lasting failure the facts of IGF's events have to suffice.
 * @param facts recorded too
 * @throws IgfError when IGF gives no answer and may give one later
 */
export async function recordSale(
  { item, attempt, dependencies }: ActionContext,
  listingId: number,
  facts: readonly IgfFact[] = [],
): Promise<ReturnItem> {
  const { igf, now } = dependencies;
  const unlessLasting = (error: unknown): [] => {
    const isTransient =
      error instanceof IgfContractError &&
      now() - Date.parse(attempt.enqueuedAt) < transientAnswerSeconds.cancelling * 1000;
    if (isTransient || !isUnexpected(error)) throw error;
    return [];
  };
  const bought = await ordersOf(igf, listingId).catch(unlessLasting);
  const sent = bought.length > 0 ? await shipmentFactsOf(igf, listingId, bought).catch(unlessLasting) : [];
  const answers = [...facts, ...bought.map((order) => orderFact(order)), ...sent];
  return returnIn(await recordAnswers(item, answers, dependencies), item) ?? item;
}
