import { type Notice, noticeOfMany } from '../returns/notice.ts';
import { isInDailyNotice } from '../returns/tasks.ts';
import { errorClass, logInfo, logWarning } from '../runtime/log.ts';
import { isoTime } from '../runtime/time.ts';
import type { TaskEntry } from '../table/tasks-index.ts';
import type { ReconcilerDependencies } from './reconcile-return.ts';

/**
 * Publishes one notice a day with the returns that wait for shipments from before the bridge's first delivery. On the
 * first days every return is like that.
 */
export async function publishDailyNotice(
  { index, table, notify, now }: ReconcilerDependencies,
  eventId: string,
): Promise<void> {
  const waiting: TaskEntry[] = [];
  for await (const entry of index.waiting('ATTENTION'))
    if (entry.tasks?.some(isInDailyNotice)) waiting.push(entry);
  if (waiting.length === 0 || (await table.claimDailyNotice(isoTime(now()))) === 'published') return;
  const notice: Notice = noticeOfMany(
    `${waiting.length === 1 ? '1 return waits' : `${waiting.length} returns wait`} for shipments from before the bridge's first delivery`,
    waiting,
  );
  try {
    await notify(notice);
    logInfo({ step: 'attention', eventId, reason: notice.subject });
  } catch (error) {
    logWarning({ step: 'not-notified', eventId, reason: errorClass(error) });
    await table.releaseDailyNotice();
  }
}
