import type { Attempt, TimeLeft } from '../actions/action.ts';
import { articleOf } from '../returns/article.ts';
import { noticeOfMany } from '../returns/notice.ts';
import { type OrderSnapshot, returnIn } from '../returns/order.ts';
import { returnId } from '../returns/return-item.ts';
import { isInDailyNotice, isOverdue, patienceSeconds, toNotify } from '../returns/tasks.ts';
import { errorClass, logAlarm, logInfo, logWarning } from '../runtime/log.ts';
import { addSeconds, isoTime } from '../runtime/time.ts';
import { keys, unmappedTask } from '../table/keys.ts';
import type { OpenTask } from '../table/open-task.ts';
import { keepOrder } from '../table/retention.ts';
import { someOf, type TaskEntry } from '../table/tasks-index.ts';
import { advance } from '../worker/advance.ts';
import { publishNotice } from '../worker/publish-notice.ts';
import type { ReconcilerDependencies } from './reconcile-return.ts';

/** The most notices in one run. After a long outage more may be pending, and the run must also poll IGF. */
const mostNotices = 100;
/** The most overdue returns in one run. They leave the partition, so the next run continues with the others. */
const mostOverdue = 200;
/** The longest that advancing one return, or writing, publishing and marking its notice takes, in milliseconds. */
const oneReturnMs = 30_000;

/** Works on returns one by one while this run has time. One that fails is logged, and does not stop the others. */
async function forEach(
  entries: readonly TaskEntry[],
  { table }: Pick<ReconcilerDependencies, 'table'>,
  { eventId }: Pick<Attempt, 'eventId'>,
  timeLeft: TimeLeft,
  [failedStep, work]: [string, (order: OrderSnapshot, entry: TaskEntry) => Promise<unknown>],
): Promise<void> {
  for (const entry of entries) {
    if (timeLeft() < oneReturnMs) return;
    const { orderId } = entry;
    try {
      await work(await table.readOrder(orderId), entry);
    } catch (error) {
      const line = { eventId, orderId, returnId: returnId(entry), reason: errorClass(error) };
      logWarning({ step: failedStep, ...line });
    }
  }
}

/**
 * Publishes the notices that an earlier attempt could not publish. The message of a worker repeats that, unless it was
 * parked meanwhile, but a run of the reconciler has no message.
 */
export async function publishPendingNotices(
  dependencies: ReconcilerDependencies,
  eventId: string,
  timeLeft: TimeLeft,
): Promise<void> {
  const { index, table, now } = dependencies;
  const isPending = (entry: TaskEntry): boolean => toNotify(entry).length > 0;
  const pending: TaskEntry[] = [];
  const collect = async (kind: OpenTask['task'], isWanted: (entry: TaskEntry) => boolean) =>
    pending.push(...(await someOf(index.waiting(kind), isWanted, mostNotices - pending.length)));
  await collect('ATTENTION', isPending);
  for (const term of await table.readUnmappedTerms()) {
    let isAwaited = false;
    await collect(unmappedTask(term), (entry) => {
      isAwaited = true;
      return isPending(entry);
    });
    // The note of a term, which a customer may have written, ends when no return waits for its mapping.
    if (isAwaited) await table.noteUnmapped(term, isoTime(now()));
  }
  const publish = async (order: OrderSnapshot, entry: TaskEntry) => {
    const item = returnIn(order, entry);
    if (item) await publishNotice(item, eventId, dependencies, articleOf(order, item)?.poNumber);
  };
  await forEach(pending, dependencies, { eventId }, timeLeft, ['not-notified', publish]);
}

/** Decides again about returns that have waited for a day, which no webhook reports. They ask a person then. */
export async function advanceOverdue(
  dependencies: ReconcilerDependencies,
  attempt: Attempt,
  timeLeft: TimeLeft,
): Promise<void> {
  const now = isoTime(dependencies.now());
  const waiting = dependencies.index.waiting('WAITING', addSeconds(now, -patienceSeconds));
  const overdue = await someOf(waiting, (entry) => isOverdue(entry, now), mostOverdue);
  await forEach(overdue, dependencies, attempt, timeLeft, [
    'not-reconciled',
    (order, entry) => advance(order, attempt, dependencies, timeLeft, [entry]),
  ]);
}

/** Renews the documents of waiting returns. A worker does it with a webhook, but a return may wait for longer. */
export async function keepWaitingOrders(
  dependencies: Pick<ReconcilerDependencies, 'index' | 'table' | 'policy' | 'now'>,
  attempt: Attempt,
  timeLeft: TimeLeft,
): Promise<void> {
  const { index, table, now, policy } = dependencies;
  const terms = (await table.readUnmappedTerms()).map(unmappedTask);
  for (const task of ['ATTENTION', 'OPEN', 'WAITING', ...terms] as const) {
    const waiting = await someOf(index.waiting(task), () => true);
    const keep = (order: OrderSnapshot) => keepOrder(order, table, { now, ...policy });
    await forEach(waiting, dependencies, attempt, timeLeft, ['not-reconciled', keep]);
  }
}

/**
 * Publishes one notice a day of all returns that wait for shipments from before the bridge's first delivery. In the
 * first days every return does.
 */
export async function publishDailyNotice(
  { index, table, notify, deployment, now }: ReconcilerDependencies,
  eventId: string,
): Promise<void> {
  const isWaiting = ({ tasks }: TaskEntry): boolean => tasks?.some(isInDailyNotice) ?? false;
  const waiting = await someOf(index.waiting('ATTENTION'), isWaiting);
  if (waiting.length === 0 || (await table.claimDailyNotice(isoTime(now()))) === 'published') return;
  const notice = noticeOfMany(
    deployment,
    `${waiting.length === 1 ? '1 return waits' : `${waiting.length} returns wait`} for shipments from before the bridge's first delivery`,
    waiting.map((item) => ({ ...item, ...keys.return(item) })),
  );
  try {
    await notify(notice);
    logInfo({ step: 'attention', eventId, reason: notice.subject });
  } catch (error) {
    logAlarm('not-notified', { eventId, reason: errorClass(error) });
    await table.releaseDailyNotice();
  }
}
