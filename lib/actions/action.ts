import type { ReturnItem } from '../returns/return-item.ts';
import type { ActionContext } from './context.ts';
import type { Outcome } from './outcome.ts';

/** The result of an action: the end of this attempt, or a return that needs another decision. */
export type ActionResult =
  | {
      outcome: Outcome;
      /** The return as the action left it; absent when it is unchanged. */
      item?: ReturnItem;
    }
  /** `changed`: another worker wrote the return meanwhile, so it must be read again. */
  | { next: ReturnItem | 'changed' };

/** Something that happens to a return. A rule makes it, and the worker runs it. */
export interface Action {
  /** Its name in the log. */
  readonly kind: string;
  /** The call that it makes at IGF; absent when it makes none. */
  readonly call?: string | undefined;
  /** Says what would happen, for a mode that makes no calls. Completes "Observed only: …". */
  readonly describe?: (() => string) | undefined;
  run(context: ActionContext): Promise<ActionResult>;
}

/** What the actions of one kind share. `Data` is what a rule gives to one of them. */
interface ActionDefinition<Data> {
  call?: string;
  describe?: () => string;
  run(context: ActionContext, data: Data): Promise<ActionResult>;
}

/**
 * Defines a kind of action, and gives the function by which a rule makes one. Only the kind and the data are
 * own properties of an action, so two actions are equal when those are.
 */
export function defineAction(kind: string, definition: ActionDefinition<object>): () => Action;
export function defineAction<Data extends object>(
  kind: string,
  definition: ActionDefinition<Data>,
): (data: Data) => Action & Readonly<Data>;
export function defineAction(kind: string, { run, ...constant }: ActionDefinition<object>) {
  return (data: object = {}): Action => {
    const shared = { ...constant, run: (context: ActionContext) => run(context, data) };
    return Object.assign(Object.create(shared) as typeof shared, { kind, ...data });
  };
}
