import { setTimeout as wait } from 'node:timers/promises';
import type { Verdict } from './oracle/compare.ts';

/**
 * How long nothing may have been found out any more: a day and more of the local world, in which the reconciler finds out
 * what it alone can, and the real time in which it asks about every return.
 */
const hope = { hours: 30, msForEach: 200 };

/** Between two looks, in real milliseconds; and so many times as long as a look takes, for looking takes time from the reconciler. */
const pause = { leastMs: 3000, looks: 4 };

/** Has the world judged until nothing differs, or nothing changes for the better any more. @returns the last verdict */
export async function untilReconciled(
  judge: () => Promise<Verdict>,
  { speed, progress }: { readonly speed: number; readonly progress: (line: string) => void },
): Promise<Verdict> {
  let fewest = Number.POSITIVE_INFINITY;
  let hopeUntil = 0;
  for (;;) {
    const onInvocationStart = performance.now();
    const verdict = await judge();
    const lookMs = performance.now() - onInvocationStart;
    const { length, 0: one } = verdict.differences;
    const hopeMs = (hope.hours * 3_600_000) / speed + hope.msForEach * verdict.returns;
    if (length < fewest) [fewest, hopeUntil] = [length, performance.now() + hopeMs];
    if (one === undefined || performance.now() > hopeUntil) return verdict;
    progress(
      `${length} differences; the reconciler may not have looked yet. One: ${one.orderId} ${one.what} …`,
    );
    await wait(Math.max(pause.leastMs, pause.looks * lookMs));
  }
}
