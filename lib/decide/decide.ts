import type { OrderSnapshot } from '../returns/order.ts';
import type { ReturnItem } from '../returns/return-item.ts';
import { afterListing } from './after-listing.ts';
import { beforeListing } from './before-listing.ts';
import { withCarrierTrouble } from './carrier-trouble.ts';
import { type Decision, type DecisionContext, noAction, unchanged } from './decision.ts';
import { endedByMerchant } from './merchant-end.ts';
import { observe } from './observe.ts';
import { asRegularReturn } from './regular-return.ts';

/**
 * Names the next action for one return item, from everything that is known of its order. Pure: the same story gives
 * the same decision, so a decision can be previewed and explained.
 */
export function decide(order: OrderSnapshot, item: ReturnItem, context: DecisionContext): Decision {
  const live = decideLive(order, item, context);
  const decision = context.policy.mode === 'observe' ? observe(item, live) : live;
  return withCarrierTrouble(order, item, decision);
}

function decideLive(order: OrderSnapshot, item: ReturnItem, context: DecisionContext): Decision {
  const { pendingCall } = item;
  if (pendingCall && pendingCall.until > context.now)
    return unchanged(item, { kind: 'wait', until: pendingCall.until });
  const over = endedByMerchant(order, item, context.policy);
  if (item.listingId !== undefined) return afterListing(order, item, item.listingId, over, context);
  if (item.state === 'Closed') return unchanged(item);
  if (over) return endUnlisted(item, over.why);
  return asRegularReturn(order, item, beforeListing(order, item, context), context);
}

/** It is over at the merchant, and is not listed; after a call of unknown outcome it may be, and that is found out. */
function endUnlisted(item: ReturnItem, over: string): Decision {
  const why = `The return is over: ${over}.`;
  if (item.pendingCall?.operation !== 'list') return { state: 'Closed', why, action: noAction };
  const unclear = `${why} Whether IGF listed it is being found out.`;
  return { state: 'Listing', why: unclear, action: { kind: 'resolve' } };
}
