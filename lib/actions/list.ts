import type { IgfListing } from '../igf/api/answers.ts';
import type { ListingRequest } from '../igf/api/listings.ts';
import { IgfContractError, IgfError } from '../igf/errors.ts';
import { linkToReturn } from '../record/link.ts';
import { articleOf } from '../returns/article.ts';
import { mergeIgfState } from '../returns/igf-state.ts';
import { requestFingerprint } from '../returns/listing-request.ts';
import type { ReturnItem } from '../returns/return-item.ts';
import { rivalsOf } from '../returns/units.ts';
import { isoTime } from '../runtime/time.ts';
import type { ClaimOutcome } from '../table/orders.ts';
import { listingFact } from '../webhooks/igf/facts.ts';
import { type ActionContext, defineAction, requireTimeForCall, writeItem } from './action.ts';
import { exactlyOnce, withClaim } from './exactly-once.ts';
import { retryLater } from './explain.ts';
import { findListing, giveWay, listedAs, touchRivals } from './list-once.ts';

const operation = 'POST /info/forwardable';

/**
 * Checks at IGF whether the article can be forwarded, for the next decision. The check changes nothing at IGF, so it
 * needs no claim. An error is never a "no": the check is repeated.
 */
export const check = defineAction<{ request: ListingRequest }>('check', {
  call: 'checkForwardable',
  describe: () => 'the bridge would check at ItGoesForward whether it can be forwarded, and then list it',
  async run(context, { request }) {
    requireTimeForCall(context);
    const { sku, productId, listingWebshopOrderId: webshopOrderId, customer } = request;
    try {
      const asked = { items: [{ sku, productId }], webshopOrderId, address: customer.address };
      const answers = await context.dependencies.igf.info.forwardable(asked);
      const { status } = answers.find((answer) => !answer.sku || answer.sku === sku) ?? {};
      if (!status) throw new IgfContractError(operation, 'the answer has no status for this article');
      const forwardability = { request: requestFingerprint(request), status };
      return { next: await writeItem(context, { ...context.item, forwardability }) };
    } catch (error) {
      if (!(error instanceof IgfError)) throw error;
      return { outcome: retryLater(error), item: context.item };
    }
  },
});

const claimOf = (request: ListingRequest) => ({
  operation: 'list' as const,
  request: requestFingerprint(request),
  claimed: { listedAs: listedAs(request) },
});

/** Lists a return at IGF, with the mark by which `findListing` finds the listing again. */
export const listReturn = defineAction<{ request: ListingRequest; checkFirst: boolean }>('list', {
  call: 'createListing',
  describe: () => 'it would be listed',
  claim(context, { request, checkFirst }) {
    if (checkFirst || rivalsOf(context.order, context.item).length > 0) return undefined;
    return withClaim(context, claimOf(request));
  },
  async run(context, { request, checkFirst }) {
    if (!checkFirst && (await touchRivals(context)) === 'changed') return { next: 'changed' };
    const result = await exactlyOnce(context, {
      ...claimOf(request),
      checkFirst,
      // The listing of an earlier call can only be found by the values which that call had.
      ...(checkFirst && { claimed: {} }),
      find: (item) => findListing(context.dependencies.igf, item),
      call: () => context.dependencies.igf.listings.create(request),
      done: (listing, item) => adopt(context, listing, item),
      refused: ({ message }) => ({
        state: 'Listing',
        why: `ItGoesForward refused the listing: ${message}.`,
        attention: `Listing refused: ${message}. Correct the cause and redrive the message, or let the normal return go on.`,
      }),
    });
    const outcome = 'next' in result && result.next === 'changed' ? giveWay(context) : undefined;
    return outcome ? { outcome, item: context.item } : result;
  },
});

/** Finds out whether a call of unknown outcome listed a return that is over or can't be listed any more. */
export const resolveListing = defineAction('resolve', {
  call: 'findListings',
  describe: () => 'the bridge would check whether ItGoesForward listed it',
  run: (context) =>
    exactlyOnce(context, {
      operation: 'list',
      request: context.item.pendingCall?.request ?? '',
      checkFirst: true,
      find: (item) => findListing(context.dependencies.igf, item),
      done: (listing, item) => adopt(context, listing, item),
    }),
});

const lowestPrice = ' The prices of the order differ: it is offered for the lowest.';

/** Writes the pointer, then records its waiting events. After a crash the claim leads the next attempt here again. */
async function adopt(
  { order, dependencies }: ActionContext,
  listing: IgfListing,
  item: ReturnItem,
): Promise<ClaimOutcome> {
  await linkToReturn({ kind: 'LISTING', id: listing.id }, item, dependencies);
  return {
    state: 'Listed',
    why: `Listed at ItGoesForward as listing ${listing.id}.${articleOf(order, item)?.pricesDiffer ? lowestPrice : ''}`,
    listingId: listing.id,
    igf: mergeIgfState(undefined, listingFact(listing)),
    lastUpdateAt: isoTime(dependencies.now()),
    refusal: null,
  };
}
