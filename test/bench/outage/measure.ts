import { progress } from '../../../infra/cli/progress.ts';
import { igfTimeoutSeconds } from '../../../lib/config/timing.ts';
import { merchantDay, returns, type Waiting } from './messages.ts';
import type { Turn, WorkerWorld } from './worker-world.ts';

/** What was seen while IGF was down. */
export interface MeasuredOutage {
  readonly messages: number;
  /** Turns that waited for IGF in vain, as every turn would without the circuit breaker; in milliseconds each. */
  readonly calling: readonly number[];
  /** First turns of messages while the circuit was open: the webhook's facts are recorded. */
  readonly first: readonly number[];
  /** Later turns while the circuit was open. */
  readonly later: readonly number[];
  /** Calls to DynamoDB of one later turn. */
  readonly tableCallsOfLater: number;
  readonly igfCalls: number;
  readonly seconds: number;
}

/** What was seen when a queue was drained. */
export interface MeasuredDrain {
  readonly messages: number;
  readonly seconds: number;
  /** What each turn took, its wait for IGF's rate included, in milliseconds. */
  readonly turns: readonly number[];
  readonly igfCalls: number;
  /** Calls in the busiest second. */
  readonly mostInASecond: number;
  /** When half of a webhook's messages were done, and all, in seconds from the start. */
  readonly byWebhook: readonly { webhook: string; messages: number; half: number; all: number }[];
}

const sendAll = async (world: WorkerWorld, messages: readonly Waiting[]): Promise<void> => {
  for (const { webhook, payload } of messages) await world.send(webhook, payload);
};

/**
 * IGF is down; every message has its first turn, and half of them a second one, which comes after the schedule's first
 * delay in real time. Those whose call may have been done come back later than the others, and are not waited for.
 */
export async function measureOutage(world: WorkerWorld, count: number): Promise<MeasuredOutage> {
  world.igf.down(true);
  await sendAll(world, returns(count));
  const onInvocationStart = performance.now();
  const seen: Turn[] = [];
  let first = 0;
  let later = 0;
  let laterAlone = 0;
  const enough = Math.ceil(count / 2);
  await world.work(
    () => first >= count && later >= enough,
    (turn) => {
      seen.push(turn);
      if (turn.receiveCount > 1) {
        later += 1;
        if (first === count) laterAlone += 1;
      } else {
        first += 1;
        // From here on DynamoDB is called by later turns alone.
        if (first === count) world.tableCalls();
      }
      progress('IGF is down: turns', Math.min(first + later, count + enough), count + enough);
    },
  );
  const waited = ({ ms }: Turn): boolean => ms >= igfTimeoutSeconds * 1000;
  const times = (which: (turn: Turn) => boolean): number[] => seen.filter(which).map(({ ms }) => ms);
  return {
    messages: count,
    calling: times(waited),
    first: times((turn) => !waited(turn) && turn.receiveCount === 1),
    later: times((turn) => !waited(turn) && turn.receiveCount > 1),
    tableCallsOfLater: world.tableCalls() / Math.max(1, laterAlone),
    igfCalls: world.igf.calls.length,
    seconds: (performance.now() - onInvocationStart) / 1000,
  };
}

/** IGF is up, and a merchant's day, or as much of it as was asked for, waits in the queue. */
export async function measureDrain(world: WorkerWorld, count: number): Promise<MeasuredDrain> {
  world.igf.down(false);
  const messages = merchantDay(count);
  await sendAll(world, messages);
  const callsBefore = world.igf.calls.length;
  const onInvocationStart = performance.now();
  const done: Turn[] = [];
  const turns: number[] = [];
  await world.work(
    () => done.length >= count,
    (turn) => {
      turns.push(turn.ms);
      if (turn.acknowledged) done.push(turn);
      progress('Draining a queue: messages', done.length, count);
    },
  );
  const calls = world.igf.calls.slice(callsBefore);
  const secondsOf = ({ endedAt }: Turn): number => (endedAt - onInvocationStart) / 1000;
  return {
    messages: count,
    turns,
    seconds: Math.max(...done.map(secondsOf)),
    igfCalls: calls.length,
    mostInASecond: busiestSecond(calls),
    byWebhook: [...Map.groupBy(done, ({ webhook }) => webhook)].map(([webhook, ended]) => ({
      webhook,
      messages: ended.length,
      half: secondsOf(ended[Math.floor((ended.length - 1) / 2)] as Turn),
      all: secondsOf(ended.at(-1) as Turn),
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
