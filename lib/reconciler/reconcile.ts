import type { TimeLeft } from '../actions/action.ts';
import { igfTimeoutSeconds } from '../config/timing.ts';
import { mapped } from '../igf/client.ts';
import { IgfUnavailableError } from '../igf/errors.ts';
import type { Igf } from '../igf/worker-igf.ts';
import { logInfo } from '../runtime/log.ts';
import { isoTime } from '../runtime/time.ts';
import { someOf, type TaskEntry } from '../table/tasks-index.ts';
import {
  advanceOverdue,
  keepWaitingOrders,
  publishDailyNotice,
  publishPendingNotices,
} from './due-returns.ts';
import { mostCalls } from './poll-igf.ts';
import { needsReview, staleSince } from './poll-schedule.ts';
import { type ReconcilerDependencies, reconcileReturn } from './reconcile-return.ts';

/** The counts of a run, in returns and in calls to IGF. */
export interface Report {
  reviewed: number;
  /** Returns whose state has changed, because webhooks were missing. */
  repaired: number;
  failed: number;
  calls: number;
  /** Why the run ended before it had reviewed everything. The next run continues there. */
  stopped?: string;
}

/** The longest that one return takes: every call up to its timeout, and the calls to the table. In milliseconds. */
const oneReturnMs = (mostCalls * igfTimeoutSeconds + 15) * 1000;

/** After this many returns in a row without an answer, IGF counts as down: more timeouts would be useless. */
const mostUnanswered = 5;

/** The run of this hour (UTC) renews the documents of waiting returns. They are kept for weeks, so a run may fail. */
export const renewalHour = 3;

/**
 * Publishes due notices, and decides about returns that have waited for a day. Then it polls IGF about each return
 * without a recent update, and makes up for missing webhooks. A poll moves a return to the back of the index, so the
 * next run continues where this one ends.
 */
export async function reconcile(
  dependencies: ReconcilerDependencies,
  { calls: mostInRun }: { calls: number },
  timeLeft: TimeLeft,
): Promise<Report> {
  const report: Report = { reviewed: 0, repaired: 0, failed: 0, calls: 0 };
  const now = isoTime(dependencies.now());
  const attempt = { eventId: `reconciler-${dependencies.newToken()}`, enqueuedAt: now };
  const budget = withBudget(dependencies.igf, mostInRun);
  const budgeted = { ...dependencies, igf: budget.igf };
  await publishPendingNotices(dependencies, attempt.eventId, timeLeft);
  await advanceOverdue(budgeted, attempt, timeLeft);
  await publishDailyNotice(dependencies, attempt.eventId);
  if (new Date(now).getUTCHours() === renewalHour) await keepWaitingOrders(dependencies, attempt, timeLeft);
  if (dependencies.policy.mode === 'observe')
    return finished({ ...report, stopped: 'mode=observe does not poll' });

  let unanswered = 0;
  for await (const entry of stalestFirst(dependencies, now)) {
    if (budget.left() < mostCalls) report.stopped = 'this run has used all its calls';
    else if (timeLeft() < oneReturnMs) report.stopped = 'the time of this run is over';
    else if (unanswered >= mostUnanswered || dependencies.circuit?.refusal())
      report.stopped = 'ItGoesForward does not answer';
    if (report.stopped) break;

    const reconciled = await reconcileReturn(entry, attempt, budgeted, timeLeft);
    if (reconciled === 'skipped') continue;
    unanswered = reconciled === 'unanswered' ? unanswered + 1 : 0;
    report.reviewed += 1;
    if (reconciled === 'repaired') report.repaired += 1;
    if (reconciled === 'failed' || reconciled === 'unanswered') report.failed += 1;
  }
  return finished({ ...report, calls: budget.made() });
}

function finished(report: Report): Report {
  const { stopped: why, ...counts } = report;
  logInfo({ step: 'reconciled', ...counts, why });
  return report;
}

const lastUpdate = ({ lastUpdateAt = '' }: TaskEntry): string => lastUpdateAt;

/**
 * The returns to review, oldest update first. The index sorts `OPEN` so, but `ATTENTION` by when a person was needed:
 * those are read first, sorted here, and merged in.
 */
async function* stalestFirst(
  { index, policy }: Pick<ReconcilerDependencies, 'index' | 'policy'>,
  now: string,
): AsyncGenerator<TaskEntry> {
  const clock = { policy, now };
  const flagged = await someOf(index.waiting('ATTENTION'), (entry) => needsReview(entry, clock));
  flagged.sort((one, other) => (lastUpdate(one) < lastUpdate(other) ? -1 : 1));
  for await (const entry of index.waiting('OPEN', staleSince(now))) {
    while (flagged[0] && lastUpdate(flagged[0]) < lastUpdate(entry)) yield* flagged.splice(0, 1);
    if (needsReview(entry, clock)) yield entry;
  }
  yield* flagged;
}

type Call = (...args: unknown[]) => Promise<unknown>;

/** IGF with a limit of calls. One beyond it is not sent, and fails like one that IGF has turned away. */
export function withBudget(igf: Igf, most: number): { igf: Igf; made(): number; left(): number } {
  let made = 0;
  const counted =
    (name: string, call: Call): Call =>
    async (...args) => {
      if (made >= most) {
        throw new IgfUnavailableError(name, 'this run has used all its calls', { effect: 'not-done' });
      }
      made += 1;
      return call(...args);
    };
  const budgeted = mapped(igf as unknown as Record<string, Record<string, Call>>, (calls, group) =>
    mapped(calls, (call, method) => counted(`${group}.${method}`, call)),
  );
  return { igf: budgeted as unknown as Igf, made: () => made, left: () => most - made };
}
