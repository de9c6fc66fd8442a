import * as z from 'zod/mini';
import { type IgfRefusal, IgfRejectedError, isRefusal } from '../igf/errors.ts';
import type { Listing } from '../igf/schemas/listing.ts';
import { linkToReturn } from '../record/link.ts';
import { mergeIgfState } from '../returns/igf-state.ts';
import { type ListingRequest, requestFingerprint } from '../returns/listing-request.ts';
import { listingFact } from '../webhooks/igf/facts.ts';
import { ListingEvent } from '../webhooks/igf/payloads.ts';
import type { Step } from '../worker/step.ts';
import { type ActionContext, claim, type Held, keepClaimAndRetry, keepOrRelease, settle } from './claim.ts';
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
export async function listReturn(
  context: ActionContext,
  request: ListingRequest,
  checkFirst: boolean,
): Promise<Step> {
  const { igf } = context.dependencies;
  // While an earlier call is unresolved it can only be found under what it was asked for.
  const held = await claim(
    context,
    { operation: 'list', request: requestFingerprint(request) },
    checkFirst ? {} : { listedAs: listedAs(request), regularReturn: undefined },
  );
  if (held === 'changed') return { next: 'changed' };
  if (checkFirst) {
    try {
      const found = await findListing(igf, held.item);
      if (found) return await adopt(context, held, found);
    } catch (error) {
      return keepOrRelease(context, held, error);
    }
    // Not created: nothing is unknown any more, and the next decision makes the call with today's content.
    return settle(context, held, { state: 'Listing', why: held.item.why });
  }
  try {
    const listing = await igf.listings.create(request);
    return await adopt(context, held, listing);
  } catch (error) {
    return isRefusal(error) ? refused(context, held, request, error) : keepOrRelease(context, held, error);
  }
}

/** The return is over or can't be listed any more, and a call of unknown outcome may have listed it. */
export async function resolveListing(context: ActionContext): Promise<Step> {
  const held = await claim(context, { operation: 'list', request: context.item.pendingCall?.request ?? '' });
  if (held === 'changed') return { next: 'changed' };
  try {
    const found = await findListing(context.dependencies.igf, held.item);
    if (found) return await adopt(context, held, found);
  } catch (error) {
    return keepOrRelease(context, held, error);
  }
  return settle(context, held, { state: 'Listing', why: 'IGF has no listing for it.' });
}

/**
 * Stores the listing. The pointer comes first, then what waited for it, then the id: a crash in between leaves the
 * claim, and so another turn here.
 */
async function adopt(context: ActionContext, held: Held, listing: Listing): Promise<Step> {
  const { dependencies } = context;
  const fact = listingFact(z.parse(ListingEvent, listing));
  await linkToReturn({ kind: 'LISTING', id: listing.id }, held.item, dependencies);
  return settle(context, held, {
    state: 'Listed',
    why: `Listed at ItGoesForward as listing ${listing.id}.`,
    listingId: listing.id,
    igf: mergeIgfState(undefined, fact),
    lastUpdateAt: new Date(dependencies.now()).toISOString(),
    refusal: null,
    attention: null,
  });
}

/** IGF says no for good, unless it already has the listing and that is why. */
async function refused(
  context: ActionContext,
  held: Held,
  request: ListingRequest,
  error: IgfRefusal,
): Promise<Step> {
  const { attempt, dependencies } = context;
  if (error instanceof IgfRejectedError) {
    try {
      const found = await findListing(dependencies.igf, held.item);
      if (found) return await adopt(context, held, found);
    } catch (unanswered) {
      return keepClaimAndRetry(context, held, unanswered);
    }
  }
  return settle(context, held, {
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
