import { setTimeout } from 'node:timers/promises';

export interface Clock {
  /** Milliseconds. */
  now(): number;
  sleep(ms: number): Promise<void>;
}

/** Time as it is; a signal ends every sleep. */
export const realClock = (signal?: AbortSignal): Clock => ({
  now: () => performance.now(),
  sleep: async (ms) => setTimeout(ms, undefined, signal && { signal }).catch(() => undefined),
});

/** Bounds a rate: each call resolves when its turn has come, so many turns a second, evenly spread. */
export function rateLimiter(perSecond: number, { now, sleep }: Clock): () => Promise<void> {
  let next = 0;
  return async () => {
    const turn = Math.max(now(), next);
    const wait = turn - now();
    next = turn + 1000 / perSecond;
    if (wait > 0) await sleep(wait);
  };
}
