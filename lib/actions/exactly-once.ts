import { igfTimeoutSeconds, storingSeconds } from '../config/timing.ts';
import {
  IgfError,
  type IgfRefusal,
  IgfRejectedError,
  IgfUnavailableError,
  isRefusal,
} from '../igf/errors.ts';
import { isEqual } from '../returns/merge.ts';
import type { PendingCall, ReturnItem } from '../returns/return-item.ts';
import { attentionFields } from '../returns/tasks.ts';
import { isoTime } from '../runtime/time.ts';
import type { ClaimOutcome } from '../table/orders.ts';
import type { ActionResult } from './action.ts';
import type { ActionContext, TimeLeft } from './context.ts';
import { writeItem } from './context.ts';
import type { Outcome } from './outcome.ts';

/**
 * Makes a call to IGF exactly once, although IGF has no idempotency key.
 *
 * 1. **Claim.** A conditional write stores `pendingCall`: which call this is, and until when nobody else may
 *    act. The condition is the revision that the decision was made from, so only one of several workers goes
 *    on.
 * 2. **Look.** When an earlier call of this kind has an unknown outcome (`checkFirst`), the worker looks at
 *    IGF whether it was done. If it was not, the worker releases the claim and decides again about the
 *    current return.
 * 3. **Call.**
 * 4. **Complete**: one conditional write under the claim's token stores the result of the call and removes
 *    `pendingCall`.
 *    **Refuse**: IGF refuses permanently. The worker looks once more first, because IGF may refuse a call
 *    that it has already done.
 *    **Keep**: the outcome is unknown, or IGF does not answer what happened beside the call, so the claim stays.
 *
 * The crash windows: a worker that crashes before step 1 has done nothing. A worker that crashes between 1
 * and 4, or that loses the answer, leaves `pendingCall` behind. The claim lasts longer than the function's
 * timeout plus the time in which IGF may still commit a call. When the claim has ended, no call can be
 * underway any more. The next attempt then looks at IGF: it finds the result of the call, or that the call
 * did nothing.
 */
export interface GuardedCall<Done> extends Pick<PendingCall, 'operation' | 'request'> {
  /** Whether an earlier call may have done it already. */
  checkFirst: boolean;
  /** Stored with the claim: what a later attempt needs to find the result of the call. */
  claimed?: Partial<ReturnItem>;
  /**
   * Looks at IGF for the result of an earlier call.
   * @returns `undefined` when that call surely did nothing
   * @throws IgfError when IGF gave no clean answer
   */
  find(item: ReturnItem): Promise<Done | undefined>;
  /** Makes the call. Absent when this action only looks for the result of an earlier call. */
  call?(item: ReturnItem): Promise<Done>;
  /** What is stored, beside state and reason, when the look shows that nothing was done. */
  notDone?: Pick<ClaimOutcome, 'match'>;
  /**
   * What is stored when the call is done. It may look at IGF for what happened meanwhile.
   * @throws IgfError when IGF gave no answer. The claim stays, and a later attempt looks for the result again.
   */
  done(result: Done, item: ReturnItem): Promise<ClaimOutcome> | ClaimOutcome;
  /**
   * What is stored when IGF refuses the call permanently. Absent when a refusal is retried like an outage.
   */
  refused?(error: IgfRefusal, item: ReturnItem): Refused;
  /** True when IGF never refuses a call because it is done already. Then a refusal needs no look. */
  believesRefusal?: boolean;
  /** Called when the result of the call could not be stored: the table failed, or the claim was lost. */
  notStored?(result: Done, item: ReturnItem, cause: 'failed' | 'changed'): Promise<void>;
}

/** The return as it is stored, or `changed` when the claim was lost meanwhile. */
type Stored = { next: ReturnItem | 'changed' };

/**
 * The refusal itself is stored too, unless the key `refusal` is present. `attention`: what a person must do about it, a
 * sentence.
 */
