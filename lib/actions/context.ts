import type { Policy } from '../config/policy.ts';
import type { Circuit } from '../igf/circuit-breaker.ts';
import type { Igf } from '../igf/worker-igf.ts';
import type { Explanation } from '../returns/explanation.ts';
import type { Notice } from '../returns/notice.ts';
import type { OrderSnapshot } from '../returns/order.ts';
import type { RetailerRules } from '../returns/retailer-rules.ts';
import type { ReturnItem } from '../returns/return-item.ts';
import type { BridgeTable } from '../table/bridge-table.ts';
import type { Outcome } from './outcome.ts';

/** What advancing an order needs: narrow functions, so that a test passes literals. */
export interface AdvanceDependencies {
  table: BridgeTable;
  igf: Igf;
  /** Says while IGF is not called because it is down; absent where nothing watches that. */
  circuit?: Pick<Circuit, 'refusal'> | undefined;
  policy: Policy;
  /** What the merchant has configured at IGF, where it is known; never fails. */
  retailer?: (() => Promise<RetailerRules | undefined>) | undefined;
  claimLeaseMs: number;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** A new, unique claim token. */
  newToken: () => string;
  /** Notifies the people who look after returns; resolves once the notice is surely on its way to them. */
  notify(notice: Notice): Promise<void>;
}

/** The time that this invocation has left, in milliseconds. */
export type TimeLeft = () => number;

/** The message on whose behalf the bridge decides and acts. */
export interface Attempt {
  eventId: string;
  /** When its message was put on the queue, ISO 8601 UTC: a redriven message is younger than what parked it. */
  enqueuedAt: string;
}

/** One decision about one return, and what carries it out. */
export interface ActionContext {
  /** The order as it was decided from. */
  order: OrderSnapshot;
  /** The return as it was decided about. */
  item: ReturnItem;
  /** What was decided about it; stored before the call is made. */
  decision: Explanation;
  attempt: Attempt;
  dependencies: AdvanceDependencies;
  timeLeft: TimeLeft;
}

/** Where an action led: to the end of this attempt, or to a return to decide about again. */
export type ActionResult =
  | {
      outcome: Outcome;
      /** The return as it was left, where that is not as it was found. */
      item?: ReturnItem;
    }
  /** `changed`: somebody wrote the return meanwhile, so it must be read again. */
  | { next: ReturnItem | 'changed' };

/** Something that can happen to a return. `Data` is what a decision says of it, beside its kind. */
export interface ActionDefinition<Data = object> {
  /** The call that it makes at IGF; absent where it makes none. */
  readonly call?: string;
  /** What would happen, in a mode that calls nothing: completes "Observed only: …". */
  describe?(data: Data): string;
  run(context: ActionContext, data: Data): Promise<ActionResult>;
}

/** Writes a change of the return as it was decided about. */
export async function writeItem(
  { dependencies }: Pick<ActionContext, 'dependencies'>,
  content: ReturnItem,
): Promise<ReturnItem | 'changed'> {
  const written = await dependencies.table.write({ kind: 'return', content });
  return written === 'changed' ? written : { ...content, rev: content.rev + 1 };
}
