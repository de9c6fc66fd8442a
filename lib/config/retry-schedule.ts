/** The retry promise: Winkelstraat retries a delivery for 24 hours, and so do we once we answered 202. */

const minute = 60;
const hour = 60 * minute;

/** How long a message is retried after it was enqueued, in seconds: as long as the sender would have retried. */
export const promiseSeconds = 24 * hour;

/** How long a message stays in a queue or its DLQ, in seconds: the most that SQS allows. */
export const retentionSeconds = 14 * 24 * hour;

const growing = [30, minute, 2 * minute, 4 * minute, 8 * minute, 15 * minute, 30 * minute];
const growingSum = growing.reduce((sum, delay) => sum + delay, 0);

/** Seconds to wait after the first, second, … failed attempt. Their sum is the first to reach the promise. */
export const retryDelaysSeconds: readonly number[] = [
  ...growing,
  ...Array.from({ length: Math.ceil((promiseSeconds - growingSum) / hour) }, () => hour),
];

/** SQS keeps no message invisible for more than 12 hours from its receive. The margin is for a slow call. */
const longestInvisibleSeconds = 12 * hour - minute;

/** The share of a delay that jitter may add to it, at most. Jitter never shortens a delay. */
export const jitterShare = 0.1;

interface FailedAttempt {
  /** SQS's ApproximateReceiveCount of this attempt, from 1. */
  receiveCount: number;
  /** Seconds since this receive: they count towards SQS's limit of 12 hours. */
  elapsedSeconds: number;
  /** The wait that the failure itself needs (IGF's `Retry-After`, a live claim), in seconds. The longer wins. */
  atLeastSeconds?: number | undefined;
  /** A random number in [0, 1). */
  random: number;
}

/** Whole seconds until the next attempt, to be set as the message's visibility timeout. */
export function retryDelaySeconds({
  receiveCount,
  elapsedSeconds,
  atLeastSeconds = 0,
  random,
}: FailedAttempt): number {
  const index = Math.min(Math.max(Math.trunc(receiveCount), 1), retryDelaysSeconds.length) - 1;
  const base = Math.max(retryDelaysSeconds[index] ?? hour, atLeastSeconds);
  const delay = Math.ceil(base * (1 + jitterShare * random));
  return Math.max(0, Math.min(delay, longestInvisibleSeconds - Math.ceil(elapsedSeconds)));
}

/** Age, not count, decides the end: true once the promise is kept and one more failure parks the message. */
export const promiseIsOver = (ageSeconds: number): boolean => ageSeconds >= promiseSeconds;

/**
 * SQS's own backstop, for attempts that never reach our code. Even if each burns a visibility timeout, they last the
 * whole promise; the list's length leaves room for orderly retries.
 */
export const maxReceiveCount = (visibilityTimeoutSeconds: number): number =>
  Math.ceil(promiseSeconds / visibilityTimeoutSeconds) + retryDelaysSeconds.length;
