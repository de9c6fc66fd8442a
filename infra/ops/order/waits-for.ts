import type { ReturnItem, WaitKind } from '../../../lib/returns/return-item.ts';
import { awaited } from '../../../lib/returns/waiting.ts';
import { formatTime } from '../../cli/output.ts';

/** What a return waits for, in words; undefined when it waits for nothing. */
export function waitsFor(item: ReturnItem, now: string): string | undefined {
  const { state, pendingCall, refusal, refundDue } = item;
  if (pendingCall && pendingCall.until > now)
    return `the answer to a call to ItGoesForward, until ${formatTime(pendingCall.until)}`;
  if (pendingCall) return 'the next attempt, which first checks at ItGoesForward the result of the last call';
  if (refusal && (state === 'Listing' || state === 'Cancelling')) {
    return 'a person: ItGoesForward refused the call, and the bridge repeats it only when its message is redriven';
  }
  if (item.observedOnly) return 'mode=live, and then npx bridge advance';
  if (refundDue && state !== 'Settled') return 'the merchant: a refund is due';
  return item.waits ? waitsWithoutEnd(item.waits, item.waitingSince) : waitsInState(item);
}

const waitsWithoutEnd = (waits: WaitKind, since: string | undefined): string =>
  `${awaited[waits]}${since ? `, since ${formatTime(since)}` : ''}`;

function waitsInState({ state, igf, unmappedTerm }: ReturnItem): string | undefined {
  const until = (deadline: string | undefined): string => (deadline ? `, until ${formatTime(deadline)}` : '');
  switch (state) {
    case 'Requested':
      return 'the merchant: see why';
    case 'AwaitingShipment':
      return 'a shipment webhook of this order';
    case 'NeedsMapping':
      return unmappedTerm ? `a mapping (npx bridge map-${unmappedTerm.field} <text> <meaning>)` : 'a mapping';
    case 'Listing':
      return 'the next attempt to list it';
    case 'Listed':
      return `a buyer${until(igf?.listing?.matchingDeadline)}`;
    case 'Matched':
      return `the label${until(igf?.order?.returnDeadline)}`;
    case 'Labelled':
      return `the sender, who hands it in${until(igf?.order?.returnDeadline)}`;
    case 'Shipped':
      return 'its arrival at the buyer';
    case 'Completed':
      return "ItGoesForward's REFUND event; without it the sender is refunded some days after the arrival (refundPresumedHours)";
    case 'Cancelling':
      return "ItGoesForward's answer to the cancellation";
    default:
      return undefined;
  }
}
