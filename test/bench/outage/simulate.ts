import { promiseIsOver, retryDelaySeconds } from '../../../lib/config/retry-schedule.ts';
import { circuitOpenSeconds, claimLeaseSeconds, failuresUntilOpen } from '../../../lib/config/timing.ts';

/** A queue full of messages that all need IGF, and the environments that work on them. */
export interface Situation {
  /** All of them in the queue at the start. */
  readonly messages: number;
  /** Environments of the worker. */
  readonly environments: number;
  /** How long IGF is down from the start. */
  readonly downHours: number;
  /** Without it each turn calls IGF and waits. */
  readonly withBreaker: boolean;
  /** What a turn takes that calls nothing because the circuit is open. */
  readonly openTurnSeconds: number;
  /** What a turn takes that waits for IGF in vain. */
  readonly callingTurnSeconds: number;
  /** What a turn takes once IGF is back, its share of the rate included. */
  readonly upTurnSeconds: number;
  /** In [0, 1), for jitter. */
  readonly random: () => number;
}

export interface Lived {
  readonly delivered: number;
  readonly parked: number;
  /** Turns of all messages together. */
  readonly turns: number;
  /** Turns of the message that had the fewest within the 24 hours, and of the one that had the most. */
  readonly fewestTurns: number;
  readonly mostTurns: number;
  /** Calls to IGF while it was down. */
  readonly callsWhileDown: number;
  /** How long a message waited at most after its turn was due, in seconds. */
  readonly latest: number;
  /** The share of the environments' time that went into turns while IGF was down. */
  readonly busy: number;
  /** When the last message was delivered or parked, in hours. */
  readonly endedAfterHours: number;
}

interface Message {
  due: number;
  receives: number;
  turnsInTime: number;
}
interface Environment {
  freeAt: number;
  failures: number;
  openUntil: number;
}

/**
 * Lets days pass in a queue, turn by turn, by the schedule that the workers use. Messages come up in the order in which
 * they are due; a second is the grain in which they become so.
 */
export function simulate(situation: Situation): Lived {
  const { downHours, random } = situation;
  const downUntil = downHours * 3600;
  const environments = Array.from({ length: situation.environments }, () => ({
    ...{ freeAt: 0, failures: 0, openUntil: 0 },
  }));
  const dueAt = new Map<number, Message[]>();
  const all = Array.from({ length: situation.messages }, () => ({ due: 0, receives: 0, turnsInTime: 0 }));
  dueAt.set(0, [...all]);
  let left = all.length;
  const seen = { delivered: 0, parked: 0, turns: 0, callsWhileDown: 0, latest: 0, busy: 0, ended: 0 };

  const turn = (message: Message, environment: Environment): void => {
    const start = Math.max(environment.freeAt, message.due);
    const { seconds, ending } = worked(start, environment, situation, downUntil);
    const end = start + seconds;
    environment.freeAt = end;
    message.receives += 1;
    if (!promiseIsOver(start)) message.turnsInTime += 1;
    seen.turns += 1;
    seen.latest = Math.max(seen.latest, start - message.due);
    if (start < downUntil) seen.busy += seconds;
    if (ending === 'called') seen.callsWhileDown += 1;
    if (ending === 'delivered' || promiseIsOver(end)) {
      seen[ending === 'delivered' ? 'delivered' : 'parked'] += 1;
      seen.ended = end;
      left -= 1;
      return;
    }
    const atLeastSeconds = ending === 'called' ? claimLeaseSeconds : 0;
    const { receives: receiveCount } = message;
    message.due =
      end + retryDelaySeconds({ receiveCount, elapsedSeconds: seconds, atLeastSeconds, random: random() });
    const second = Math.ceil(message.due);
    const others = dueAt.get(second);
    if (others) others.push(message);
    else dueAt.set(second, [message]);
  };

  const ready: Message[] = [];
  let next = 0;
  for (let second = 0; left > 0; second += 1) {
    ready.push(...(dueAt.get(second) ?? []));
    dueAt.delete(second);
    for (;;) {
      const free = earliest(environments);
      const message = ready[next];
      if (!free || !message || free.freeAt >= second + 1) break;
      next += 1;
      turn(message, free);
    }
  }

  const { ended, busy, ...counts } = seen;
  return {
    ...counts,
    fewestTurns: all.reduce(
      (fewest, { turnsInTime }) => Math.min(fewest, turnsInTime),
      Number.POSITIVE_INFINITY,
    ),
    mostTurns: all.reduce((most, { turnsInTime }) => Math.max(most, turnsInTime), 0),
    busy: busy / (situation.environments * Math.min(downUntil, ended)),
    endedAfterHours: ended / 3600,
  };
}

const earliest = (environments: readonly Environment[]): Environment | undefined =>
  environments.reduce<Environment | undefined>(
    (first, environment) => (first && first.freeAt <= environment.freeAt ? first : environment),
    undefined,
  );

/** What one turn comes to, and what it does to the circuit of its environment. */
function worked(
  start: number,
  environment: Environment,
  { withBreaker, openTurnSeconds, callingTurnSeconds, upTurnSeconds }: Situation,
  downUntil: number,
): { seconds: number; ending: 'delivered' | 'called' | 'not-called' } {
  if (withBreaker && start < environment.openUntil) return { seconds: openTurnSeconds, ending: 'not-called' };
  if (start >= downUntil) {
    environment.failures = 0;
    return { seconds: upTurnSeconds, ending: 'delivered' };
  }
  environment.failures += 1;
  if (environment.failures >= failuresUntilOpen) {
    environment.openUntil = start + callingTurnSeconds + circuitOpenSeconds;
  }
  return { seconds: callingTurnSeconds, ending: 'called' };
}
