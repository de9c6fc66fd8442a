import type { Attempt } from '../actions/context.ts';
import type { ListingRequest } from '../igf/api/listings.ts';
import { articleOf } from '../returns/article.ts';
import { isEqual } from '../returns/is-equal.ts';
import { readListing, requestFingerprint } from '../returns/listing-request.ts';
import type { OrderSnapshot } from '../returns/order.ts';
import type { ReturnItem, ReturnState } from '../returns/return-item.ts';
import { type Term, termOf } from '../returns/vocabulary.ts';
import type { Action } from './actions.ts';
import { blockedByRefusal, type Decision, type DecisionContext, noAction, unchanged } from './decision.ts';
import { isForwardable } from './forwardable.ts';

/** Rules 2 to 5: it is not over, and not listed. */
export function beforeListing(order: OrderSnapshot, item: ReturnItem, context: DecisionContext): Decision {
  const state = item.state === 'Listing' ? 'Listing' : 'Requested';
  const article = articleOf(order, item);
  if (!article) return unchanged(item);
  const opening = item.opening;
  if (opening?.status === 'pending') {
    return stay(item, state, 'The merchant has not authorized the return yet.');
  }
  if (opening?.status === 'partially_authorized') {
    if (opening.quantityApproved !== undefined && opening.quantityApproved <= 0) {
      return stay(item, state, 'The merchant has authorized no piece of it yet.');
    }
    if (opening.quantityApproved === undefined && (opening.quantityRequested ?? 1) > 1) {
      const attention =
        'Partially authorized without a number of pieces: say at Winkelstraat how many are approved.';
      return stay(item, state, 'How many pieces the merchant authorized is not known.', attention);
    }
  }

  const forwardable = isForwardable(article, context.policy, context.vocabulary, context.retailer);
  if (forwardable.verdict === 'no') {
    return stay(item, 'NotForwardable', `The normal return goes on: ${forwardable.why}.`);
  }
  if (forwardable.verdict === 'unknown') {
    const { field } = forwardable;
    const attention = `Map the text of the ${field}: it is unknown, and never guessed (npm run ops -- unmapped shows it).`;
    const unmappedTerm = { field, text: termOf(article[field] ?? '') };
    return stay(item, 'NeedsMapping', `The text of its ${field} is unknown.`, attention, unmappedTerm);
  }

  const reading = readListing(item, article, context.policy, context.vocabulary);
  if ('attention' in reading) {
    return stay(item, state, 'The listing would have no name.', reading.attention);
  }
  if ('missing' in reading) {
    return stay(
      item,
      'AwaitingShipment',
      `A shipment of the order has to tell ${reading.missing.join(', ')}.`,
    );
  }
  return askFirst(item, reading.request, context) ?? list(item, reading.request, context.attempt);
}

/** An item whose earlier call may have listed it stays `Listing`: it can't be said to be anything else. */
function stay(
  item: ReturnItem,
  state: ReturnState,
  why: string,
  attention?: string,
  unmappedTerm?: Term,
): Decision {
  if (item.pendingCall?.operation === 'list')
    return { state: 'Listing', why, attention, unmappedTerm, action: { kind: 'resolve' } };
  const isHeld = state === item.state && isEqual(unmappedTerm, item.unmappedTerm);
  const action: Action = unmappedTerm && !isHeld ? { kind: 'hold', term: unmappedTerm } : noAction;
  return { state, why, attention, unmappedTerm, action };
}

/** Policy `checkForwardable`: nothing is claimed or listed before IGF has said that it is Available. */
function askFirst(
  item: ReturnItem,
  request: ListingRequest,
  { policy }: DecisionContext,
): Decision | undefined {
  if (policy.checkForwardable === 'off' || item.pendingCall) return undefined;
  const { forwardability } = item;
  if (forwardability?.request !== requestFingerprint(request)) {
    return {
      state: item.state === 'Listing' ? 'Listing' : 'Requested',
      why: 'Its article can go to another customer; ItGoesForward must say whether it forwards it.',
      action: { kind: 'check', request },
    };
  }
  if (forwardability.status === 'Available') return undefined;
  const why = `ItGoesForward says that it can not be forwarded (${forwardability.status})`;
  return stay(item, 'NotForwardable', `The normal return goes on: ${why}.`);
}

function list(item: ReturnItem, request: ListingRequest, attempt: Attempt): Decision {
  return (
    blockedByRefusal(item, requestFingerprint(request), attempt) ?? {
      state: 'Listing',
      why: 'The return is authorized and its article can go to another customer.',
      action: { kind: 'list', request, checkFirst: item.pendingCall?.operation === 'list' },
    }
  );
}
