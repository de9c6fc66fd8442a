import type { IgfListing } from '../igf/api/answers.ts';
import type { ListingRequest } from '../igf/api/requests.ts';
import { IgfContractError, IgfPathError, IgfRejectedError } from '../igf/errors.ts';
import type { Igf } from '../igf/worker-igf.ts';
import { linkToReturn } from '../record/link.ts';
import { articleOf } from '../returns/article.ts';
import { mergeIgfState } from '../returns/igf-state.ts';
import {
  listingMark,
  listingNumber,
  requestFingerprint,
  senderFingerprint,
} from '../returns/listing-request.ts';
import type { ReturnItem } from '../returns/return-item.ts';
import { isoTime } from '../runtime/time.ts';
import type { ClaimOutcome } from '../table/orders.ts';
import { listingFact } from '../webhooks/igf/facts.ts';
import { defineAction } from './action.ts';
import type { ActionContext } from './context.ts';
import { exactlyOnce } from './exactly-once.ts';
import { giveWay, touchRivals } from './touch-rivals.ts';

/** Lists a return at IGF, with the mark by which `findListing` finds the listing again. */
export const listReturn = defineAction<{ request: ListingRequest; checkFirst: boolean }>('list', {
  call: 'createListing',
  describe: () => 'it would be listed',
  async run(context, { request, checkFirst }) {
    if (!checkFirst && (await touchRivals(context)) === 'changed') return { next: 'changed' };
    const result = await exactlyOnce(context, {
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
    });
    const outcome = 'next' in result && result.next === 'changed' ? giveWay(context) : undefined;
    return outcome ? { outcome } : result;
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

const listedAs = (request: ListingRequest): ListedAs => ({
  webshopOrderId: request.listingWebshopOrderId,
  sku: request.sku,
  email: request.customer.email,
  reason: request.returnReason,
  price: request.originalPrice,
  sender: senderFingerprint(request.customer),
});

const lowestPrice = ' The prices of the order differ: it is offered for the lowest.';

/**
 * Writes the pointer, then records the events that waited for it, then stores the id. A crash in between
 * leaves the claim, so the next attempt comes here again.
 */
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

type ListedAs = NonNullable<ReturnItem['listedAs']>;

/** The listings of the order; `undefined` when that path does not answer as expected. */
async function listingsOfOrder(igf: Igf, webshopOrderId: string): Promise<IgfListing[] | undefined> {
  try {
    return await igf.listings.ofWebshopOrder(webshopOrderId);
  } catch (error) {
    const unexpected =
      error instanceof IgfPathError || error instanceof IgfContractError || error instanceof IgfRejectedError;
    if (unexpected) return undefined;
    throw error;
  }
}

/**
 * The mark identifies the return of a listing, and which of its listings it is. The sku and the sender are
 * checked too, in case somebody copied a comment. A return that lists anew never adopts a cancelled listing.
 */
function isOurs(listing: IgfListing, item: ReturnItem, { sku, email }: ListedAs): boolean {
  const sender = listing.sender?.email;
  const isEarlier = item.earlierListings?.some(({ listingId }) => listingId === listing.id) === true;
  return (
    !isEarlier &&
    (listingNumber(item) === 1 || listing.status !== 'Cancelled') &&
    listing.returnReasonComment?.trimEnd().endsWith(listingMark(item)) === true &&
    (!listing.sku || listing.sku === sku) &&
    (!sender || sender.toLowerCase() === email.toLowerCase())
  );
}

/** Whether a query carries the text as it is. */
const isPlain = (text: string): boolean => encodeURIComponent(text) === text;

/**
 * Looks at IGF whether an earlier call of unknown outcome listed this return: among the listings of the order, and
 * where their answer is not sure, among all listings of the sku, by a path that a public client uses. An empty answer
 * is not sure where the query had to encode the order number, because IGF may compare the encoded text.
 * @returns the listing, or `undefined` when IGF answered cleanly and has none: then the call created nothing
 * @throws IgfError when IGF gave no clean answer.
 */
export async function findListing(igf: Igf, item: ReturnItem): Promise<IgfListing | undefined> {
  const { listedAs } = item;
  if (!listedAs) return undefined;
  const { webshopOrderId, sku } = listedAs;
  const oursAmong = (listings: readonly IgfListing[]): IgfListing | undefined =>
    listings.filter((listing) => isOurs(listing, item, listedAs)).sort((one, other) => one.id - other.id)[0];
  const ofOrder = await listingsOfOrder(igf, webshopOrderId);
  const found = ofOrder && oursAmong(ofOrder);
  if (found || (ofOrder && isPlain(webshopOrderId))) return found;
  return oursAmong(await igf.listings.ofSku(sku));
}
