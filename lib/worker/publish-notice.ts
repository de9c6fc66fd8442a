import type { AdvanceDependencies } from '../actions/action.ts';
import { busy, type Outcome } from '../actions/action.ts';
import { isEqual } from '../returns/merge.ts';
import { noticeOf } from '../returns/notice.ts';
import { type ReturnItem, returnId, type Task } from '../returns/return-item.ts';
import { isToMap, toNotify } from '../returns/tasks.ts';
import { errorClass, logAlarm, logInfo } from '../runtime/log.ts';
import { isoTime } from '../runtime/time.ts';
import { keys } from '../table/keys.ts';
import { updateReturn } from '../table/optimistic-update.ts';

/**
 * Publishes the attention of a return, once for each set of tasks: other words of a known task are no news. A lease is
 * written first, so that only one attempt publishes, and `notifiedOf` afterwards. After a crash in between, the next
 * attempt at the message publishes, perhaps a second time.
 * @param poNumber the reseller's own number of the order, if it is known
 * @returns the outcome when the notice could not be published now; `changed` when another worker wrote the return
 * @throws ContendedError
 */
export async function publishNotice(
  item: ReturnItem,
  eventId: string,
  { table, notify, deployment, now, claimLeaseMs }: AdvanceDependencies,
  poNumber?: string,
): Promise<Outcome[] | 'changed'> {
  const { attention, tasks, noticeLease } = item;
  const due = toNotify(item);
  if (!attention || !tasks || due.length === 0) return [];
  const left = isEqual(noticeLease?.tasks, tasks) ? Date.parse(noticeLease?.until ?? '') - now() : 0;
  if (left > 0) return [busy('another attempt is publishing the notice of the return', left)];

  const until = isoTime(now() + claimLeaseMs);
  const content = { ...item, noticeLease: { tasks, until } };
  if ((await table.write({ kind: 'return', content })) === 'changed') return 'changed';

  const { orderId, unmappedTerm } = item;
  // Several returns may need the mapping of one term. Only one of them publishes a notice of it.
  const isOfTerm = unmappedTerm && due.every(isToMap);
  if (!isOfTerm || (await table.claimTermNotice(unmappedTerm, item)) === 'ours') {
    const line = { eventId, orderId, returnId: returnId(item) };
    try {
      await notify(noticeOf(item, attention, { ...keys.return(item), poNumber, deployment }));
    } catch (error) {
      logAlarm('not-notified', { ...line, reason: errorClass(error) });
      // SNS refuses this notice at every attempt. The reconciler tries it with each run, which keeps the alarm on.
      if (errorClass(error).startsWith('InvalidParameter')) return [];
      const reason = 'the notice of the return could not be published';
      const afterSeconds = Math.ceil(claimLeaseMs / 1000);
      return [{ kind: 'retry', reason, errorClass: errorClass(error), afterSeconds }];
    }
    logInfo({ step: 'attention', ...line, reason: attention });
  }
  await markNotified({ ...content, rev: content.rev + 1 }, tasks, table);
  return [];
}

/** Records the published notice, unless the tasks have changed since. */
async function markNotified(
  item: ReturnItem,
  tasks: Task[],
  table: AdvanceDependencies['table'],
): Promise<void> {
  const mark = (known: ReturnItem): ReturnItem | undefined =>
    isEqual(known.tasks, tasks) ? { ...known, notifiedOf: tasks, noticeLease: undefined } : undefined;
  // The item was written a moment ago, so the first attempt does not read it.
  const content = mark(item);
  if (content && (await table.write({ kind: 'return', content })) === 'changed') {
    await updateReturn(item, mark, table);
  }
}
