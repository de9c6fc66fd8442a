import { transientAnswerSeconds } from '../config/timing.ts';
import type { IgfFact } from '../facts/igf-facts.ts';
import { IgfContractError, IgfPathError, isRefusal } from '../igf/errors.ts';
import { recordAnswers } from '../record/link.ts';
import { hasBuyer, isHandedIn, itsBuyer } from '../returns/igf-state.ts';
import { cancelFingerprint } from '../returns/listing-request.ts';
import { returnIn } from '../returns/order.ts';
import type { ReturnItem } from '../returns/return-item.ts';
import type { ClaimOutcome } from '../table/orders.ts';
import { listingFact, orderFact, shipmentFact } from '../webhooks/igf/facts.ts';
import { type ActionResult, defineAction } from './action.ts';
import type { ActionContext } from './context.ts';
import { deferUnanswered, exactlyOnce, igfCallFits, OutOfTimeError } from './exactly-once.ts';

interface Cancellation {
  listingId: number;
  checkFirst: boolean;
}

/** Cancels a listing at IGF, with its order and its shipment, because its return is over. */
export const cancelListing = defineAction<Cancellation>('cancel', {
  call: 'cancelListing',
  describe: () => 'its listing would be cancelled',
  run: (context, cancellation) => cancel(context, cancellation, () => ({})),
});

/**
 * Cancels a listing that nobody has bought, because a fact has changed. Afterwards the return has no listing, so
 * it is decided like one that never had one. When somebody bought the listing before it was cancelled, the return
 * keeps it: its buyer must be served from stock.
 */
export const withdrawListing = defineAction<Cancellation>('withdraw-listing', {
  call: 'cancelListing',
  describe: () => 'its listing would be cancelled',
  run: (context, cancellation) =>
    cancel(context, cancellation, (item) =>
      item.igf && hasBuyer(item.igf) ? {} : withoutListing(item, cancellation.listingId),
    ),
});

const withoutListing = (
  { earlierListings = [], igfOrderId, igfShipmentId }: ReturnItem,
  listingId: number,
): Partial<ClaimOutcome> => ({
  earlierListings: [...earlierListings, { listingId, igfOrderId, igfShipmentId }],
  listingId: null,
  igf: null,
  igfOrderId: null,
  igfShipmentId: null,
});

/**
 * IGF sends no event for an order, so the orders and shipments of the listing are read before the claim. When they
 * show something new, the return is decided again. They are read once more after the call, because somebody may
 * buy the listing in between.
 * @param more what is stored beside the cancellation
 */
async function cancel(
  context: ActionContext,
  { listingId, checkFirst }: Cancellation,
  more: (item: ReturnItem) => Partial<ClaimOutcome>,
): Promise<ActionResult> {
  const { listings } = context.dependencies.igf;
  const news = checkFirst ? undefined : await readSale(context, listingId);
  if (news) return news;
  return exactlyOnce<'cancelled' | 'shipped'>(context, {
    operation: 'cancel',
    request: cancelFingerprint(listingId),
    checkFirst,
    find: async () => {
      const listing = await listings.get(listingId);
      if (listing.status === 'Cancelled') return 'cancelled';
      const { igf } = await recordSale(context, listingId, [listingFact(listing)]);
      return igf && isHandedIn(igf) ? 'shipped' : undefined;
    },
    call: async () => {
      await listings.cancel(listingId);
      return 'cancelled';
    },
    done: async (end, { why, igf = { events: [] } }) => {
      if (end === 'shipped') {
        return { state: 'Shipped', why: `The article is on its way to ${itsBuyer(igf)}.`, refusal: null };
      }
      const item = await recordSale(context, listingId);
      return {
        state: 'Cancelled',
        why: `${why} Listing ${listingId} is cancelled at ItGoesForward.`,
        refusal: null,
        ...more(item),
      };
    },
    refused: ({ message }, { why, igf = { events: [] } }) => ({
      state: 'Cancelling',
      why: `${why} ItGoesForward refused to cancel listing ${listingId}: ${message}.`,
      attention: `Cancellation refused: ${message}. Look at listing ${listingId} at ItGoesForward: it may be on its way to ${itsBuyer(igf)}.`,
    }),
  });
}

/** @returns `undefined` when the order and the shipment of the listing are what the decision was made from */
async function readSale(context: ActionContext, listingId: number): Promise<ActionResult | undefined> {
  if (!igfCallFits(context.timeLeft)) throw new OutOfTimeError('no time left for a call to IGF');
  try {
    const { rev } = await recordSale(context, listingId);
    return rev === context.item.rev ? undefined : { next: 'changed' };
  } catch (error) {
    return deferUnanswered(context, error);
  }
}

/**
 * Reads and records who bought the listing, and whether the article was handed in. After a cancellation a person
 * must serve that buyer from stock.
 * @returns the return as it is stored
 * @throws IgfError when IGF gives no answer and may give one later
 */
async function recordSale(
  context: ActionContext,
  listingId: number,
  facts: readonly IgfFact[] = [],
): Promise<ReturnItem> {
  const { item, dependencies } = context;
  const { orders, shipments } = dependencies.igf;
  // The paths are inferred, so the answers may contain objects of other listings.
  const bought = (await answered(context, orders.ofListing(listingId)))
    .filter((order) => order.listingId === listingId)
    .map((order) => orderFact(order));
  const ids = bought.map(({ igfOrderId }) => igfOrderId);
  const sent = bought.length > 0 ? await answered(context, shipments.ofListing(listingId)) : [];
  const ofOrders = sent
    .map((shipment) => shipmentFact(shipment))
    .filter((fact) => ids.includes(fact.igfOrderId));
  const order = await recordAnswers(item, [...facts, ...bought, ...ofOrders], dependencies);
  return returnIn(order, item) ?? item;
}

/**
 * IGF's answer. A lasting failure does not stop the cancellation: the facts of IGF's events then have to suffice.
 */
async function answered<Entry>(
  { attempt, dependencies }: ActionContext,
  call: Promise<Entry[]>,
): Promise<Entry[]> {
  try {
    return await call;
  } catch (error) {
    const triedMs = dependencies.now() - Date.parse(attempt.enqueuedAt);
    const isLasting =
      error instanceof IgfContractError && triedMs >= transientAnswerSeconds.cancelling * 1000;
    if (!isLasting && !(error instanceof IgfPathError) && !isRefusal(error)) throw error;
    return [];
  }
}
