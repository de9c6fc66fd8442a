import { setTimeout as wait } from 'node:timers/promises';

/** How long nothing may have been under way for it to be quiet, in real milliseconds. */
const stillMs = 1000;

/** Waits until no message is in a queue, for a while. @returns false when that did not come within the deadline. */
export async function quiet(messages: () => Promise<number>, withinMs: number): Promise<boolean> {
  const end = performance.now() + withinMs;
  let stillSince = performance.now();
  while (performance.now() < end) {
    if ((await messages()) > 0) stillSince = performance.now();
    if (performance.now() - stillSince > stillMs) return true;
    await wait(100);
  }
  return false;
}
