import { progress } from '../../../infra/cli/output.ts';
import { igfTimeoutSeconds } from '../../../lib/config/timing.ts';
import type { BenchWorker, MeasuredAttempt } from './bench-worker.ts';
import { merchantDay, type QueuedWebhook, returns } from './messages.ts';

/** What was measured while IGF was down. Times in milliseconds. */
export interface MeasuredOutage {
  /** Attempts that waited for IGF in vain, as every attempt would without the circuit breaker. */
  readonly calling: readonly number[];
  /** First attempts while the circuit was open: the webhook's facts are recorded. */
  readonly first: readonly number[];
  /** Later attempts while the circuit was open. */
  readonly later: readonly number[];
  /** Calls to DynamoDB of one later attempt. */
  readonly tableCallsOfLater: number;
  readonly igfCalls: number;
  readonly seconds: number;
}

/** What was measured while a queue was drained. */
export interface MeasuredDrain {
  readonly messages: number;
  readonly seconds: number;
  readonly igfCalls: number;
  /** Calls in the busiest second. */
  readonly mostInASecond: number;
  /** When half of a webhook's messages were done, and all, in seconds from the start. */
  readonly byWebhook: readonly { webhook: string; messages: number; half: number; all: number }[];
}

const sendAll = async (worker: BenchWorker, messages: readonly QueuedWebhook[]): Promise<void> => {
  for (const { webhook, payload } of messages) await worker.send(webhook, payload);
};

/**
 * IGF is down. Every message has its first attempt. Half of them have a second one, which comes after the schedule's first
 * delay in real time. Messages whose call may have been done come back later than that, and are not waited for.
 */
export async function measureOutage(worker: BenchWorker, count: number): Promise<MeasuredOutage> {
  worker.igf.down(true);
  await sendAll(worker, returns(count));
  const startedAt = performance.now();
  const attempts: MeasuredAttempt[] = [];
  let first = 0;
  let later = 0;
  let laterAlone = 0;
  const enough = Math.ceil(count / 2);
  await worker.work(
    () => first >= count && later >= enough,
    (attempt) => {
      attempts.push(attempt);
      if (attempt.receiveCount > 1) {
        later += 1;
        if (first === count) laterAlone += 1;
      } else {
        first += 1;
        // From here on only later attempts call DynamoDB.
        if (first === count) worker.tableCalls();
      }
      progress('IGF is down: attempts', Math.min(first + later, count + enough), count + enough);
    },
  );
  const waited = ({ ms }: MeasuredAttempt): boolean => ms >= igfTimeoutSeconds * 1000;
  const times = (which: (attempt: MeasuredAttempt) => boolean): number[] =>
    attempts.filter(which).map(({ ms }) => ms);
  return {
    calling: times(waited),
    first: times((attempt) => !waited(attempt) && attempt.receiveCount === 1),
    later: times((attempt) => !waited(attempt) && attempt.receiveCount > 1),
    tableCallsOfLater: worker.tableCalls() / Math.max(1, laterAlone),
    igfCalls: worker.igf.calls.length,
    seconds: (performance.now() - startedAt) / 1000,
  };
}

/** IGF is up, and messages of a merchant's day are in the queue. */
export async function measureDrain(worker: BenchWorker, count: number): Promise<MeasuredDrain> {
  worker.igf.down(false);
  await sendAll(worker, merchantDay(count));
  const callsBefore = worker.igf.calls.length;
  const startedAt = performance.now();
  const done: MeasuredAttempt[] = [];
  await worker.work(
    () => done.length >= count,
    (attempt) => {
      if (attempt.acknowledged) done.push(attempt);
      progress('Draining a queue: messages', done.length, count);
    },
  );
  const calls = worker.igf.calls.slice(callsBefore);
  const secondsOf = ({ endedAt }: MeasuredAttempt): number => (endedAt - startedAt) / 1000;
  return {
    messages: count,
    seconds: Math.max(...done.map(secondsOf)),
    igfCalls: calls.length,
    mostInASecond: busiestSecond(calls),
    byWebhook: [...Map.groupBy(done, ({ webhook }) => webhook)].map(([webhook, ended]) => ({
      webhook,
      messages: ended.length,
      half: secondsOf(ended[Math.floor((ended.length - 1) / 2)] as MeasuredAttempt),
      all: secondsOf(ended.at(-1) as MeasuredAttempt),
    })),
  };
}

/** The most instants, in milliseconds and in order, that lie within one second. */
export function busiestSecond(instants: readonly number[]): number {
  let most = 0;
  let first = 0;
  for (const [index, instant] of instants.entries()) {
    while (instant - (instants[first] ?? instant) >= 1000) first += 1;
    most = Math.max(most, index - first + 1);
  }
  return most;
}
