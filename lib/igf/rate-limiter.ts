import { setTimeout } from 'node:timers/promises';

/** Limits how fast one execution environment calls IGF: to its share of the calls of all environments. */
export type RateLimiter = ReturnType<typeof rateLimiter>;

/** In milliseconds. */
interface Clock {
  now(): number;
  wait(ms: number): Promise<unknown>;
}

const realTime: Clock = { now: () => performance.now(), wait: (ms) => setTimeout(ms) };

/**
 * Calls begin at least `1 / perSecond` seconds apart. Unused time is not saved up, so environments together never
 * exceed the sum. It uses real time, as IGF does, also where the local clock runs faster.
 * @param perSecond calls a second, also less than one
 */
export function rateLimiter(perSecond: number, { now, wait }: Clock = realTime) {
  const gapMs = 1000 / perSecond;
  let next = 0;
  return {
    /** Waits until a call may begin, for at most `mostMs`. @returns false at once when that is too short */
    acquire: async (mostMs: number): Promise<boolean> => {
      const waitMs = next - now();
      if (waitMs > 0 && waitMs > mostMs) return false;
      next = Math.max(next, now()) + gapMs;
      if (waitMs > 0) await wait(waitMs);
      return true;
    },
  };
}
