import type { ReturnItem, ReturnState } from '../returns/return-item.ts';
import { definitionOf } from './actions.ts';
import type { Decision } from './decision.ts';
import { noAction } from './steps.ts';

/** Policy `mode=observe`: everything is decided and explained, and IGF is not called. */
export function observe(item: ReturnItem, decision: Decision): Decision {
  const { action } = decision;
  const { call, describe } = definitionOf(action);
  if (!call) return decision;
  const why = `Observed only: ${describe?.(action) ?? `${call} would be called`}. ${decision.why}`;
  return { ...decision, state: observedState(item, decision), why, action: noAction };
}

/** `Listing` and `Cancelling` mean that a call is being made, so a return does not get there without one. */
function observedState(item: ReturnItem, { state }: Decision): ReturnState {
  if (state === 'Cancelling') return item.state;
  return state === 'Listing' && item.state !== 'Listing' ? 'Requested' : state;
}
