import type { Attempt, TimeLeft } from '../actions/context.ts';
import { returnId } from '../returns/return-item.ts';
import { isAnswered, patienceSeconds, shipmentBeforeBridge, waitsTooLong } from '../returns/tasks.ts';
import { errorClass, logWarning } from '../runtime/log.ts';
import { addSeconds, isoTime } from '../runtime/time.ts';
import type { TaskEntry } from '../table/tasks-index.ts';
import { advance } from '../worker/advance.ts';
import type { ReconcilerDependencies } from './reconcile-return.ts';

/** The most returns in one run. They leave the partition, so the next run continues with the others. */
const mostReturns = 200;
/** The longest that one return takes, in milliseconds. */
const oneReturnMs = 30_000;

const isDone = ({ answers }: TaskEntry): boolean =>
  [waitsTooLong, shipmentBeforeBridge].some((task) => isAnswered(answers, { task }));

/**
 * Decides again about the returns that have waited for a day, because no webhook reports that time passes. Each then
 * asks a person, and is in the partition `ATTENTION`.
 */
export async function advanceOverdue(
  dependencies: ReconcilerDependencies,
  attempt: Attempt,
  timeLeft: TimeLeft,
): Promise<void> {
  const { index, table, now } = dependencies;
  const overdue: TaskEntry[] = [];
  for await (const entry of index.waiting('WAITING', addSeconds(isoTime(now()), -patienceSeconds))) {
    if (!isDone(entry)) overdue.push(entry);
    if (overdue.length === mostReturns) break;
  }
  for (const entry of overdue) {
    if (timeLeft() < oneReturnMs) return;
    try {
      const order = await table.readOrder(entry.orderId);
      await advance(order, attempt, dependencies, timeLeft, [entry]);
    } catch (error) {
      const line = { eventId: attempt.eventId, orderId: entry.orderId, returnId: returnId(entry) };
      logWarning({ step: 'not-reconciled', ...line, reason: errorClass(error) });
    }
  }
}
