import type { AdvanceDependencies, Attempt, TimeLeft } from '../actions/context.ts';
import type { IgfFact } from '../facts/igf-facts.ts';
import { IgfUnavailableError } from '../igf/errors.ts';
import { linkToReturn, recordIgfFacts } from '../record/link.ts';
import { isSameReturn, returnIn } from '../returns/order.ts';
import { type ReturnItem, returnId } from '../returns/return-item.ts';
import { errorClass, logInfo, logWarning } from '../runtime/log.ts';
import type { IgfObject } from '../table/keys.ts';
import type { TaskEntry, TasksIndex } from '../table/tasks-index.ts';
import { advance } from '../worker/advance.ts';
import { type PollResult, pollIgf } from './poll-igf.ts';
import { needsPoll, needsReview } from './poll-schedule.ts';

export interface ReconcilerDependencies extends AdvanceDependencies {
  index: TasksIndex;
}

/**
 * How one return was left. `unanswered`: IGF did not answer, which says nothing of the return; `not-asked`: there was
 * nothing to do about it.
 */
export type Reconciled = 'as-it-was' | 'repaired' | 'failed' | 'unanswered' | 'not-asked';

/** Orders and shipments that the return is not known by yet: their events would not find it. */
function newObjects(facts: readonly IgfFact[], item: ReturnItem): IgfObject[] {
  const orders = facts.flatMap(({ order }) => order?.id ?? []).filter((id) => id !== item.igfOrderId);
  const shipments = facts.flatMap(({ shipment }) => shipment?.id ?? []);
  return [
    ...[...new Set(orders)].map((id) => ({ kind: 'ORDER' as const, id })),
    ...shipments.filter((id) => id !== item.igfShipmentId).map((id) => ({ kind: 'SHIPMENT' as const, id })),
  ];
}

const isElsewhere = (after: ReturnItem, before: ReturnItem): boolean =>
  after.state !== before.state || (after.refundDue ?? false) !== (before.refundDue ?? false);

/**
 * Asks IGF about one return where it may answer something new, records that as if events had told it, and advances its
 * order as a worker does.
 * Whatever comes of it, the return is behind those that still wait afterwards. Never throws: one return that can't be
 * worked on must not keep the others waiting.
 */
export async function reconcileReturn(
  entry: TaskEntry,
  attempt: Attempt,
  dependencies: ReconcilerDependencies,
  timeLeft: TimeLeft,
): Promise<Reconciled> {
  const { orderId } = entry;
  const line = { eventId: attempt.eventId, orderId, returnId: returnId(entry) };
  const at = new Date(dependencies.now()).toISOString();
  try {
    const before = returnIn(await dependencies.table.readOrder(orderId), entry);
    // The index may be a moment behind the table.
    if (before?.listingId === undefined || !needsReview(before, at)) return 'not-asked';
    const { listingId } = before;
    const { facts, error }: PollResult = needsPoll(before, at)
      ? await pollIgf({ ...before, listingId }, dependencies.igf, at)
      : { facts: [] };
    for (const object of newObjects(facts, before)) await linkToReturn(object, entry, dependencies);
    const order = await recordIgfFacts(entry, facts, dependencies);
    // What was answered is decided about, whether or not all was. The order's other returns have messages of their own,
    // and what is refused must be refused to one of those: nobody can redrive a run of the reconciler.
    const own = { ...order, returns: order.returns.filter((item) => isSameReturn(entry, item)) };
    const outcome = await advance(own, attempt, dependencies, timeLeft);
    const after = returnIn(await dependencies.table.readOrder(orderId), entry);
    if (after && isElsewhere(after, before)) {
      logInfo({ step: 'repaired', ...line, state: after.state, why: after.why });
      return 'repaired';
    }
    if (error) throw error;
    // Another worker that is busy with the return is as good.
    if (['done', 'skipped', 'busy'].includes(outcome.kind) || !('reason' in outcome)) return 'as-it-was';
    logWarning({ step: 'not-reconciled', ...line, reason: outcome.reason });
    return 'failed';
  } catch (error) {
    const unavailable = error instanceof IgfUnavailableError;
    const reason = unavailable ? error.message : errorClass(error);
    logWarning({ step: 'not-reconciled', ...line, reason });
    await moveToBack(entry, at, dependencies.index, line);
    return unavailable ? 'unanswered' : 'failed';
  }
}

async function moveToBack(
  entry: TaskEntry,
  at: string,
  index: TasksIndex,
  line: { orderId: string; returnId: string },
): Promise<void> {
  try {
    await index.markPolled(entry, at);
  } catch (error) {
    logWarning({ step: 'not-put-behind', ...line, reason: errorClass(error) });
  }
}
