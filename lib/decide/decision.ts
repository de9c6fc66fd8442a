import type { Attempt } from '../actions/context.ts';
import type { Policy } from '../config/policy.ts';
import type { Explanation } from '../returns/explanation.ts';
import type { RetailerRules } from '../returns/retailer-rules.ts';
import type { ReturnItem } from '../returns/return-item.ts';
import type { TermMappings } from '../returns/vocabulary.ts';
import type { Action } from './actions.ts';

/** What is to be said of a return, and what is to be done about it now. */
export interface Decision extends Explanation {
  action: Action;
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
