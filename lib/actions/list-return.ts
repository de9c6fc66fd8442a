import * as z from 'zod/mini';
import { type IgfRefusal, IgfRejectedError, isRefusal } from '../igf/errors.ts';
import type { Listing } from '../igf/schemas/listing.ts';
import { linkToReturn } from '../record/link.ts';
import { mergeAtIgf } from '../returns/igf-state.ts';
import { type ListingRequest, requestFingerprint } from '../returns/listing-request.ts';
import { listingFact } from '../webhooks/igf/facts.ts';
import { ListingEvent } from '../webhooks/igf/payloads.ts';
import type { Step } from '../worker/step.ts';
import { claim, type Held, leaveForLater, leaveUnexplained, settle, type Work } from './claim.ts';
import { findListing } from './find-listing.ts';

const listedAs = ({ listingWebshopOrderId, sku, customer }: ListingRequest) => ({
  webshopOrderId: listingWebshopOrderId,
  sku,
  email: customer.email,
});

/**
 * Lists a return at IGF exactly once. IGF has no idempotency key, so: claim, then ask IGF if an earlier call may have
 * made the listing, then call with the mark, then store the id.
 */
export async function listReturn(work: Work, request: ListingRequest, ask: boolean): Promise<Step> {
  const { igf } = work.dependencies;
  // While an earlier call is unresolved it can only be found under what it was asked for.
  const held = await claim(work, ask ? {} : { listedAs: listedAs(request), regularReturn: undefined });
  if (held === 'conflict') return { next: 'read-again' };
  if (ask) {
    try {
      const found = await findListing(igf, held.item);
      if (found) return await adopt(work, held, found);
    } catch (error) {
      return leaveForLater(work, held, error);
    }
    // Not created: nothing is unknown any more, and the next decision makes the call with today's content.
    return settle(work, held, { state: 'Listing', why: held.item.why });
  }
  try {
    const listing = await igf.listings.create(request);
    return await adopt(work, held, listing);
  } catch (error) {
    return isRefusal(error) ? refused(work, held, request, error) : leaveForLater(work, held, error);
  }
}

/** The return is over or can't be listed any more, and a call of unknown outcome may have listed it. */
export async function resolveListing(work: Work): Promise<Step> {
  const held = await claim(work);
  if (held === 'conflict') return { next: 'read-again' };
  try {
    const found = await findListing(work.dependencies.igf, held.item);
    if (found) return await adopt(work, held, found);
  } catch (error) {
    return leaveForLater(work, held, error);
  }
  return settle(work, held, { state: 'Listing', why: 'IGF has no listing for it.' });
}

/**
 * Stores the listing. The pointer comes first, then what waited for it, then the id: a crash in between leaves the
 * claim, and so another turn here.
 */
async function adopt(work: Work, held: Held, listing: Listing): Promise<Step> {
  const { dependencies } = work;
  const fact = listingFact(z.parse(ListingEvent, listing));
  await linkToReturn({ kind: 'LISTING', id: listing.id }, held.item, dependencies);
  return settle(work, held, {
    state: 'Listed',
    why: `Listed at ItGoesForward as listing ${listing.id}.`,
    listingId: listing.id,
    igf: mergeAtIgf(undefined, fact),
    heardAt: new Date(dependencies.now()).toISOString(),
    refusal: null,
    attention: null,
  });
}

/** IGF says no for good, unless it already has the listing and that is why. */
async function refused(work: Work, held: Held, request: ListingRequest, error: IgfRefusal): Promise<Step> {
  const { attempt, dependencies } = work;
  if (error instanceof IgfRejectedError) {
    try {
      const found = await findListing(dependencies.igf, held.item);
      if (found) return await adopt(work, held, found);
    } catch (unanswered) {
      return leaveUnexplained(work, held, unanswered);
    }
  }
  return settle(work, held, {
    state: 'Listing',
    why: `ItGoesForward refused the listing: ${error.message}.`,
    attention: `Listing refused: ${error.message}. Correct what it refuses, then redrive the message, or let the normal return go on.`,
    refusal: {
      ...attempt,
      at: new Date(dependencies.now()).toISOString(),
      request: requestFingerprint(request),
      reason: error.message,
    },
  });
}
