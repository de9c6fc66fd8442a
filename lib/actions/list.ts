import * as z from 'zod/mini';
import type { Listing, ListingRequest } from '../igf/api/listings.ts';
import { linkToReturn } from '../record/link.ts';
import { mergeIgfState } from '../returns/igf-state.ts';
import { requestFingerprint } from '../returns/listing-request.ts';
import type { ReturnItem } from '../returns/return-item.ts';
import { isoTime } from '../runtime/time.ts';
import type { ClaimOutcome } from '../table/orders.ts';
import { ListingEvent, listingFact } from '../webhooks/igf/events.ts';
import type { ActionContext, ActionDefinition } from './context.ts';
import { exactlyOnce } from './exactly-once.ts';
import { findListing } from './find-listing.ts';

/** Lists a return at IGF, with the mark by which `findListing` finds the listing again. */
export const list: ActionDefinition<{ request: ListingRequest; checkFirst: boolean }> = {
  call: 'createListing',
  describe: () => 'it would be listed',
  run: (context, { request, checkFirst }) =>
    exactlyOnce(context, {
      operation: 'list',
      request: requestFingerprint(request),
      checkFirst,
      // While an earlier call is unresolved it can only be found under what it asked for.
      ...(!checkFirst && { claimed: { listedAs: listedAs(request) } }),
      find: (item) => findListing(context.dependencies.igf, item),
      call: () => context.dependencies.igf.listings.create(request),
      done: (listing, item) => adopt(context, listing, item),
      refused: ({ message }) => ({
        state: 'Listing',
        why: `ItGoesForward refused the listing: ${message}.`,
        attention: `Listing refused: ${message}. Correct what it refuses, then redrive the message, or let the normal return go on.`,
      }),
    }),
};

/** The return is over or can't be listed any more, and a call of unknown outcome may have listed it: finds out. */
export const resolve: ActionDefinition = {
  call: 'findListings',
  describe: () => 'ItGoesForward would be asked whether it listed it',
  run: (context) =>
    exactlyOnce(context, {
      operation: 'list',
      request: context.item.pendingCall?.request ?? '',
      checkFirst: true,
      find: (item) => findListing(context.dependencies.igf, item),
      done: (listing, item) => adopt(context, listing, item),
    }),
};

const listedAs = ({ listingWebshopOrderId, sku, customer }: ListingRequest) => ({
  webshopOrderId: listingWebshopOrderId,
  sku,
  email: customer.email,
});

/**
 * The pointer comes first, then the events that waited for it, then the id: a crash in between leaves the claim, and so
 * leads here again.
 */
async function adopt(
  { dependencies }: ActionContext,
  listing: Listing,
  item: ReturnItem,
): Promise<ClaimOutcome> {
  await linkToReturn({ kind: 'LISTING', id: listing.id }, item, dependencies);
  return {
    state: 'Listed',
    why: `Listed at ItGoesForward as listing ${listing.id}.`,
    listingId: listing.id,
    igf: mergeIgfState(undefined, listingFact(z.parse(ListingEvent, listing))),
    lastUpdateAt: isoTime(dependencies.now()),
    refusal: null,
    attention: null,
  };
}
