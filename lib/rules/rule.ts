import type { Action } from '../actions/action.ts';
import type { Explanation } from '../returns/explanation.ts';
import type { ListedView, ReturnView, UnlistedView } from './view.ts';

/**
 * The result of a rule: its explanation of the return, and the next action. `attention`: what the action
 * itself needs from a person. That task has the name of the rule.
 */
export interface NextStep extends Omit<Explanation, 'tasks'> {
  action: Action;
}

/** A step, with the name of the rule that determined it. */
export interface NamedStep extends NextStep {
  rule: string;
}

/** What a rule asks of people. The task has the name of the rule. */
export interface Ask {
  /** One or more sentences. */
  text: string;
  /** The amount that it is about, EUR. With another amount it is asked again after a person did it. */
  amount?: number | undefined;
  /** The name of the task, if it is not the name of the rule. */
  task?: string | undefined;
  /** When it happened, ISO 8601 UTC. An answer from before does not count. */
  since?: string | undefined;
}

/** A named rule. `Given` is its input beside the view. */
export interface Rule<Given extends unknown[], Result> {
  name: string;
  /** The returns that it applies to. */
  stage: ReturnView['stage'] | 'any';
  /** When it fits and what follows, for `docs/life-of-a-return.md`. */
  says: string;
  /** @returns `undefined` when it does not fit */
  apply(view: ReturnView, ...given: Given): Result | undefined;
}

/** Makes rules that apply only to the returns of one stage. */
const concerning =
  <View extends ReturnView>(stage: View['stage']) =>
  <Given extends unknown[], Result>(
    name: string,
    says: string,
    apply: (view: View, ...given: Given) => Result | undefined,
  ): Rule<Given, Result> => {
    const isConcerned = (view: ReturnView): view is View => view.stage === stage;
    return {
      ...{ name, stage, says },
      apply: (view, ...given) => (isConcerned(view) ? apply(view, ...given) : undefined),
    };
  };

export const unlisted = concerning<UnlistedView>('unlisted');
export const listed = concerning<ListedView>('listed');
export const anyReturn = <Given extends unknown[], Result>(
  name: string,
  says: string,
  apply: Rule<Given, Result>['apply'],
): Rule<Given, Result> => ({ name, stage: 'any', says, apply });

/** The names and the results of all rules that fit, in their order. */
export function allFits<Given extends unknown[], Result>(
  rules: readonly Rule<Given, Result>[],
  view: ReturnView,
  ...given: Given
): { rule: string; result: Result }[] {
  return rules.flatMap(({ name, apply }) => {
    const result = apply(view, ...given);
    return result === undefined ? [] : [{ rule: name, result }];
  });
}

/** The name and the result of the first rule that fits. */
export function firstFit<Given extends unknown[], Result>(
  rules: readonly Rule<Given, Result>[],
  view: ReturnView,
  ...given: Given
): { rule: string; result: Result } | undefined {
  for (const { name, apply } of rules) {
    const result = apply(view, ...given);
    if (result !== undefined) return { rule: name, result };
  }
  return undefined;
}
