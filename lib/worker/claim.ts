import { IgfError, IgfUnavailableError } from '../igf/errors.ts';
import { asking } from '../returns/attention.ts';
import type { Attempt, Decision } from '../returns/decision.ts';
import type { ReturnItem } from '../returns/return-item.ts';
import type { ClaimOutcome } from '../table/bridge-table.ts';
import { igfTimeoutSeconds } from '../timing.ts';
import type { AdvanceDependencies, TimeLeft } from './dependencies.ts';
import type { Outcome } from './outcome.ts';
import type { Step } from './step.ts';

/** One decision about one return, and what carries it out. */
export interface Work {
  item: ReturnItem;
  decision: Decision;
  attempt: Attempt;
  dependencies: AdvanceDependencies;
  timeLeft: TimeLeft;
}

/** The item while this attempt holds it. */
export interface Held {
  item: ReturnItem;
  token: string;
}

/** What the table calls after an IGF call may take, in milliseconds. */
const marginMs = 5000;

/** Whether a call to IGF and storing its answer still fit into this invocation. */
export const igfCallFits = (timeLeft: TimeLeft): boolean => timeLeft() >= igfTimeoutSeconds * 1000 + marginMs;

/** Too little time is left in this invocation for a call to IGF and for storing its answer. */
export class OutOfTimeError extends Error {
  override readonly name = 'OutOfTimeError';
}

/**
 * Claims the item: a conditional write on what was decided from, so of any number of workers one goes on.
 * @throws OutOfTimeError before anything is claimed, when a call to IGF would not fit any more.
 */
export async function claim(work: Work, fields: Partial<ReturnItem> = {}): Promise<Held | 'conflict'> {
  const { item, decision, dependencies, timeLeft } = work;
  if (!igfCallFits(timeLeft)) throw new OutOfTimeError('no time left for a call to IGF');
  const token = dependencies.newToken();
  const until = new Date(dependencies.now() + dependencies.claimLeaseMs).toISOString();
  const { state, why, attention } = decision;
  const content: ReturnItem = {
    ...item,
    ...fields,
    state,
    why,
    ...asking(item, attention, new Date(dependencies.now()).toISOString()),
    heldFor: undefined,
    claim: { token, until },
  };
  if ((await dependencies.table.write({ kind: 'return', content })) === 'conflict') return 'conflict';
  return { item: { ...content, rev: content.rev + 1 }, token };
}

/** A call that changes what is asked of a human begins its time anew. */
function asked(item: ReturnItem, attention: string | null, now: number): Partial<ClaimOutcome> {
  const { attentionSince = null } = asking(item, attention ?? undefined, new Date(now).toISOString());
  return { attention, attentionSince };
}

/** Stores what came of the call and gives the claim back; the item is decided about again as it is then. */
export async function settle(work: Work, held: Held, outcome: ClaimOutcome): Promise<Step> {
  const { table, now } = work.dependencies;
  const settled = await table.settleClaim(held.item, held.token, {
    ...outcome,
    ...(outcome.attention !== undefined && asked(held.item, outcome.attention, now())),
  });
  return { next: settled === 'lost' ? 'read-again' : settled };
}

/**
 * A call that was not answered usefully. What surely changed nothing gives the claim back; otherwise the claim is
 * kept, and whoever finds it expired asks IGF first.
 */
export async function leaveForLater(work: Work, held: Held, error: unknown): Promise<Step> {
  if (!(error instanceof IgfError)) throw error;
  const unavailable = error instanceof IgfUnavailableError ? error : undefined;
  const retry = (afterSeconds: number | undefined): { outcome: Outcome } => ({
    outcome: { kind: 'retry', reason: error.message, errorClass: error.name, afterSeconds },
  });
  const stillUnknown = work.item.claim !== undefined;
  if (unavailable?.effect === 'not-done' && !stillUnknown) {
    const { state, why } = held.item;
    const item = await work.dependencies.table.settleClaim(held.item, held.token, { state, why });
    return { ...retry(unavailable.retryAfter), ...(item !== 'lost' && { item }) };
  }
  const lease = Math.ceil(work.dependencies.claimLeaseMs / 1000);
  return { ...retry(Math.max(lease, unavailable?.retryAfter ?? 0)), item: held.item };
}
