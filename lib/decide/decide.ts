import { none } from '../actions/explain.ts';
import type { OrderSnapshot } from '../returns/order.ts';
import type { ReturnItem, ReturnState } from '../returns/return-item.ts';
import { hasUnknownText } from '../rules/forwardable.ts';
import { firstFit, type NextStep } from '../rules/rule.ts';
import { type DecisionContext, type ReturnView, viewOf } from '../rules/view.ts';
import { actionRules, attentionRules } from './rules.ts';

/** The decision about a return. */
export interface Decision extends NextStep {
  /** The name of the rule that determined the action. */
  rule: string;
  /** It was made without the mappings of operators, and one of its texts is not built in. */
  needsMappings?: boolean;
  /** The name of the rule that determined the attention; absent when there is none. */
  attentionRule?: string | undefined;
}

/**
 * Decides about one return, from everything that is known of its order. The first rule of `actionRules` that
 * fits determines what to do. Then the first rule of `attentionRules` that fits determines what people must
 * do. The function is pure: the same order gives the same decision, so a decision can be previewed and
 * explained.
 */
export function decide(order: OrderSnapshot, item: ReturnItem, context: DecisionContext): Decision {
  const view = viewOf(order, item, context);
  const { article } = view;
  const needsMappings = !context.vocabulary && article && hasUnknownText(article, item.texts ?? {});
  return { ...decideAbout(view, context), ...(needsMappings && { needsMappings }) };
}

function decideAbout(view: ReturnView, { policy }: DecisionContext): Decision {
  const { item } = view;
  const fit = firstFit(actionRules, view);
  if (!fit) throw new Error('no rule fits the return');
  const { rule, result: step } = fit;
  // Another attempt is about to change the return, so the attention does not change meanwhile.
  if (step.action.kind === 'wait') return { ...step, rule };
  const question = firstFit(attentionRules, view, step);
  const decision = { ...step, rule, attention: question?.result, attentionRule: question?.rule };
  return policy.mode === 'observe' ? observe(item, decision) : decision;
}

/** Policy `mode=observe`: everything is decided and explained, and IGF is not called. */
function observe(item: ReturnItem, decision: Decision): Decision {
  const { action } = decision;
  if (!action.call) return decision;
  const why = `Observed only: ${action.describe?.() ?? `${action.call} would be called`}. ${decision.why}`;
  return { ...decision, state: observedState(item, decision), why, observedOnly: true, action: none() };
}

/** `Listing` and `Cancelling` mean that a call is being made, so a return does not get there without one. */
function observedState(item: ReturnItem, { state }: Decision): ReturnState {
  if (state === 'Cancelling') return item.state;
  return state === 'Listing' && item.state !== 'Listing' ? 'Requested' : state;
}
