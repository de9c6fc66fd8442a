import { cancelListing } from '../actions/cancel.ts';
import { check } from '../actions/check-forwardable.ts';
import type { ActionDefinition } from '../actions/context.ts';
import { deliver } from '../actions/deliver.ts';
import { hold, none, refused, wait } from '../actions/explain.ts';
import { listReturn, resolveListing } from '../actions/list.ts';
import { regularReturn } from '../actions/regular-return.ts';
import { matchingActions } from '../matching/actions.ts';

/** Everything that can happen to a return: one file below `lib/actions/`, and one line here. */
export const actions = {
  none,
  wait,
  refused,
  hold,
  check,
  list: listReturn,
  resolve: resolveListing,
  cancel: cancelListing,
  deliver,
  'regular-return': regularReturn,
  ...matchingActions,
};

type Kind = keyof typeof actions;
type DataOf<Definition> = Definition extends ActionDefinition<infer Data> ? Data : never;

/** What a decision names: the kind of an action, with its data. */
export type Action = { [K in Kind]: { kind: K } & DataOf<(typeof actions)[K]> }[Kind];

/** The definition that runs and describes an action. */
export const definitionOf = (action: Action): ActionDefinition<Action> =>
  // Each definition takes the data of its own kind, and an action of that kind contains exactly this data.
  actions[action.kind] as unknown as ActionDefinition<Action>;
