import type { Attempt } from '../actions/context.ts';
import type { Policy } from '../config/policy.ts';
import type { Explanation } from '../returns/explanation.ts';
import type { RetailerRules } from '../returns/retailer-rules.ts';
import type { TermMappings } from '../returns/vocabulary.ts';
import type { Action } from './actions.ts';

/** What a rule says of a return, and what is to be done about it now. `attention`: what the action itself needs. */
export interface NextStep extends Explanation {
  action: Action;
}

/** What is decided about a return. */
export interface Decision extends NextStep {
  /** The name of the rule that says what to do. */
  rule: string;
  /** The name of the rule that says what to ask people; absent where nothing is asked. */
  attentionRule?: string | undefined;
}

export interface DecisionContext {
  policy: Policy;
  /** What the merchant has configured at IGF; absent while it is not known. */
  retailer?: RetailerRules | undefined;
  /** ISO 8601 UTC. */
  now: string;
  attempt: Attempt;
  /** What operators mapped; without it only what is built in is known. */
  vocabulary?: TermMappings | undefined;
}