type Refused = Omit<ClaimOutcome, 'refusal'> & { refusal?: undefined; attention?: string };

/** The return while this attempt holds the claim on it. */
interface Claimed {
  item: ReturnItem;
  token: string;
}

/** @throws OutOfTimeError, and the errors of the table */
export async function exactlyOnce<Done>(
  context: ActionContext,
  call: GuardedCall<Done>,
): Promise<ActionResult> {
  const claimed = await claim(context, call);
  if (claimed === 'changed') return { next: claimed };
  if (call.checkFirst || !call.call) return look(context, claimed, call);
  let result: Done;
  try {
    result = await call.call(claimed.item);
  } catch (error) {
    const { refused } = call;
    if (!isRefusal(error) || !refused) return keepOrRelease(context, claimed, error);
    return refuse(context, claimed, { ...call, refused }, error);
  }
  return complete(context, claimed, call, result);
}

/** A look that IGF refuses says nothing about the call: its outcome stays unknown. */
async function look<Done>(
  context: ActionContext,
  claimed: Claimed,
  call: GuardedCall<Done>,
): Promise<ActionResult> {
  let found: Done | undefined;
  try {
    found = await call.find(claimed.item);
  } catch (error) {
    return keepOrRelease(context, claimed, error);
  }
  if (found !== undefined) return complete(context, claimed, call, found);
  return release(context, claimed, call.notDone);
}

/** Handles a refusal. It is permanent, unless IGF has done the call already and refuses to do it twice. */
async function refuse<Done>(
  context: ActionContext,
  claimed: Claimed,
  call: GuardedCall<Done> & Required<Pick<GuardedCall<Done>, 'refused'>>,
  error: IgfRefusal,
): Promise<ActionResult> {
  if (error instanceof IgfRejectedError && !call.believesRefusal) {
    let found: Done | undefined;
    try {
      found = await call.find(claimed.item);
    } catch (unanswered) {
      // The call was sent and the look failed, so the outcome is unknown.
      return keep(context, claimed, unanswered);
    }
    if (found !== undefined) return complete(context, claimed, call, found);
  }
  const { attempt, dependencies } = context;
  const { attention, ...outcome } = call.refused(error, claimed.item);
  const refusal = {
    ...attempt,
    at: isoTime(dependencies.now()),
    request: call.request,
    reason: error.message,
    attention,
  };
  return store(context, claimed, { refusal, ...outcome } as ClaimOutcome);
}

/** The call is done. When IGF then gives no answer, the claim stays. */
async function complete<Done>(
  context: ActionContext,
  claimed: Claimed,
  call: GuardedCall<Done>,
  result: Done,
): Promise<ActionResult> {
  const { item } = claimed;
  try {
    const outcome = await call.done(result, item);
    const stored = await store(context, claimed, outcome).catch(async (error: unknown) => {
      await call.notStored?.(result, item, 'failed');
      throw error;
    });
    if (stored.next === 'changed') await call.notStored?.(result, item, 'changed');
    return stored;
  } catch (error) {
    return keep(context, claimed, error);
  }
}

/** Whether this invocation has time for a call to IGF and for storing its answer. */
export const igfCallFits = (timeLeft: TimeLeft): boolean =>
  timeLeft() >= (igfTimeoutSeconds + storingSeconds) * 1000;

/** This invocation has too little time left for a call to IGF and for storing its answer. */
export class OutOfTimeError extends Error {
  override readonly name = 'OutOfTimeError';
}

/** @throws OutOfTimeError before anything is claimed, when too little time is left for a call to IGF */
async function claim<Done>(
  context: ActionContext,
  { operation, request, claimed = {} }: GuardedCall<Done>,
): Promise<Claimed | 'changed'> {
  const { dependencies, timeLeft } = context;
  if (!igfCallFits(timeLeft)) throw new OutOfTimeError('no time left for a call to IGF');
  const token = dependencies.newToken();
  const until = isoTime(dependencies.now() + dependencies.claimLeaseMs);
  const pendingCall = { operation, request, token, until };
  const item = await writeItem(context, { ...asDecided(context), ...claimed, pendingCall });
  return item === 'changed' ? item : { item, token };
}

