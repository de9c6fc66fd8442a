import type { TimeLeft } from '../actions/context.ts';
import { igfTimeoutSeconds } from '../config/timing.ts';
import { logInfo } from '../runtime/log.ts';
import type { TaskEntry, TasksIndex } from '../table/tasks-index.ts';
import { withBudget } from './call-budget.ts';
import { publishPendingNotices } from './pending-notices.ts';
import { mostCalls } from './poll-igf.ts';
import { needsReview, staleSince } from './poll-schedule.ts';
import { type ReconcilerDependencies, reconcileReturn } from './reconcile-return.ts';

/** What a run did, in returns and in calls to IGF. */
export interface Report {
  looked: number;
  /** Returns whose state is another one now: what webhooks missed. */
  repaired: number;
  failed: number;
  calls: number;
  /** Why it ended before it had looked at everything; the next run goes on from there. */
  stopped?: string;
}

export interface ReconcilerLimits {
  /** The most calls to IGF in one run. */
  calls: number;
}

/** One return takes that long at most: every call as long as it may, and the table's. In milliseconds. */
const roomForOneMs = (mostCalls * igfTimeoutSeconds + 15) * 1000;

/** So many returns in a row without an answer, and IGF is down: waiting out each timeout would help nobody. */
const mostUnanswered = 5;

/**
 * Compares the returns that IGF did not tell anything of for a while with what IGF answers, and repairs what webhooks
 * missed. Asking moves a return behind the others, so a run that ends early is gone on with by the next one.
 */
export async function reconcile(
  dependencies: ReconcilerDependencies,
  limits: ReconcilerLimits,
  timeLeft: TimeLeft,
): Promise<Report> {
  const report: Report = { looked: 0, repaired: 0, failed: 0, calls: 0 };
  const now = new Date(dependencies.now()).toISOString();
  const attempt = { eventId: `reconciler-${dependencies.newToken()}`, enqueuedAt: now };
  await publishPendingNotices(dependencies, attempt.eventId, timeLeft);
  if (dependencies.policy.mode === 'observe')
    return finished({ ...report, stopped: 'mode=observe asks nothing' });

  const budget = withBudget(dependencies.igf, limits.calls);
  const within = { ...dependencies, igf: budget.igf };
  let unanswered = 0;
  for await (const entry of stalestFirst(dependencies.index, now)) {
    if (budget.left() < mostCalls) report.stopped = 'the calls of this run are spent';
    else if (timeLeft() < roomForOneMs) report.stopped = 'the time of this run is over';
    else if (unanswered >= mostUnanswered || dependencies.circuit?.refusal())
      report.stopped = 'ItGoesForward does not answer';
    if (report.stopped) break;

    const left = await reconcileReturn(entry, attempt, within, timeLeft);
    if (left === 'not-asked') continue;
    unanswered = left === 'unanswered' ? unanswered + 1 : 0;
    report.looked += 1;
    if (left === 'repaired') report.repaired += 1;
    if (left === 'failed' || left === 'unanswered') report.failed += 1;
  }
  return finished({ ...report, calls: budget.made() });
}

function finished(report: Report): Report {
  const { stopped: why, ...counts } = report;
  logInfo({ step: 'reconciled', ...counts, why });
  return report;
}

const heard = ({ lastUpdateAt }: TaskEntry): string => lastUpdateAt ?? '';

/** What waits for IGF comes so from the index; what also waits for a human is sorted by that there, and joins in here. */
async function* stalestFirst(index: TasksIndex, now: string): AsyncGenerator<TaskEntry> {
  const flagged: TaskEntry[] = [];
  for await (const entry of index.waiting('ATTENTION')) if (needsReview(entry, now)) flagged.push(entry);
  flagged.sort((one, other) => (heard(one) < heard(other) ? -1 : 1));
  for await (const entry of index.waiting('OPEN', staleSince(now))) {
    while (flagged[0] && heard(flagged[0]) < heard(entry)) yield* flagged.splice(0, 1);
    if (needsReview(entry, now)) yield entry;
  }
  yield* flagged;
}
