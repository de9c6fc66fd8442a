import type { AdvanceDependencies, Attempt, TimeLeft } from '../actions/action.ts';
import { IgfUnavailableError } from '../igf/errors.ts';
import { recordAnswers } from '../record/link.ts';
import { returnIn } from '../returns/order.ts';
import { type ReturnItem, returnId } from '../returns/return-item.ts';
import { errorClass, logInfo, logWarning } from '../runtime/log.ts';
import { isoTime } from '../runtime/time.ts';
import type { TaskEntry, TasksIndex } from '../table/tasks-index.ts';
import { advance } from '../worker/advance.ts';
import { pollIgf } from './poll-igf.ts';
import { needsPoll, needsReview } from './poll-schedule.ts';

export interface ReconcilerDependencies extends AdvanceDependencies {
  index: TasksIndex;
}

/** The result for one return. `unanswered`: IGF gave no answer. `skipped`: there was nothing to do. */
export type Reconciled = 'unchanged' | 'repaired' | 'failed' | 'unanswered' | 'skipped';

const hasAdvanced = (before: ReturnItem, after: ReturnItem): boolean =>
  after.state !== before.state || (after.refundDue ?? false) !== (before.refundDue ?? false);

/**
 * Polls IGF about one return if that may show something new, records the answers as if events had reported them, and
 * advances the return. Then it is behind all others in the index, also after a failure. Never throws: one failure must
 * not stop the run.
 */
export async function reconcileReturn(
  entry: TaskEntry,
  attempt: Attempt,
  dependencies: ReconcilerDependencies,
  timeLeft: TimeLeft,
): Promise<Reconciled> {
  const { table, igf, index, policy, now } = dependencies;
  const { orderId } = entry;
  const line = { eventId: attempt.eventId, orderId, returnId: returnId(entry) };
  const at = isoTime(now());
  try {
    const before = returnIn(await table.readOrder(orderId), entry);
    // The index may lag a moment behind the table.
    if (before?.listingId === undefined || !needsReview(before, { policy, now: at })) return 'skipped';
    const { listingId } = before;
    const { facts, error } = needsPoll(before, at)
      ? await pollIgf({ ...before, listingId }, igf, at)
      : { facts: [] };
    const order = await recordAnswers(before, facts, dependencies);
    // The return is advanced by the answers that came, even if some are missing. The other returns of the
    // order are not advanced. A call that IGF refuses must park a message of theirs, because nobody can
    // redrive a run of the reconciler.
    const outcome = await advance(order, attempt, dependencies, timeLeft, [entry]);
    const after = returnIn(await table.readOrder(orderId), entry);
    if (after && hasAdvanced(before, after)) {
      logInfo({ step: 'repaired', ...line, state: after.state, why: after.why });
      return 'repaired';
    }
    if (error) throw error;
    // `busy`: a worker is doing the same.
    if (outcome.kind !== 'retry' && outcome.kind !== 'permanent-failure') return 'unchanged';
    logWarning({ step: 'not-reconciled', ...line, reason: outcome.reason });
    return 'failed';
  } catch (error) {
    const unavailable = error instanceof IgfUnavailableError;
    const reason = unavailable ? error.message : errorClass(error);
    logWarning({ step: 'not-reconciled', ...line, reason });
    await index.markPolled(entry, at).catch((failure: unknown) => {
      logWarning({ step: 'not-moved-to-back', ...line, reason: errorClass(failure) });
    });
    return unavailable ? 'unanswered' : 'failed';
  }
}
