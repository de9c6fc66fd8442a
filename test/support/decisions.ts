import type { Action } from '../../lib/actions/action.ts';
import type { listReturn } from '../../lib/actions/list.ts';
import { type Decision, decide } from '../../lib/decide/decide.ts';
import type { OrderFact } from '../../lib/facts/facts.ts';
import type { ListingRequest } from '../../lib/igf/api/listings.ts';
import type { ReturnItem } from '../../lib/returns/return-item.ts';
import type { DecisionContext } from '../../lib/rules/view.ts';
import { context, situation } from './builders.ts';

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
