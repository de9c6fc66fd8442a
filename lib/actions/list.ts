import type { IgfListing } from '../igf/api/answers.ts';
import type { ListingRequest } from '../igf/api/listings.ts';
import { IgfContractError, IgfPathError, IgfRejectedError } from '../igf/errors.ts';
import type { Igf } from '../igf/worker-igf.ts';
import { linkToReturn } from '../record/link.ts';
import { mergeIgfState } from '../returns/igf-state.ts';
import { requestFingerprint } from '../returns/listing-request.ts';
import { listingMark, type ReturnItem } from '../returns/return-item.ts';
import { isoTime } from '../runtime/time.ts';
import type { ClaimOutcome } from '../table/orders.ts';
import { listingFact } from '../webhooks/igf/facts.ts';
import { defineAction } from './action.ts';
import type { ActionContext } from './context.ts';
import { exactlyOnce } from './exactly-once.ts';

/** Lists a return at IGF, with the mark by which `findListing` finds the listing again. */
export const listReturn = defineAction<{ request: ListingRequest; checkFirst: boolean }>('list', {
  call: 'createListing',
  describe: () => 'it would be listed',
  run: (context, { request, checkFirst }) =>
    exactlyOnce(context, {
      operation: 'list',
      request: requestFingerprint(request),
      checkFirst,
      // The listing of an earlier call can only be found by the values which that call had.
      ...(!checkFirst && { claimed: { listedAs: listedAs(request) } }),
      find: (item) => findListing(context.dependencies.igf, item),
      call: () => context.dependencies.igf.listings.create(request),
      done: (listing, item) => adopt(context, listing, item),
      refused: ({ message }) => ({
        state: 'Listing',
        why: `ItGoesForward refused the listing: ${message}.`,
        attention: `Listing refused: ${message}. Correct the cause and redrive the message, or let the normal return go on.`,
      }),
    }),
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

const listedAs = ({ listingWebshopOrderId, sku, customer }: ListingRequest) => ({
  webshopOrderId: listingWebshopOrderId,
  sku,
  email: customer.email,
});

/**
 * Writes the pointer, then records the events that waited for it, then stores the id. A crash in between
 * leaves the claim, so the next attempt comes here again.
 */
async function adopt(
  { dependencies }: ActionContext,
  listing: IgfListing,
  item: ReturnItem,
): Promise<ClaimOutcome> {
  await linkToReturn({ kind: 'LISTING', id: listing.id }, item, dependencies);
  return {
    state: 'Listed',
    why: `Listed at ItGoesForward as listing ${listing.id}.`,
    listingId: listing.id,
    igf: mergeIgfState(undefined, listingFact(listing)),
    lastUpdateAt: isoTime(dependencies.now()),
    refusal: null,
  };
}

type ListedAs = NonNullable<ReturnItem['listedAs']>;

/**
 * The listings of the order. When that path does not answer as expected: all listings of the sku, by a path
 * that a public client uses.
 */
async function candidates(igf: Igf, { webshopOrderId, sku }: ListedAs): Promise<IgfListing[]> {
  try {
    return await igf.listings.ofWebshopOrder(webshopOrderId);
  } catch (error) {
    const unexpected =
      error instanceof IgfPathError || error instanceof IgfContractError || error instanceof IgfRejectedError;
    if (!unexpected) throw error;
    return igf.listings.ofSku(sku);
  }
}

/**
 * The mark identifies the return of a listing. The sku and the sender are checked too, in case somebody
 * copied a comment.
 */
function isOurs(listing: IgfListing, item: ReturnItem, { sku, email }: ListedAs): boolean {
  const sender = listing.sender?.email;
  return (
    listing.returnReasonComment?.trimEnd().endsWith(listingMark(item)) === true &&
    (!listing.sku || listing.sku === sku) &&
    (!sender || sender.toLowerCase() === email.toLowerCase())
  );
}

/**
 * Looks at IGF whether an earlier call of unknown outcome listed this return.
 * @returns the listing, or `undefined` when IGF answered cleanly and has none: then the call created nothing
 * @throws IgfError when IGF gave no clean answer.
 */
export async function findListing(igf: Igf, item: ReturnItem): Promise<IgfListing | undefined> {
  const { listedAs } = item;
  if (!listedAs) return undefined;
  const ours = (await candidates(igf, listedAs)).filter((listing) => isOurs(listing, item, listedAs));
  return ours.sort((one, other) => one.id - other.id)[0];
}
