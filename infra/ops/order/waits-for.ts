import { npxBridge } from '../../../lib/returns/npx-bridge.ts';
import type { ReturnItem, ReturnState } from '../../../lib/returns/return-item.ts';
import { awaited } from '../../../lib/returns/tasks.ts';
import { formatTime } from '../../cli/output.ts';

/**
 * What a return waits for, in words; undefined when it waits for nothing.
 * @param isParked whether a message of its order is parked: then no attempt follows
 */
export function waitsFor(item: ReturnItem, now: string, stage: string, isParked = false): string | undefined {
  const { state, pendingCall, refusal, refundDue, waits, waitingSince } = item;
  if (pendingCall && pendingCall.until > now) {
    return `the answer to a call to ItGoesForward, until ${formatTime(pendingCall.until)}`;
  }
  const waitsForAttempt = pendingCall !== undefined || state === 'Listing' || state === 'Cancelling';
  if (isParked && waitsForAttempt && !refusal) {
    return `a person, who redrives the parked message of its order: ${npxBridge(stage, 'parked')}`;
  }
  if (pendingCall) return 'the next attempt, which first checks at ItGoesForward the result of the last call';
  if (refusal && (state === 'Listing' || state === 'Cancelling')) {
    return 'a person: ItGoesForward refused the call, and the bridge repeats it only when its message is redriven';
  }
  if (item.observedOnly) return `mode=live, and then ${npxBridge(stage, 'advance', '--all')}`;
  if (refundDue && state !== 'Settled') return 'the merchant: a refund is due';
  if (waits) return `${awaited[waits]}${waitingSince ? `, since ${formatTime(waitingSince)}` : ''}`;
  return inState[state]?.(item, stage);
}

const until = (deadline: string | undefined): string => (deadline ? `, until ${formatTime(deadline)}` : '');

/** What a return in this state waits for; the other states are ends. */
const inState: Partial<Record<ReturnState, (item: ReturnItem, stage: string) => string>> = {
  Requested: () => 'the merchant, as the line "why" says',
  AwaitingShipment: () => 'a shipment webhook of this order',
  NeedsMapping: (_item, stage) => `a mapping: ${npxBridge(stage, 'unmapped')} shows it`,
  Listing: () => 'the next attempt to list it',
  Listed: ({ igf }) => `a buyer${until(igf?.listing?.matchingDeadline)}`,
  Matched: ({ igf }) => `the label${until(igf?.order?.returnDeadline)}`,
  Labelled: ({ igf }) => `the sender, who hands it in${until(igf?.order?.returnDeadline)}`,
  Shipped: () => 'its arrival at the buyer',
  Completed: () =>
    "ItGoesForward's REFUND event. Without it, a person is asked to pay the sender some days after the arrival (refundPresumedHours)",
  Cancelling: () => "ItGoesForward's answer to the cancellation",
};
