import type { Policy } from '../config/policy.ts';
import { isEqual } from '../returns/is-equal.ts';
import type { ListingRequest, RegularReturnRequest } from '../returns/listing-request.ts';
import type { Match } from '../returns/match.ts';
import type { RetailerRules } from '../returns/retailer-rules.ts';
import type { ReturnItem, ReturnState } from '../returns/return-item.ts';
import type { Term, TermMappings } from '../returns/vocabulary.ts';

/** What is to be done about a return item now. */
export type Action =
  | { kind: 'none' }
  /** Somebody holds a claim on it: come back when it has expired. */
  | { kind: 'wait'; until: string }
  /** Ask IGF whether what would be listed can be forwarded. */
  | { kind: 'check'; request: ListingRequest }
  /** Ask IGF for a listing; `ask` first whether an earlier call of unknown outcome already made it. */
  | { kind: 'list'; request: ListingRequest; checkFirst: boolean }
  /** It is over, and a call of unknown outcome may have listed it: find out. */
  | { kind: 'resolve' }
  /** Cancel the listing; `ask` first whether an earlier call of unknown outcome already did. */
  | { kind: 'cancel'; listingId: number; checkFirst: boolean }
  /** Set the shipment delivered at IGF; `ask` first whether an earlier call of unknown outcome already did. */
  | { kind: 'deliver'; shipmentId: number; checkFirst: boolean }
  /** Make a regular return at IGF; `ask` first whether an earlier call of unknown outcome already did. */
  | { kind: 'regular-return'; request: RegularReturnRequest; checkFirst: boolean }
  /** Order the listing for the matched shipment; `ask` first whether an earlier call already did. */
  | { kind: 'place'; listingId: number; match: Match; checkFirst: boolean }
  /** Confirm that order; `ask` first whether an earlier call already did. */
  | { kind: 'confirm'; listingId: number; match: Match; checkFirst: boolean }
  /** Take back what may have been ordered and is not confirmed. */
  | { kind: 'withdraw'; listingId: number; match: Match }
  /** IGF has refused exactly this call, for the message at hand. */
  | { kind: 'refused'; reason: string };

export interface Decision {
  state: ReturnState;
  /** The reason, a sentence. */
  why: string;
  /** What a human must look at, a sentence; absent when there is nothing (any more). */
  attention?: string | undefined;
  /** The sender is to be paid, and Winkelstraat does not know it yet. */
  refundDue?: boolean | undefined;
  /** The text that nobody has mapped, where that is the reason; the mappings that were not read may know it. */
  unmappedTerm?: Term | undefined;
  action: Action;
}

/** The message on whose behalf a decision is made. */
export interface Attempt {
  eventId: string;
  /** When its message was put on the queue, ISO 8601 UTC: a redriven message is younger than what parked it. */
  enqueuedAt: string;
}

export interface DecisionContext {
  policy: Policy;
  /** What the merchant has configured at IGF; absent while it is not known. */
  retailer?: RetailerRules | undefined;
  /** ISO 8601 UTC. */
  now: string;
  attempt: Attempt;
  /** What operators mapped; without it only what is built in is known. */
  vocabulary?: TermMappings | undefined;
}

export const noAction: Action = { kind: 'none' };

/** What stands, stands; something may have to be done about it all the same. */
export const unchanged = (
  { state, why, attention, refundDue, unmappedTerm }: ReturnItem,
  action: Action = noAction,
): Decision => ({ state, why, attention, refundDue, unmappedTerm, action });

/** Whether a decision says anything that the item does not say already. */
export const isUnchanged = (
  item: ReturnItem,
  { state, why, attention, refundDue, unmappedTerm }: Decision,
): boolean =>
  state === item.state &&
  why === item.why &&
  attention === item.attention &&
  (refundDue ?? false) === (item.refundDue ?? false) &&
  isEqual(unmappedTerm, item.unmappedTerm);

/**
 * A call that IGF refused is not made again, unless the message that was parked for it is redriven. Other messages of
 * the order have nothing to do with the refusal: they are done.
 */
export function blockedByRefusal(item: ReturnItem, request: string, attempt: Attempt): Decision | undefined {
  const { refusal } = item;
  if (refusal?.request !== request) return undefined;
  if (refusal.eventId !== attempt.eventId) return unchanged(item);
  // Younger than the refused message itself, too: our clock may be behind the queue's.
  const redriven = attempt.enqueuedAt > refusal.at && attempt.enqueuedAt > (refusal.enqueuedAt ?? '');
  return redriven ? undefined : unchanged(item, { kind: 'refused', reason: refusal.reason });
}
