import type { Action, Attempt } from '../actions/action.ts';
import { none, refused, wait } from '../actions/explain.ts';
import { resolveListing } from '../actions/list.ts';
import type { PendingCall, ReturnItem, ReturnState } from '../returns/return-item.ts';
import type { Explanation } from '../returns/tasks.ts';
import type { ListedView, ReturnView } from './view.ts';

/** What an action rule explains, and the next action. `attention`: what the action itself needs from a person. */
export interface NextStep extends Omit<Explanation, 'tasks'> {
  action: Action;
}

export interface NamedStep extends NextStep {
  rule: string;
}

export interface Ask {
  text: string;
  /** The amount that it is about, EUR. With another amount it is asked again after a person did it. */
  amount?: number | undefined;
  /** The name of the task, if it is not the name of the rule. */
  task?: string | undefined;
  /** When it happened, ISO 8601 UTC. An answer from before does not count. */
  since?: string | undefined;
}

/** Whether it makes no call to IGF. A call may change what people must do, so some attention rules wait for it. */
export const isIdle = ({ action }: NextStep): boolean => action.call === undefined;

/** The return keeps its state; an action may follow all the same. */
export const unchanged = (
  { state, why, refundDue, unmappedTerm, waits }: ReturnItem,
  action: Action = none(),
): NextStep => ({ state, why, refundDue, unmappedTerm, waits, action });

/** Whether an earlier call of this operation has an unknown outcome. */
export const isPending = ({ pendingCall }: ReturnItem, operation: PendingCall['operation']): boolean =>
  pendingCall?.operation === operation;

/** The step of a return that is not listed now. The state stays `Listing` while an earlier call may have listed it. */
export function stay(
  item: ReturnItem,
  state: ReturnState,
  why: string,
  more: Partial<NextStep> = {},
): NextStep {
  if (isPending(item, 'list')) return { ...more, state: 'Listing', why, action: resolveListing() };
  return { action: none(), ...more, state, why };
}

/** The state of a return that is not listed now. After a refused call it stays `Listing`. */
export const openState = ({ state }: ReturnItem): ReturnState => (state === 'Listing' ? state : 'Requested');

/** The end of a return without a listing. A return that had a listing was cancelled. */
export const endedState = ({ earlierListings }: ReturnItem, otherwise: 'Closed' | 'NotForwardable') =>
  earlierListings ? 'Cancelled' : otherwise;

/**
 * A refused call is not made again until the message that was parked for it is redriven.
 * @param request the fingerprint of the call
 * @returns `undefined` when the call may be made
 */
export function blockedByRefusal(item: ReturnItem, request: string, attempt: Attempt): NextStep | undefined {
  const { refusal } = item;
  if (refusal?.request !== request) return undefined;
  const { reason, attention } = refusal;
  if (refusal.eventId !== attempt.eventId) return { ...unchanged(item), attention };
  // It must also be newer than the refused message, because our clock may be behind the queue's.
  const redriven = attempt.enqueuedAt > refusal.at && attempt.enqueuedAt > (refusal.enqueuedAt ?? '');
  return redriven ? undefined : { ...unchanged(item, refused({ reason })), attention };
}

/** Until the claim on a return ends, only the attempt with the claim acts on the return. */
export function waitForClaim({ item, now }: ReturnView): NextStep | undefined {
  const { pendingCall } = item;
  if (!pendingCall || pendingCall.until <= now) return undefined;
  return unchanged(item, wait({ until: pendingCall.until }));
}

/** Whether the article is offered, sold or underway, or its refund is due. */
export const isForwarding = ({ progress: { state }, refund }: ListedView): boolean =>
  ['Listed', 'Matched', 'Labelled', 'Shipped'].includes(state) ||
  (state === 'Completed' && refund !== undefined);

/** The state and the refund that IGF reports, with the additions of a rule. A status that must be mapped stays noted. */
export function asAtIgf(view: ListedView, change: Partial<NextStep> & Pick<NextStep, 'action'>): NextStep {
  const { item, merchant, progress, refund } = view;
  const isNoted = merchant.unknownStatus !== undefined && isForwarding(view) && change.state !== 'Settled';
  const unmappedTerm = isNoted ? item.unmappedTerm : undefined;
  return {
    state: progress.state,
    why: progress.why,
    refundDue: refund !== undefined,
    ...(unmappedTerm && { unmappedTerm }),
    ...change,
  };
}

/**
 * While the state stays the same, its reason stays too: that of the action that led to the state is more specific. Only
 * a shipment that is underway may get lost, or turn out to have another buyer.
 */
export function followIgf(view: ListedView): NextStep {
  const { item, listingId, progress } = view;
  const { state } = progress;
  if (state === item.state && state !== 'Shipped') return asAtIgf(view, { why: item.why, action: none() });
  // IGF's event for the bridge's own cancellation came before the answer to the call. The customer did not cancel.
  const isOwn = item.state === 'Cancelling' && state === 'Cancelled';
  const why = isOwn ? `${item.why} Listing ${listingId} is cancelled at ItGoesForward.` : progress.why;
  return asAtIgf(view, { why, action: none() });
}
