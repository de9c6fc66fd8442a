import { setTimeout } from 'node:timers/promises';

/** Bounds a rate: each call resolves when its turn has come, so many turns a second, evenly spread. */
export function pace(perSecond: number): () => Promise<void> {
  let next = 0;
  return async () => {
    const now = performance.now();
    const turn = Math.max(now, next);
    next = turn + 1000 / perSecond;
    if (turn > now) await setTimeout(turn - now);
  };
}
