import { cancelListing } from '../actions/cancel-listing.ts';
import { checkForwardable } from '../actions/check-forwardable.ts';
import { deferWhileDown } from '../actions/claim.ts';
import { deliverShipment } from '../actions/deliver-shipment.ts';
import { listReturn, resolveListing } from '../actions/list-return.ts';
import { makeRegularReturn } from '../actions/regular-return.ts';
import { type Attempt, type Decision, isUnchanged } from '../decide/decision.ts';
import { confirmOrder, placeOrder, withdrawOrder } from '../matching/match-order.ts';
import { asking } from '../returns/attention.ts';
import { isEqual } from '../returns/is-equal.ts';
import type { ReturnItem } from '../returns/return-item.ts';
import type { AdvanceDependencies, TimeLeft } from './dependencies.ts';
import { done } from './outcome.ts';
import type { Step } from './step.ts';

/** What needs no call to IGF. */
const callsNothing: readonly Decision['action']['kind'][] = ['none', 'wait', 'refused'];

/**
 * Carries a decision out. Whatever calls IGF claims the item first, so that only one worker does; while IGF is down
 * nothing is claimed or called.
 */
export async function act(
  item: ReturnItem,
  decision: Decision,
  attempt: Attempt,
  dependencies: AdvanceDependencies,
  timeLeft: TimeLeft,
): Promise<Step> {
  const { action } = decision;
  const context = { item, decision, attempt, dependencies, timeLeft };
  const down = callsNothing.includes(action.kind) ? undefined : dependencies.circuit?.refusal();
  if (down) return deferWhileDown(context, down);
  switch (action.kind) {
    case 'none':
      return explain(item, decision, dependencies);
    case 'wait': {
      const seconds = Math.max(1, Math.ceil((Date.parse(action.until) - dependencies.now()) / 1000));
      const reason = 'another attempt holds a claim on the return';
      return { outcome: { kind: 'retry', reason, errorClass: 'ClaimedElsewhere', afterSeconds: seconds } };
    }
    case 'refused':
      return { outcome: { kind: 'rejected', reason: action.reason, errorClass: 'IgfRejectedError' } };
    case 'check':
      return checkForwardable(context, action.request);
    case 'list':
      return listReturn(context, action.request, action.checkFirst);
    case 'resolve':
      return resolveListing(context);
    case 'cancel':
      return cancelListing(context, action.listingId, action.checkFirst);
    case 'regular-return':
      return makeRegularReturn(context, action.request, action.checkFirst);
    case 'place':
      return placeOrder(context, action);
    case 'confirm':
      return confirmOrder(context, action);
    case 'withdraw':
      return withdrawOrder(context, action);
    case 'deliver':
      return deliverShipment(context, action.shipmentId, action.checkFirst);
  }
}

/** Writes what was decided, if it says something new. */
async function explain(
  item: ReturnItem,
  decision: Decision,
  { table, now }: AdvanceDependencies,
): Promise<Step> {
  if (isUnchanged(item, decision)) return { outcome: done };
  const { state, why, attention, refundDue, unmappedTerm } = decision;
  const asked = asking(item, attention, new Date(now()).toISOString());
  // What is asked again after it was settled is told again, and so is another text that is asked for in the same words.
  const notifiedOf = attention && isEqual(unmappedTerm, item.unmappedTerm) ? item.notifiedOf : undefined;
  // Of a listed return whose next step is none, no call is unknown any more: what it was asked for has happened, or can't.
  const pendingCall = item.listingId === undefined ? item.pendingCall : undefined;
  const content = { ...item, state, why, ...asked, notifiedOf, refundDue, unmappedTerm, pendingCall };
  const written = await table.write({ kind: 'return', content });
  if (written === 'changed') return { next: 'changed' };
  return { outcome: done, item: { ...content, rev: content.rev + 1 } };
}
