import type { Policy } from '../config/policy.ts';
import type { Circuit } from '../igf/circuit-breaker.ts';
import type { Igf } from '../igf/worker-igf.ts';
import type { Notice } from '../returns/notice.ts';
import type { OrderSnapshot } from '../returns/order.ts';
import type { RetailerRules } from '../returns/retailer-rules.ts';
import type { ReturnItem } from '../returns/return-item.ts';
import type { Explanation } from '../returns/tasks.ts';
import type { BridgeTable } from '../table/bridge-table.ts';

/** Everything that advancing an order needs. The functions are narrow, so that a test can pass literals. */
export interface AdvanceDependencies {
  table: BridgeTable;
  igf: Igf;
  /** Gives the reason while IGF is down and must not be called. Absent where no circuit breaker is used. */
  circuit?: Pick<Circuit, 'refusal'> | undefined;
  policy: Policy;
  /** The merchant's configuration at IGF, if it is known. Never rejects. */
  retailer?: (() => Promise<RetailerRules | undefined>) | undefined;
  /** When the bridge took its first delivery, ISO 8601 UTC, if it is known. Never rejects. */
  firstDelivery?: (() => Promise<string | undefined>) | undefined;
  claimLeaseMs: number;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** A new, unique claim token. */
  newToken: () => string;
  /** Notifies the people who look after returns. Resolves once SNS has accepted the notice. */
  notify(notice: Notice): Promise<void>;
}

/** The time that this invocation has left, in milliseconds. */
export type TimeLeft = () => number;

/** The message that the bridge decides and acts for. */
export interface Attempt {
  eventId: string;
  /**
   * When the message was put on the queue, ISO 8601 UTC. A redriven message is newer than the refusal that
   * parked it.
   */
  enqueuedAt: string;
}

/** One decision about one return, with everything that its action needs. */
export interface ActionContext {
  /** The order that the decision was made from. */
  order: OrderSnapshot;
  /** The return that the decision is about. */
  item: ReturnItem;
  /** The decision. It is stored before the call is made. */
  decision: Explanation;
  attempt: Attempt;
  dependencies: AdvanceDependencies;
  timeLeft: TimeLeft;
}

/** Writes a changed return, on condition that nobody has written it since the decision. */
export async function writeItem(
  { dependencies }: Pick<ActionContext, 'dependencies'>,
  content: ReturnItem,
): Promise<ReturnItem | 'changed'> {
  const written = await dependencies.table.write({ kind: 'return', content });
  return written === 'changed' ? written : { ...content, rev: content.rev + 1 };
}
