import type { TimeLeft } from '../actions/context.ts';
import { articleOf } from '../returns/article.ts';
import { returnIn } from '../returns/order.ts';
import { returnId } from '../returns/return-item.ts';
import { needsNotice } from '../returns/tasks.ts';
import { errorClass, logAlarm } from '../runtime/log.ts';
import { unmappedTask } from '../table/keys.ts';
import type { OpenTask } from '../table/open-task.ts';
import type { TaskEntry } from '../table/tasks-index.ts';
import { publishNotice } from '../worker/publish-notice.ts';
import type { ReconcilerDependencies } from './reconcile-return.ts';

/** The most notices in one run. After a long outage more may be pending, and the run must also poll IGF. */
const mostNotices = 100;
/** The longest that writing, publishing and marking one notice takes, in milliseconds. */
const oneNoticeMs = 30_000;

/** Returns that need a person and whose notice was not published. */
async function pendingNotices({ index, table }: ReconcilerDependencies): Promise<TaskEntry[]> {
  const pending: TaskEntry[] = [];
  const kinds: OpenTask['task'][] = ['ATTENTION', ...(await table.readUnmappedTerms()).map(unmappedTask)];
  for (const kind of kinds) {
    for await (const entry of index.waiting(kind)) {
      if (needsNotice(entry)) pending.push(entry);
      if (pending.length === mostNotices) return pending;
    }
  }
  return pending;
}

/**
 * Publishes the notices that an earlier attempt could not publish. A worker does this when its message is retried. A run of
 * the reconciler has no message, and a worker's message may have been parked while nothing could be published.
 */
export async function publishPendingNotices(
  dependencies: ReconcilerDependencies,
  eventId: string,
  timeLeft: TimeLeft,
): Promise<void> {
  for (const entry of await pendingNotices(dependencies)) {
    if (timeLeft() < oneNoticeMs) return;
    const { orderId } = entry;
    try {
      const order = await dependencies.table.readOrder(orderId);
      const item = returnIn(order, entry);
      if (item) await publishNotice(item, eventId, dependencies, articleOf(order, item)?.poNumber);
    } catch (error) {
      const line = { eventId, orderId, returnId: returnId(entry), reason: errorClass(error) };
      logAlarm('not-notified', line);
    }
  }
}
