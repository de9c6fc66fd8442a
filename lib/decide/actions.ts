import { cancel } from '../actions/cancel.ts';
import { check } from '../actions/check-forwardable.ts';
import type { ActionDefinition } from '../actions/context.ts';
import { deliver } from '../actions/deliver.ts';
import { hold, none, refused, wait } from '../actions/explain.ts';
import { list, resolve } from '../actions/list.ts';
import { regularReturn } from '../actions/regular-return.ts';
import { matchingActions } from '../matching/actions.ts';

/** Everything that can happen to a return: one file below `lib/actions/`, and one line here. */
export const actions = {
  none,
  wait,
  refused,
  hold,
  check,
  list,
  resolve,
  cancel,
  deliver,
  'regular-return': regularReturn,
  ...matchingActions,
};

type Kind = keyof typeof actions;
type DataOf<Definition> = Definition extends ActionDefinition<infer Data> ? Data : never;

/** What a decision names: the kind of an action, with what it needs to know. */
export type Action = { [K in Kind]: { kind: K } & DataOf<(typeof actions)[K]> }[Kind];

/** The definition that carries an action out, and describes it. */
export const definitionOf = (action: Action): ActionDefinition<Action> =>
  // Each definition takes the data of its own kind, which is what an action of that kind holds.
  actions[action.kind] as unknown as ActionDefinition<Action>;
