import { setTimeout } from 'node:timers/promises';

/**
 * Polls until `find` gives something.
 * @throws Error that names `what`, after the deadline
 */
export async function eventually<T>(
  what: string,
  find: () => Promise<T | undefined | false>,
  deadlineMs = 5000,
  everyMs = 10,
): Promise<T> {
  const end = performance.now() + deadlineMs;
  for (;;) {
    const found = await find();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > end) throw new Error(`It did not happen within ${deadlineMs} ms: ${what}`);
    await setTimeout(everyMs);
  }
}

/** Polls until a condition holds. @throws Error with the text of the condition, after the deadline */
export const until = (condition: () => boolean | Promise<boolean>, deadlineMs?: number): Promise<boolean> =>
  eventually(String(condition), async () => condition(), deadlineMs);
