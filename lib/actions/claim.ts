import { igfTimeoutSeconds, storingSeconds } from '../config/timing.ts';
import type { Attempt, Decision } from '../decide/decision.ts';
import { IgfError, IgfUnavailableError } from '../igf/errors.ts';
import { asking } from '../returns/attention.ts';
import { isEqual } from '../returns/is-equal.ts';
import type { PendingCall, ReturnItem } from '../returns/return-item.ts';
import type { ClaimOutcome } from '../table/bridge-table.ts';
import type { AdvanceDependencies, TimeLeft } from '../worker/dependencies.ts';
import type { Outcome } from '../worker/outcome.ts';
import type { Step } from '../worker/step.ts';

/** One decision about one return, and what carries it out. */
export interface ActionContext {
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

/** Whether a call to IGF and storing its answer still fit into this invocation. */
export const igfCallFits = (timeLeft: TimeLeft): boolean =>
  timeLeft() >= (igfTimeoutSeconds + storingSeconds) * 1000;

/** Too little time is left in this invocation for a call to IGF and for storing its answer. */
export class OutOfTimeError extends Error {
  override readonly name = 'OutOfTimeError';
}

/**
 * Claims the item: a conditional write on what was decided from, so of any number of workers one goes on.
 * @throws OutOfTimeError before anything is claimed, when a call to IGF would not fit any more.
 */
export async function claim(
  context: ActionContext,
  call: Pick<PendingCall, 'operation' | 'request'>,
  fields: Partial<ReturnItem> = {},
): Promise<Held | 'changed'> {
  const { dependencies, timeLeft } = context;
  if (!igfCallFits(timeLeft)) throw new OutOfTimeError('no time left for a call to IGF');
  const token = dependencies.newToken();
  const until = new Date(dependencies.now() + dependencies.claimLeaseMs).toISOString();
  const content: ReturnItem = { ...decided(context), ...fields, pendingCall: { ...call, token, until } };
  if ((await dependencies.table.write({ kind: 'return', content })) === 'changed') return 'changed';
  return { item: { ...content, rev: content.rev + 1 }, token };
}

/** The item with what was decided about it, before the call. */
function decided({ item, decision, dependencies }: ActionContext): ReturnItem {
  const { state, why, attention } = decision;
  const asked = asking(item, attention, new Date(dependencies.now()).toISOString());
  return { ...item, state, why, ...asked, unmappedTerm: undefined };
}

/**
 * IGF is not called at present, so nothing is claimed for it. What was decided is written the first time: a turn that
 * finds it written costs no write at the item.
 * @param reason why not
 */
export async function deferWhileDown(context: ActionContext, reason: string): Promise<Step> {
  const outcome: Outcome = {
    kind: 'retry',
    reason: `not called: ${reason}`,
    errorClass: 'IgfUnavailableError',
  };
  const content = decided(context);
  if (isEqual(content, context.item)) return { outcome };
  const written = await context.dependencies.table.write({ kind: 'return', content });
  if (written === 'changed') return { next: 'changed' };
  return { outcome, item: { ...content, rev: content.rev + 1 } };
}

/** A call that changes what is asked of a human begins its time anew. */
function asked(item: ReturnItem, attention: string | null, now: number): Partial<ClaimOutcome> {
  const { attentionSince = null } = asking(item, attention ?? undefined, new Date(now).toISOString());
  return { attention, attentionSince };
}

/** Stores what came of the call and gives the claim back; the item is decided about again as it is then. */
export async function settle(context: ActionContext, held: Held, outcome: ClaimOutcome): Promise<Step> {
  const { table, now } = context.dependencies;
  const settled = await table.completeClaim(held.item, held.token, {
    ...outcome,
    ...(outcome.attention !== undefined && asked(held.item, outcome.attention, now())),
  });
  return { next: settled === 'changed' ? 'changed' : settled };
}

/**
 * A call that was not answered usefully. What surely changed nothing gives the claim back; otherwise the claim is
 * kept, and whoever finds it expired asks IGF first.
 */
export function keepOrRelease(context: ActionContext, held: Held, error: unknown): Promise<Step> {
  return stay(context, held, error, context.item.pendingCall !== undefined);
}

/**
 * A call that IGF refused, where asking whether it was done all the same got no answer. However that question failed,
 * the call was sent: the claim is kept.
 */
export function keepClaimAndRetry(context: ActionContext, held: Held, error: unknown): Promise<Step> {
  return stay(context, held, error, true);
}

async function stay(
  context: ActionContext,
  held: Held,
  error: unknown,
  stillUnknown: boolean,
): Promise<Step> {
  if (!(error instanceof IgfError)) throw error;
  const unavailable = error instanceof IgfUnavailableError ? error : undefined;
  const retry = (afterSeconds: number | undefined): { outcome: Outcome } => ({
    outcome: { kind: 'retry', reason: error.message, errorClass: error.name, afterSeconds },
  });
  if (unavailable?.effect === 'not-done' && !stillUnknown) {
    const { state, why } = held.item;
    const item = await context.dependencies.table.completeClaim(held.item, held.token, { state, why });
    return { ...retry(unavailable.retryAfter), ...(item !== 'changed' && { item }) };
  }
  const lease = Math.ceil(context.dependencies.claimLeaseMs / 1000);
  return { ...retry(Math.max(lease, unavailable?.retryAfter ?? 0)), item: held.item };
}
