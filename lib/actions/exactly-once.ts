import {
  IgfError,
  type IgfRefusal,
  IgfRejectedError,
  IgfUnavailableError,
  isRefusal,
} from '../igf/errors.ts';
import type { PendingCall, ReturnItem } from '../returns/return-item.ts';
import { isoTime } from '../runtime/time.ts';
import type { ClaimOutcome } from '../table/orders.ts';
import { type ActionContext, type ActionResult, requireTimeForCall, writeItem } from './action.ts';
import { asDecided, decided, retryLater } from './explain.ts';

/**
 * Makes a call to IGF exactly once, although IGF has no idempotency key.
 *
 * 1. **Claim.** A conditional write stores `pendingCall`: which call this is, and until when nobody else may act. The
 *    condition is the revision that the decision was made from, so only one of several workers goes on. The claim may be
 *    written with the facts that it follows from. Then the order is read and the return decided again, and a claim that
 *    the new decision does not want is released.
 * 2. **Look.** When an earlier call of this kind has an unknown outcome (`checkFirst`), the worker looks at IGF whether
 *    it was done. If it was not, the worker releases the claim and decides again.
 * 3. **Call.**
 * 4. **Complete**: one conditional write under the claim's token stores the result and removes `pendingCall`.
 *    **Refuse**: IGF refuses permanently. The worker looks once more first: IGF may refuse a call that it has done.
 *    **Keep**: the outcome is unknown, or IGF does not answer what happened beside the call, so the claim stays.
 *
 * A worker that crashes before step 1 has done nothing. One that crashes between 1 and 4, or loses the answer, leaves
 * `pendingCall` behind. The claim outlasts the function's timeout and the time in which IGF may still commit a call.
 * So when it has ended, no call is underway, and the next attempt finds at IGF what the call did, if anything.
 */
interface GuardedCall<Done> extends Pick<PendingCall, 'operation' | 'request'> {
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
  /** What is stored when the look shows that nothing was done. */
  notDone?: ClaimOutcome;
  /**
   * What is stored when the call is done. It may look at IGF for what happened meanwhile.
   * @throws IgfError when IGF gave no answer. The claim stays, and a later attempt looks for the result again.
   */
  done(result: Done, item: ReturnItem): Promise<ClaimOutcome> | ClaimOutcome;
  /** What is stored when IGF refuses the call permanently. Absent when a refusal is retried like an outage. */
  refused?(error: IgfRefusal, item: ReturnItem): Refused;
  /** True when IGF never refuses a call because it is done already. Then a refusal needs no look. */
  believesRefusal?: boolean;
  /** Called when the result of the call could not be stored: the table failed, or the claim was lost. */
  notStored?(result: Done, item: ReturnItem, cause: 'failed' | 'changed'): Promise<void>;
}

/** Without the key `refusal` the refusal itself is stored too. `attention`: what a person must do, a sentence. */
type Refused = Omit<ClaimOutcome, 'refusal'> & { refusal?: undefined; attention?: string };

interface Claim<Done> {
  context: ActionContext;
  call: GuardedCall<Done>;
  item: ReturnItem;
  token: string;
}

/** @throws OutOfTimeError before anything is claimed, and the errors of the table */
export async function exactlyOnce<Done>(
  context: ActionContext,
  call: GuardedCall<Done>,
): Promise<ActionResult> {
  const claim = await claimReturn(context, call);
  if (claim === 'changed') return { next: claim };
  if (call.checkFirst || !call.call) return look(claim);
  let result: Done;
  try {
    result = await call.call(claim.item);
  } catch (error) {
    return isRefusal(error) && call.refused
      ? refuse(claim, call.refused(error, claim.item), error)
      : keepOrRelease(claim, error);
  }
  return complete(claim, result);
}

async function claimReturn<Done>(
  context: ActionContext,
  call: GuardedCall<Done>,
): Promise<Claim<Done> | 'changed'> {
  requireTimeForCall(context);
  const item = context.claimed ?? (await writeItem(context, withClaim(context, call)));
  return item === 'changed' ? item : { context, call, item, token: item.pendingCall?.token ?? '' };
}

/** The return with its decision and the claim on the call. */
export function withClaim(
  context: ActionContext,
  { operation, request, claimed = {} }: Pick<GuardedCall<unknown>, 'operation' | 'request' | 'claimed'>,
): ReturnItem {
  const { now, newToken, claimLeaseMs } = context.dependencies;
  const pendingCall = { operation, request, token: newToken(), until: isoTime(now() + claimLeaseMs) };
  return { ...asDecided(context), ...claimed, pendingCall };
}

/** A look that IGF refuses says nothing about the call: its outcome stays unknown. */
async function look<Done>(claim: Claim<Done>): Promise<ActionResult> {
  let found: Done | undefined;
  try {
    found = await claim.call.find(claim.item);
  } catch (error) {
    return keepOrRelease(claim, error);
  }
  return found === undefined ? store(claim, claim.call.notDone ?? {}) : complete(claim, found);
}

/** Handles a refusal. It is permanent, unless IGF has done the call already and refuses to do it twice. */
async function refuse<Done>(claim: Claim<Done>, refused: Refused, error: IgfRefusal): Promise<ActionResult> {
  const { context, call, item } = claim;
  if (error instanceof IgfRejectedError && !call.believesRefusal) {
    let found: Done | undefined;
    try {
      found = await call.find(item);
    } catch (unanswered) {
      // The call was sent and the look failed, so the outcome is unknown.
      return keep(claim, unanswered);
    }
    if (found !== undefined) return complete(claim, found);
  }
  const { attention, ...outcome } = refused;
  const at = isoTime(context.dependencies.now());
  const { eventId, enqueuedAt } = context.attempt;
  const refusal = { eventId, enqueuedAt, at, request: call.request, reason: error.message, attention };
  return store(claim, { refusal, ...outcome } as ClaimOutcome);
}

/** The call is done. When IGF then gives no answer, the claim stays. */
async function complete<Done>(claim: Claim<Done>, result: Done): Promise<ActionResult> {
  const { call, item } = claim;
  try {
    const outcome = await call.done(result, item);
    const stored = await store(claim, outcome).catch(async (error: unknown) => {
      await call.notStored?.(result, item, 'failed');
      throw error;
    });
    if (stored.next === 'changed') await call.notStored?.(result, item, 'changed');
    return stored;
  } catch (error) {
    return keep(claim, error);
  }
}

/**
 * Stores the result of the call, if it did anything, and releases the claim. The worker then decides again about the stored
 * return, without a pending call.
 */
async function store({ context, item, token }: Claim<unknown>, outcome: ClaimOutcome) {
  const { decision, dependencies } = context;
  const { decisions } = decided(item, { ...decision, ...outcome }, isoTime(dependencies.now()));
  return { next: await dependencies.table.completeClaim(item, token, { ...outcome, decisions }) };
}

/** Releases the claim when neither this call nor an earlier one changed anything. @throws all but `IgfError`s */
async function keepOrRelease(claim: Claim<unknown>, error: unknown): Promise<ActionResult> {
  const notDone = error instanceof IgfUnavailableError && error.effect === 'not-done';
  if (!notDone || claim.context.item.pendingCall) return keep(claim, error);
  const { next } = await store(claim, {});
  return { outcome: retryLater(error), item: next === 'changed' ? claim.item : next };
}

/** The claim stays. The first attempt after its end looks at IGF first. */
function keep({ context, item }: Claim<unknown>, error: unknown): ActionResult {
  if (!(error instanceof IgfError)) throw error;
  return { outcome: retryLater(error, Math.ceil(context.dependencies.claimLeaseMs / 1000)), item };
}
