import type { Action } from '../../lib/actions/action.ts';
import type { listReturn } from '../../lib/actions/list.ts';
import { type Decision, decide } from '../../lib/decide/decide.ts';
import type { OrderFact } from '../../lib/facts/facts.ts';
import type { ListingRequest } from '../../lib/igf/api/listings.ts';
import type { PendingCall, ReturnItem } from '../../lib/returns/return-item.ts';
import type { DecisionContext } from '../../lib/rules/view.ts';
import { context, now, openingFact, shipmentFact, situation } from './builders.ts';

/** The decision about the return of these facts, after it has reached this. */
export function decideOn(
  facts: OrderFact[],
  reached: Partial<ReturnItem> = {},
  overrides: Partial<DecisionContext> = {},
): Decision {
  const { order, item } = situation(facts, reached);
  return decide(order, item, context(overrides));
}

/** @throws Error when the action lists nothing */
export function listingRequestOf(action: Action): ListingRequest {
  if (action.kind !== 'list') throw new Error(`The action is ${action.kind}, and lists nothing.`);
  return (action as ReturnType<typeof listReturn>).request;
}

/** An authorized return and its shipment: everything that a listing needs. */
export const readyToList: OrderFact[] = [openingFact(), shipmentFact()];

const claimUntil = (until: string): PendingCall => ({
  operation: 'list',
  request: '',
  token: 'of another',
  until,
});
/** The claim of another attempt that lists the return, while it lasts and when it has just ended. */
export const liveClaim = claimUntil('2024-03-11T12:01:00.000Z');
export const expiredClaim = claimUntil(now);

export const openStates = [
  'Requested',
  'AwaitingShipment',
  'NeedsMapping',
  'NotForwardable',
  'Listing',
] as const;
export const listedStates = ['Listed', 'Matched', 'Labelled'] as const;
