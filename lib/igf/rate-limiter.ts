import { setTimeout } from 'node:timers/promises';

/** The pace at which one execution environment calls IGF: its share of what IGF is asked for in all. */
export interface RateLimiter {
  /**
   * Waits until the next call may begin.
   * @param mostMs how long there is time to wait; when that is too short nothing is waited for
   * @returns whether the call may be made
   */
  acquire(mostMs: number): Promise<boolean>;
}

/** In milliseconds. */
interface PaceTime {
  now(): number;
  wait(ms: number): Promise<unknown>;
}

const realTime: PaceTime = { now: () => performance.now(), wait: (ms) => setTimeout(ms) };

/**
 * Calls begin at least `1 / perSecond` seconds apart; what was not used is not saved up, so that many environments
 * together never exceed the sum. It goes by real time, which is what IGF sees, whatever the local world's clock shows.
 * @param perSecond calls a second, also less than one
 */
export function rateLimiter(perSecond: number, { now, wait }: PaceTime = realTime): RateLimiter {
  const gapMs = 1000 / perSecond;
  let next = 0;
  return {
    acquire: async (mostMs) => {
      const waitMs = next - now();
      if (waitMs > 0 && waitMs > mostMs) return false;
      next = Math.max(next, now()) + gapMs;
      if (waitMs > 0) await wait(waitMs);
      return true;
    },
  };
}