/** The return with its decision, before the call. */
function asDecided({ item, decision, dependencies }: ActionContext): ReturnItem {
  const { state, why, rule } = decision;
  const attentionChange = {
    ...attentionFields(item, decision, isoTime(dependencies.now())),
    // The call may only interrupt a task, which then needs no second notice.
    notifiedOf: item.notifiedOf,
  };
  const nothingAwaited = { unmappedTerm: undefined, waits: undefined, waitingSince: undefined };
  return { ...item, state, why, rule, ...attentionChange, ...nothingAwaited, observedOnly: undefined };
}

/**
 * IGF must not be called now, so nothing is claimed. The first attempt writes the decision. A later attempt
 * finds it and writes nothing.
 * @param reason why IGF is not called
 */
export const deferWhileDown = (context: ActionContext, reason: string): Promise<ActionResult> =>
  defer(context, {
    kind: 'retry',
    reason: `not called: ${reason}`,
    errorClass: 'IgfUnavailableError',
  });

/**
 * IGF gave no answer before anything was claimed.
 * @throws any error that is not an `IgfError`
 */
export function deferUnanswered(context: ActionContext, error: unknown): Promise<ActionResult> {
  if (!(error instanceof IgfError)) throw error;
  const afterSeconds = error instanceof IgfUnavailableError ? error.retryAfter : undefined;
  return defer(context, retryLater(error, afterSeconds));
}

/** Writes the decision without its call. */
async function defer(context: ActionContext, outcome: Outcome): Promise<ActionResult> {
  const content = asDecided(context);
  if (isEqual(content, context.item)) return { outcome };
  const item = await writeItem(context, content);
  return item === 'changed' ? { next: item } : { outcome, item };
}

/**
 * Stores the result of the call and releases the claim. The worker then decides again about the stored
 * return.
 */
async function store(
  { dependencies }: ActionContext,
  { item, token }: Claimed,
  outcome: ClaimOutcome,
): Promise<Stored> {
  return { next: await dependencies.table.completeClaim(item, token, outcome) };
}

/** Releases the claim. The call did nothing, so the next decision is made without a pending call. */
const release = (
  context: ActionContext,
  claimed: Claimed,
  change: GuardedCall<unknown>['notDone'] = {},
): Promise<Stored> => {
  const { state, why } = claimed.item;
  return store(context, claimed, { state, why, ...change });
};

/**
 * Handles a call without a usable answer. The claim is released when the call surely changed nothing and no
 * earlier call has an unknown outcome.
 * @throws any error that is not an `IgfError`
 */
async function keepOrRelease(
  context: ActionContext,
  claimed: Claimed,
  error: unknown,
): Promise<ActionResult> {
  const notDone = error instanceof IgfUnavailableError && error.effect === 'not-done';
  if (!notDone || context.item.pendingCall) return keep(context, claimed, error);
  const { next } = await release(context, claimed);
  return { outcome: retryLater(error, error.retryAfter), ...(next !== 'changed' && { item: next }) };
}

/** The claim stays. The first attempt after its end looks at IGF first. */
function keep({ dependencies }: ActionContext, { item }: Claimed, error: unknown): ActionResult {
  if (!(error instanceof IgfError)) throw error;
  const lease = Math.ceil(dependencies.claimLeaseMs / 1000);
  const wanted = error instanceof IgfUnavailableError ? (error.retryAfter ?? 0) : 0;
  return { outcome: retryLater(error, Math.max(lease, wanted)), item };
}

const retryLater = (error: IgfError, afterSeconds: number | undefined): Outcome => ({
  kind: 'retry',
  reason: error.message,
  errorClass: error.name,
  afterSeconds,
});
