import type { TimeLeft } from '../actions/context.ts';
import { returnIn } from '../returns/order.ts';
import { returnId } from '../returns/return-item.ts';
import { errorClass, logWarning } from '../runtime/log.ts';
import { unmappedTask } from '../table/keys.ts';
import type { OpenTask } from '../table/open-task.ts';
import type { TaskEntry } from '../table/tasks-index.ts';
import { publishNotice } from '../worker/publish-notice.ts';
import type { ReconcilerDependencies } from './reconcile-return.ts';

/** So many in one run: after a long outage there may be more, and IGF is to be asked too. */
const mostNotices = 100;
/** Writing, publishing and marking one notice takes that long at most, in milliseconds. */
const roomForOneMs = 30_000;

/** What asks people for something that they were not told; what an unknown text holds stands under its text. */
async function pendingIn({ index, table }: ReconcilerDependencies): Promise<TaskEntry[]> {
  const pending: TaskEntry[] = [];
  const kinds: OpenTask['task'][] = ['ATTENTION', ...(await table.readUnmappedTerms()).map(unmappedTask)];
  for (const kind of kinds) {
    for await (const entry of index.waiting(kind)) {
      if (entry.attention !== entry.notifiedOf) pending.push(entry);
      if (pending.length === mostNotices) return pending;
    }
  }
  return pending;
}

/**
 * Tells people what an earlier attempt wrote and could not publishNotice. A worker's message comes back for that; a run of the
 * reconciler has none, and a message may have been given up while nothing could be published.
 */
export async function publishPendingNotices(
  dependencies: ReconcilerDependencies,
  eventId: string,
  timeLeft: TimeLeft,
): Promise<void> {
  for (const entry of await pendingIn(dependencies)) {
    if (timeLeft() < roomForOneMs) return;
    try {
      const item = returnIn(await dependencies.table.readOrder(entry.orderId), entry);
      if (item) await publishNotice(item, eventId, dependencies);
    } catch (error) {
      logWarning({
        step: 'not-told',
        eventId,
        orderId: entry.orderId,
        returnId: returnId(entry),
        reason: errorClass(error),
      });
    }
  }
}
