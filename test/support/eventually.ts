import { setTimeout } from 'node:timers/promises';

/** Between two polls, in milliseconds: a tenth of the time that has passed, so that waiting costs little. */
const pause = (passedMs: number): number => Math.min(1000, 5 + passedMs / 10);

/**
 * How long a test waits, in milliseconds: long enough for a busy machine, because only a test that fails waits for so long.
 * Where tests must fail, `PATIENCE_MS` saves that time.
 */
export const patienceMs = Number(process.env.PATIENCE_MS ?? 120_000);

/**
 * Polls until `find` gives something.
 * @throws Error that names `what`, after the deadline
 */
export async function eventually<T>(
  what: string,
  find: () => Promise<T | undefined | false>,
  deadlineMs = patienceMs,
): Promise<T> {
  const begin = performance.now();
  for (;;) {
    const found = await find();
    if (found !== undefined && found !== false) return found;
    const passedMs = performance.now() - begin;
    if (passedMs > deadlineMs) throw new Error(`It did not happen within ${deadlineMs} ms: ${what}`);
    await setTimeout(pause(passedMs));
  }
}

/** Polls until a condition holds. @throws Error with the text of the condition, after the deadline */
export const until = (condition: () => boolean | Promise<boolean>, deadlineMs?: number): Promise<boolean> =>
  eventually(String(condition), async () => condition(), deadlineMs);
