import type { Policy } from '../config/policy.ts';
import { igfTimeoutSeconds, storingSeconds } from '../config/timing.ts';
import type { Circuit } from '../igf/circuit-breaker.ts';
import type { Igf } from '../igf/worker-igf.ts';
import type { Deployment, Notice } from '../returns/notice.ts';
import type { OrderSnapshot } from '../returns/order.ts';
import type { RetailerRules } from '../returns/retailer-rules.ts';
import type { ReturnItem } from '../returns/return-item.ts';
import type { Explanation } from '../returns/tasks.ts';
import type { BridgeTable } from '../table/bridge-table.ts';

/** How processing a message ended. One place maps it to ack, retry or park: `lib/worker/disposition.ts`. */
export type Outcome =
  | { kind: 'done' }
  /** There was nothing to do: the fact was known, or the order has no returns. */
  | { kind: 'skipped' }
  /** Worth another attempt, but not before `afterSeconds`. */
  | { kind: 'retry'; reason: string; errorClass: string; afterSeconds?: number | undefined }
  /** Another attempt is processing the same return. Worth another attempt when that one must have ended. */
  | { kind: 'busy'; reason: string; afterSeconds: number }
  | { kind: 'permanent-failure'; reason: string; errorClass: string };

export const done: Outcome = { kind: 'done' };

/** @param leftMs how long the other attempt may still take, in milliseconds */
export const busy = (reason: string, leftMs: number): Outcome => ({
  kind: 'busy',
  reason,
  afterSeconds: Math.max(1, Math.ceil(leftMs / 1000)),
});

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
  deployment: Deployment;
}

/** The time that this invocation has left, in milliseconds. */
export type TimeLeft = () => number;

/** The message that the bridge decides and acts for. */
export interface Attempt {
  eventId: string;
  /** When the message was queued, ISO 8601 UTC. A redriven one is newer than the refusal that parked it. */
  enqueuedAt: string;
  /** Takes the names of the rules that decided, for the log. */
  rules?: Set<string>;
  /** Takes the tokens of the claims that were written with facts. Without it, none is. */
  claims?: Set<string>;
}

/** One decision about one return, with everything that its action needs. */
export interface ActionContext {
  order: OrderSnapshot;
  item: ReturnItem;
  /** The decision. It is stored before the call is made. */
  decision: Explanation;
  attempt: Attempt;
  dependencies: AdvanceDependencies;
  timeLeft: TimeLeft;
  /** The return as it is stored, when this attempt has written the claim on the call with its facts. */
  claimed?: ReturnItem | undefined;
}

/** The result of an action: the end of this attempt and the return as it left it, or a return to decide again. */
export type ActionResult =
  | { outcome: Outcome; item: ReturnItem }
  /** `changed`: another worker wrote the return meanwhile, so it must be read again. */
  | { next: ReturnItem | 'changed' };

/** Something that happens to a return. A rule makes it, and the worker runs it. */
export interface Action {
  readonly kind: string;
  /** The call that it makes at IGF; absent when it makes none. */
  readonly call?: string | undefined;
  /** Says what would happen, for a mode that makes no calls. Completes "Observed only: …". */
  readonly describe?: (() => string) | undefined;
  /** The return with the claim on the call, for a call that nothing precedes: the claim may be written with facts. */
  readonly claim?: ((context: ActionContext) => ReturnItem | undefined) | undefined;
  run(context: ActionContext): Promise<ActionResult>;
}

/** What the actions of one kind share. `Data` is what a rule gives to one of them. */
interface ActionDefinition<Data> {
  call?: string;
  describe?: () => string;
  claim?(context: ActionContext, data: Data): ReturnItem | undefined;
  run(context: ActionContext, data: Data): Promise<ActionResult>;
}

/** Defines a kind of action. Two actions are equal when kind and data are: nothing else is an own property. */
export function defineAction(kind: string, definition: ActionDefinition<object>): () => Action;
export function defineAction<Data extends object>(
  kind: string,
  definition: ActionDefinition<Data>,
): (data: Data) => Action & Readonly<Data>;
export function defineAction(kind: string, { run, claim, ...constant }: ActionDefinition<object>) {
  return (data: object = {}): Action => {
    const shared = {
      ...constant,
      claim: (context: ActionContext) => claim?.(context, data),
      run: (context: ActionContext) => run(context, data),
    };
    return Object.assign(Object.create(shared) as typeof shared, { kind, ...data });
  };
}

/** This invocation has too little time left for a call to IGF and for storing its answer. */
class OutOfTimeError extends Error {
  override readonly name = 'OutOfTimeError';
}

export const hasTimeForCall = ({ timeLeft }: Pick<ActionContext, 'timeLeft'>): boolean =>
  timeLeft() >= (igfTimeoutSeconds + storingSeconds) * 1000;

/** @throws OutOfTimeError before a call to IGF that would not end in time */
export function requireTimeForCall(context: Pick<ActionContext, 'timeLeft'>): void {
  if (!hasTimeForCall(context)) throw new OutOfTimeError('no time left for a call to IGF');
}

/** Writes a changed return, on condition that nobody has written it since the decision. */
export async function writeItem(
  { dependencies }: Pick<ActionContext, 'dependencies'>,
  content: ReturnItem,
): Promise<ReturnItem | 'changed'> {
  const written = await dependencies.table.write({ kind: 'return', content });
  return written === 'changed' ? written : { ...content, rev: content.rev + 1 };
}
