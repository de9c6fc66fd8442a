import type { OrderSnapshot } from '../returns/order.ts';
import type { ReturnItem } from '../returns/return-item.ts';
import type { Decision, DecisionContext } from './decision.ts';
import { observe } from './observe.ts';
import { firstFit } from './rule.ts';
import { actionRules, attentionRules } from './rules.ts';
import { viewOf } from './view.ts';

/**
 * Decides about one return, from everything that is known of its order: the first rule of `actionRules` that fits says
 * what to do, then the first rule of `attentionRules` that fits says what to ask people. Pure: the same order gives the
 * same decision, so a decision can be previewed and explained.
 */
export function decide(order: OrderSnapshot, item: ReturnItem, context: DecisionContext): Decision {
  const view = viewOf(order, item, context);
  const fit = firstFit(actionRules, view);
  if (!fit) throw new Error('no rule fits the return');
  const { rule, result: step } = fit;
  // Another attempt is about to change the return, so nothing new is asked meanwhile.
  if (step.action.kind === 'wait') return { ...step, rule };
  const question = firstFit(attentionRules, view, step);
  const decision = { ...step, rule, attention: question?.result, attentionRule: question?.rule };
  return context.policy.mode === 'observe' ? observe(item, decision) : decision;
}
