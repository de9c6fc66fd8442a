import type { Policy } from '../policy.ts';
import { articleOf } from './article.ts';
import { isForwardable } from './forwardable.ts';
import {
  cancelFingerprint,
  type ListingRequest,
  readListing,
  requestFingerprint,
} from './listing-request.ts';
import { whyOver } from './over.ts';
import type { ReturnItem, ReturnState } from './return-item.ts';
import type { Story } from './story.ts';

/** What is to be done about a return item now. */
export type Action =
  | { kind: 'none' }
  /** Somebody holds a claim on it: come back when it has expired. */
  | { kind: 'wait'; until: string }
  /** Ask IGF for a listing; `ask` first whether an earlier call of unknown outcome already made it. */
  | { kind: 'list'; request: ListingRequest; ask: boolean }
  /** It is over, and a call of unknown outcome may have listed it: find out. */
  | { kind: 'resolve' }
  /** Cancel the listing; `ask` first whether an earlier call of unknown outcome already did. */
  | { kind: 'cancel'; listingId: number; ask: boolean }
  /** IGF has refused exactly this call, for the message at hand. */
  | { kind: 'refused'; reason: string };

export interface Decision {
  state: ReturnState;
  /** The reason, a sentence. */
  why: string;
  /** What a human must look at, a sentence; absent when there is nothing (any more). */
  attention?: string | undefined;
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
  /** ISO 8601 UTC. */
  now: string;
  attempt: Attempt;
}

const nothing: Action = { kind: 'none' };
const unchanged = ({ state, why, attention }: ReturnItem, action: Action = nothing): Decision => ({
  state,
  why,
  attention,
  action,
});

/** States in which a listing stands at IGF and can be cancelled. */
const cancellable: ReadonlySet<ReturnState> = new Set(['Listed', 'Matched', 'Labelled']);
/** States from which nothing at the merchant leads anywhere else. */
const ended: ReadonlySet<ReturnState> = new Set([
  'Shipped',
  'Completed',
  'Settled',
  'Unmatched',
  'Cancelled',
  'DeadlinePassed',
  'Closed',
]);

const claimIsLive = (item: ReturnItem, now: string): boolean =>
  item.claim !== undefined && item.claim.until > now;

/**
 * Names the next action for one return item, from everything that is known of its order. Pure: the same story gives
 * the same decision, so a decision can be previewed and explained.
 */
export function decide(story: Story, item: ReturnItem, context: DecisionContext): Decision {
  const decision = decideLive(story, item, context);
  return context.policy.mode === 'observe' ? observed(item, decision) : decision;
}

function decideLive(story: Story, item: ReturnItem, context: DecisionContext): Decision {
  if (ended.has(item.state)) return unchanged(item);
  if (claimIsLive(item, context.now))
    return unchanged(item, { kind: 'wait', until: item.claim?.until ?? context.now });
  const over = whyOver(story, item, context.policy);
  if (over) return end(item, over, context.attempt);
  if (item.state === 'Cancelling') return cancel(item, 'Its cancellation was begun.', context.attempt);
  if (cancellable.has(item.state)) return unchanged(item);
  return open(story, item, context);
}

/** Rule 1: it is over at the merchant. */
function end(item: ReturnItem, over: string, attempt: Attempt): Decision {
  const because = `The return is over: ${over}.`;
  if (item.state === 'Listing' && item.claim) {
    return {
      state: 'Listing',
      why: `${because} Whether IGF listed it is being found out.`,
      action: { kind: 'resolve' },
    };
  }
  if (cancellable.has(item.state) || item.state === 'Cancelling') return cancel(item, because, attempt);
  return { state: 'Closed', why: because, action: nothing };
}

function cancel(item: ReturnItem, why: string, attempt: Attempt): Decision {
  const { listingId } = item;
  if (listingId === undefined) return unchanged(item);
  return (
    heldBack(item, cancelFingerprint(listingId), attempt) ?? {
      state: 'Cancelling',
      why,
      attention: item.attention,
      action: { kind: 'cancel', listingId, ask: item.claim !== undefined },
    }
  );
}

