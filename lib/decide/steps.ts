import type { Attempt } from '../actions/context.ts';
import type { PendingCall, ReturnItem, ReturnState } from '../returns/return-item.ts';
import { type Action, definitionOf } from './actions.ts';
import type { NextStep } from './decision.ts';
import type { ReturnView } from './view.ts';

export const noAction: Action = { kind: 'none' };

/**
 * Whether this step makes no call to IGF. A call may change what people must do, so some attention rules wait
 * for it.
 */
export const isIdle = ({ action }: NextStep): boolean => definitionOf(action).call === undefined;

/** The return keeps its state; an action may follow all the same. */
export const unchanged = (
  { state, why, attention, refundDue, unmappedTerm }: ReturnItem,
  action: Action = noAction,
): NextStep => ({ state, why, attention, refundDue, unmappedTerm, action });

/** Whether an earlier call of this operation has an unknown outcome. */
export const isPending = ({ pendingCall }: ReturnItem, operation: PendingCall['operation']): boolean =>
  pendingCall?.operation === operation;

/**
 * The step of a return that is not listed now. The state stays `Listing` while an earlier call may have
 * listed it.
 */
export function stay(
  item: ReturnItem,
  state: ReturnState,
  why: string,
  more: Partial<NextStep> = {},
): NextStep {
  if (isPending(item, 'list')) return { ...more, state: 'Listing', why, action: { kind: 'resolve' } };
  return { action: noAction, ...more, state, why };
}

/** The state of a return that is not listed now. After a refused call it stays `Listing`. */
export const openState = ({ state }: ReturnItem): ReturnState => (state === 'Listing' ? state : 'Requested');

/**
 * A call that IGF refused is not made again until the message that was parked for it is redriven. For other
 * messages of the order nothing is left to do.
 * @param request the fingerprint of the call
 * @returns `undefined` when the call may be made
 */
export function blockedByRefusal(item: ReturnItem, request: string, attempt: Attempt): NextStep | undefined {
  const { refusal } = item;
  if (refusal?.request !== request) return undefined;
  if (refusal.eventId !== attempt.eventId) return unchanged(item);
  // It must also be newer than the refused message, because our clock may be behind the queue's.
  const redriven = attempt.enqueuedAt > refusal.at && attempt.enqueuedAt > (refusal.enqueuedAt ?? '');
  return redriven ? undefined : unchanged(item, { kind: 'refused', reason: refusal.reason });
}

/** Until the claim on a return ends, only the attempt with the claim acts on the return. */
export function waitForClaim({ item, now }: ReturnView): NextStep | undefined {
  const { pendingCall } = item;
  if (!pendingCall || pendingCall.until <= now) return undefined;
  return unchanged(item, { kind: 'wait', until: pendingCall.until });
}
