import { none } from '../actions/explain.ts';
import type { OrderSnapshot } from '../returns/order.ts';
import type { ReturnItem, ReturnState, Task } from '../returns/return-item.ts';
import { type Explanation, isAnswered } from '../returns/tasks.ts';
import { hasUnknownText } from '../rules/forwardable.ts';
import type { Ask, NamedStep } from '../rules/steps.ts';
import { type DecisionContext, type ReturnView, viewOf } from '../rules/view.ts';
import { actionRules, attentionRules } from './rules.ts';

export interface Decision extends NamedStep, Pick<Explanation, 'tasks'> {
  /** It was made without the mappings of operators, and one of its texts is not built in. */
  needsMappings?: boolean;
}

/**
 * Decides about one return, from everything that is known of its order: what to do by the first of `actionRules` that
 * fits, and what people must do by all of `attentionRules` that fit, except what they have done. Pure: the same order
 * gives the same decision, so a decision can be previewed and explained.
 */
export function decide(order: OrderSnapshot, item: ReturnItem, context: DecisionContext): Decision {
  const view = viewOf(order, item, context);
  const { article, merchant } = view;
  const isUnknown =
    merchant.unknownStatus !== undefined || (article && hasUnknownText(article, item.texts ?? {}));
  const needsMappings = !context.vocabulary && isUnknown;
  const step = nextStepOf(view);
  const decision = { ...step, ...attentionOf(view, step), ...(needsMappings && { needsMappings }) };
  return context.policy.mode === 'observe' ? observe(item, decision) : decision;
}

function nextStepOf(view: ReturnView): NamedStep {
  for (const [rule, { apply }] of Object.entries(actionRules)) {
    const step = apply(view);
    if (step) return { ...step, rule };
  }
  throw new Error('no rule fits the return');
}

/** Whether the action is about to change what people must do. Until it has ended, that stays as it was. */
const isChanging = ({ policy }: ReturnView, { action: { kind } }: NamedStep): boolean =>
  kind === 'wait' || (policy.mode === 'live' && kind === 'cancel');

function attentionOf(view: ReturnView, step: NamedStep): Pick<Decision, 'attention' | 'tasks'> {
  const { attention, tasks, answers } = view.item;
  if (isChanging(view, step)) return { attention, tasks };
  const open = Object.entries(attentionRules).flatMap(([rule, { apply }]) => {
    const result = apply(view, step);
    if (result === undefined) return [];
    const { text, amount, task = rule, since }: Ask = typeof result === 'string' ? { text: result } : result;
    const named: Task = amount === undefined ? { task } : { task, amount };
    return isAnswered(answers, named, since) ? [] : [{ text, task: named }];
  });
  if (open.length === 0) return { attention: undefined, tasks: undefined };
  return { attention: open.map(({ text }) => text).join(' '), tasks: open.map(({ task }) => task) };
}

/** Policy `mode=observe`: everything is decided and explained, and IGF is not called. */
function observe(item: ReturnItem, decision: Decision): Decision {
  const { action } = decision;
  if (!action.call) return decision;
  const why = `Observed only: ${action.describe?.() ?? 'the bridge would call ItGoesForward'}. ${decision.why}`;
  return { ...decision, state: observedState(item, decision), why, observedOnly: true, action: none() };
}

/** `Listing` and `Cancelling` mean that a call is being made, so a return does not get there without one. */
function observedState(item: ReturnItem, { state }: Decision): ReturnState {
  if (state === 'Cancelling') return item.state;
  return state === 'Listing' && item.state !== 'Listing' ? 'Requested' : state;
}
