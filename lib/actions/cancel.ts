import { IgfError } from '../igf/errors.ts';
import { hasBuyer, isHandedIn, itsBuyer } from '../returns/igf-state.ts';
import { cancelFingerprint } from '../returns/listing-request.ts';
import type { ReturnItem } from '../returns/return-item.ts';
import type { ClaimOutcome } from '../table/orders.ts';
import { listingFact } from '../webhooks/igf/facts.ts';
import { type ActionContext, type ActionResult, defineAction, requireTimeForCall } from './action.ts';
import { exactlyOnce } from './exactly-once.ts';
import { retryLater, writeWithoutCall } from './explain.ts';
import { recordSale } from './sale.ts';

interface Cancellation {
  listingId: number;
  checkFirst: boolean;
  /** A listing that nobody has bought leaves the return, which is then decided like one that never had a listing. */
  withdraw: boolean;
}

/**
 * Cancels a listing at IGF, with its order and its shipment, because its return is over or a fact has changed.
 *
 * The sale is read before the claim, and the return is decided again when it shows something new. It is read once more
 * after the call, because somebody may buy the listing in between. Then the return keeps the listing: its buyer must be
 * served from stock.
 */
export const cancelListing = defineAction<Cancellation>('cancel', {
  call: 'cancelListing',
  describe: () => 'its listing would be cancelled',
  async run(context, { listingId, checkFirst, withdraw }) {
    const { listings } = context.dependencies.igf;
    const news = checkFirst ? undefined : await readNews(context, listingId);
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
        const sold = await recordSale(context, listingId);
        const reason = `${why} Listing ${listingId} is cancelled at ItGoesForward.`;
        return {
          state: 'Cancelled',
          why: reason,
          refusal: null,
          ...(withdraw && withoutListing(sold, listingId)),
        };
      },
      refused: ({ message }, { why, igf = { events: [] } }) => ({
        state: 'Cancelling',
        why: `${why} ItGoesForward refused to cancel listing ${listingId}: ${message}.`,
        attention: `Cancellation refused: ${message}. Look at listing ${listingId} at ItGoesForward: the article may be on its way to ${itsBuyer(igf)}.`,
      }),
    });
  },
});

/** What is stored of a return whose listing was withdrawn, unless somebody bought the listing before. */
function withoutListing(item: ReturnItem, listingId: number): Partial<ClaimOutcome> {
  const { earlierListings = [], igf, igfOrderId, igfShipmentId } = item;
  if (igf && hasBuyer(igf)) return {};
  return {
    earlierListings: [...earlierListings, { listingId, igfOrderId, igfShipmentId }],
    listingId: null,
    igf: null,
    igfOrderId: null,
    igfShipmentId: null,
  };
}

/** @returns `undefined` when the order and the shipment of the listing are what the decision was made from */
async function readNews(context: ActionContext, listingId: number): Promise<ActionResult | undefined> {
  requireTimeForCall(context);
  try {
    const { rev } = await recordSale(context, listingId);
    return rev === context.item.rev ? undefined : { next: 'changed' };
  } catch (error) {
    if (!(error instanceof IgfError)) throw error;
    return writeWithoutCall(context, retryLater(error));
  }
}