/** Rules 2 to 5: it is not over, and not listed. */
function open(story: Story, item: ReturnItem, context: DecisionContext): Decision {
  const state = item.state === 'Listing' ? 'Listing' : 'Requested';
  const article = articleOf(story, item);
  if (!article) return unchanged(item);
  const opening = item.opening;
  if (opening?.status === 'pending') {
    return leave(item, state, 'The merchant has not authorized the return yet.');
  }
  if (opening?.status === 'partially_authorized') {
    if (opening.quantityApproved !== undefined && opening.quantityApproved <= 0) {
      return leave(item, state, 'The merchant has authorized no piece of it yet.');
    }
    if (opening.quantityApproved === undefined && (opening.quantityRequested ?? 1) > 1) {
      const attention =
        'Partially authorized without a number of pieces: say at Winkelstraat how many are approved.';
      return leave(item, state, 'How many pieces the merchant authorized is not known.', attention);
    }
  }

  const forwardable = isForwardable(article, context.policy);
  if (forwardable.verdict === 'no') {
    return leave(item, 'NotForwardable', `The normal return goes on: ${forwardable.why}.`);
  }
  if (forwardable.verdict === 'unknown') {
    const attention = `Map the text of the ${forwardable.field}: it is unknown, and never guessed.`;
    return leave(item, 'NeedsMapping', `The text of its ${forwardable.field} is unknown.`, attention);
  }

  const reading = readListing(item, article, context.policy);
  if ('attention' in reading) {
    return leave(item, state, 'The listing would have no name.', reading.attention);
  }
  if ('missing' in reading) {
    return leave(
      item,
      'AwaitingShipment',
      `A shipment of the order has to tell ${reading.missing.join(', ')}.`,
    );
  }
  return list(item, reading.request, context.attempt);
}

/** An item whose earlier call may have listed it stays `Listing`: it can't be said to be anything else. */
function leave(item: ReturnItem, state: ReturnState, why: string, attention?: string): Decision {
  if (item.state === 'Listing' && item.claim)
    return { state: 'Listing', why, attention, action: { kind: 'resolve' } };
  return { state, why, attention, action: nothing };
}

function list(item: ReturnItem, request: ListingRequest, attempt: Attempt): Decision {
  return (
    heldBack(item, requestFingerprint(request), attempt) ?? {
      state: 'Listing',
      why: 'The return is authorized and its article can go to another customer.',
      action: { kind: 'list', request, ask: item.claim !== undefined },
    }
  );
}

/**
 * A call that IGF refused is not made again, unless the message that was parked for it is redriven. Other messages of
 * the order have nothing to do with the refusal: they are done.
 */
function heldBack(item: ReturnItem, request: string, attempt: Attempt): Decision | undefined {
  const { refusal } = item;
  if (refusal?.request !== request) return undefined;
  if (refusal.eventId !== attempt.eventId) return unchanged(item);
  const redriven = attempt.enqueuedAt > refusal.at;
  return redriven ? undefined : unchanged(item, { kind: 'refused', reason: refusal.reason });
}

/** Policy `mode=observe`: everything is decided and explained, and IGF is not called. */
function observed(item: ReturnItem, decision: Decision): Decision {
  switch (decision.action.kind) {
    case 'list':
      return {
        ...decision,
        state: item.state === 'Listing' ? 'Listing' : 'Requested',
        why: `Observed only: it would be listed. ${decision.why}`,
        action: nothing,
      };
    case 'resolve':
      return {
        ...decision,
        state: item.state,
        why: `Observed only: ItGoesForward would be asked whether it listed it. ${decision.why}`,
        action: nothing,
      };
    case 'cancel':
      return {
        ...decision,
        state: item.state,
        why: `Observed only: its listing would be cancelled. ${decision.why}`,
        action: nothing,
      };
    default:
      return decision;
  }
}
