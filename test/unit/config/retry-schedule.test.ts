import fc from 'fast-check';
import {
  jitterShare,
  maxReceiveCount,
  promiseIsOver,
  promiseSeconds,
  retentionSeconds,
  retryDelaySeconds,
  retryDelaysSeconds,
} from '../../../lib/config/retry-schedule.ts';
import {
  claimLeaseSeconds,
  igfTimeoutSeconds,
  visibilityTimeoutSeconds,
  workerTimeoutSeconds,
} from '../../../lib/config/timing.ts';

const hour = 3600;
const sum = (delays: readonly number[]) => delays.reduce((total, delay) => total + delay, 0);

const anyAttempt = fc.record({
  receiveCount: fc.integer({ min: 1, max: 600 }),
  elapsedSeconds: fc.double({ min: 0, max: 900, noNaN: true }),
  atLeastSeconds: fc.option(fc.double({ min: 0, max: 3 * 24 * hour, noNaN: true }), { nil: undefined }),
  random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
});
const scheduled = (receiveCount: number) =>
  retryDelaysSeconds[Math.min(receiveCount, retryDelaysSeconds.length) - 1] ?? 0;

describe('the schedule', () => {
  test('is 30 s, 1, 2, 4, 8, 15, 30 min, then hourly', () => {
    expect(retryDelaysSeconds.slice(0, 8)).toEqual([30, 60, 120, 240, 480, 900, 1800, hour]);
    expect(new Set(retryDelaysSeconds.slice(7))).toEqual(new Set([hour]));
  });

  test('lasts 24 hours, and less than an hour longer', () => {
    expect(promiseSeconds).toBe(24 * hour);
    expect(sum(retryDelaysSeconds)).toBeGreaterThanOrEqual(promiseSeconds);
    expect(sum(retryDelaysSeconds.slice(0, -1))).toBeLessThan(promiseSeconds);
  });

  test('never gets shorter', () => {
    expect([...retryDelaysSeconds].sort((one, other) => one - other)).toEqual(retryDelaysSeconds);
  });

  test('messages are retained for 14 days', () => {
    expect(retentionSeconds).toBe(14 * 24 * hour);
  });
});

describe('the delay after a failed attempt', () => {
  const delay = (receiveCount: number, more = {}) =>
    retryDelaySeconds({ receiveCount, elapsedSeconds: 0, random: 0, ...more });

  test('follows the schedule for each attempt, and then repeats its last step', () => {
    expect([1, 2, 3, 7, 8, 30, 31, 500].map((count) => delay(count))).toEqual([
      30,
      60,
      120,
      1800,
      hour,
      hour,
      hour,
      hour,
    ]);
  });

  test.each([0, -1, Number.NaN])('is a step of the schedule even for a receive count of %d', (count) => {
    expect(retryDelaysSeconds).toContain(delay(count));
  });

  test('is IGF’s Retry-After when that is longer', () => {
    expect(delay(1, { atLeastSeconds: 300 })).toBe(300);
    expect(delay(8, { atLeastSeconds: 300 })).toBe(hour);
  });

  test('stays below the 12 hours that SQS allows, counted from the receive', () => {
    const day = { atLeastSeconds: 24 * hour };

    expect(delay(1, day)).toBeLessThan(12 * hour);
    expect(delay(1, { ...day, elapsedSeconds: 900 }) + 900).toBeLessThan(12 * hour);
    expect(delay(1, { ...day, elapsedSeconds: 13 * hour })).toBe(0);
  });

  test('is in whole seconds, at least the schedule’s and the requested delay, and below 12 hours from the receive', () => {
    fc.assert(
      fc.property(anyAttempt, (attempt) => {
        const seconds = retryDelaySeconds(attempt);
        const requested = Math.max(scheduled(attempt.receiveCount), attempt.atLeastSeconds ?? 0);
        expect(Number.isInteger(seconds) && seconds >= 0).toBe(true);
        expect(seconds + attempt.elapsedSeconds).toBeLessThan(12 * hour);
        expect(seconds).toBeGreaterThanOrEqual(Math.min(requested, 12 * hour - 61 - attempt.elapsedSeconds));
        expect(seconds).toBeLessThanOrEqual(Math.ceil(requested * (1 + jitterShare)));
      }),
    );
  });

  test('never shrinks with a later attempt, a longer requested delay or more jitter', () => {
    const later = fc.record({
      count: fc.nat(50),
      seconds: fc.nat(hour),
      random: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(anyAttempt, later, (attempt, more) => {
        const before = retryDelaySeconds(attempt);
        const longer = [
          { ...attempt, receiveCount: attempt.receiveCount + more.count },
          { ...attempt, atLeastSeconds: (attempt.atLeastSeconds ?? 0) + more.seconds },
          { ...attempt, random: Math.max(attempt.random, more.random) },
        ];
        for (const other of longer) expect(retryDelaySeconds(other)).toBeGreaterThanOrEqual(before);
      }),
    );
  });

  test('jitter spreads the attempts, by a tenth at most', () => {
    expect(delay(8, { random: 0 })).toBe(hour);
    expect(delay(8, { random: 0.5 })).toBe(3780);
    expect(delay(8, { random: 0.999999 })).toBe(3960);
  });
});

test('retries end after 24 hours, and not a second before', () => {
  expect(promiseIsOver(24 * hour - 1)).toBe(false);
  expect(promiseIsOver(24 * hour)).toBe(true);
});

describe("SQS's own backstop", () => {
  const visibility = fc.integer({ min: 30, max: 12 * hour });

  test('allows crashing attempts for 24 hours, with any visibility timeout', () => {
    fc.assert(
      fc.property(visibility, (seconds) => {
        expect(maxReceiveCount(seconds) * seconds).toBeGreaterThanOrEqual(promiseSeconds);
      }),
    );
  });

  test('also allows every orderly retry', () => {
    fc.assert(
      fc.property(visibility, (seconds) => {
        expect(maxReceiveCount(seconds)).toBeGreaterThan(retryDelaysSeconds.length);
        expect(Number.isInteger(maxReceiveCount(seconds))).toBe(true);
      }),
    );
  });

  test('is a number that SQS accepts, for the visibility timeout of the stack', () => {
    expect(maxReceiveCount(visibilityTimeoutSeconds)).toBeLessThanOrEqual(1000);
  });
});

describe('times that depend on one another', () => {
  test('a message stays invisible six times as long as an attempt may take', () => {
    expect(visibilityTimeoutSeconds).toBeGreaterThanOrEqual(6 * workerTimeoutSeconds);
  });

  test('a claim lasts longer than its attempt and than IGF may take to commit the call', () => {
    expect(claimLeaseSeconds).toBeGreaterThan(workerTimeoutSeconds + igfTimeoutSeconds);
  });
});
