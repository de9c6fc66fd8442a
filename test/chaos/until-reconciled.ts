import { setTimeout as wait } from 'node:timers/promises';
import type { Verdict } from './oracle/compare.ts';

/**
 * Stop waiting after 30 hours of the local runtime's time and 200 real milliseconds for each return without progress: by
 * then the reconciler has polled every return.
 */
const patience = { hours: 30, msForEach: 200 };

/** Between two verdicts, in real milliseconds, and as a multiple of one verdict's time, which the reconciler lacks. */
const pause = { leastMs: 3000, verdicts: 4 };

/** So many differences are shown meanwhile. */
const shown = 3;

/** Judges the run until nothing differs, or nothing gets better any more. @returns the last verdict */
export async function untilReconciled(
  judge: () => Promise<Verdict>,
  { speed, progress }: { readonly speed: number; readonly progress: (line: string) => void },
): Promise<Verdict> {
  let fewest = Number.POSITIVE_INFINITY;
  let waitUntil = 0;
  for (;;) {
    const startedAt = performance.now();
    const verdict = await judge();
    const verdictMs = performance.now() - startedAt;
    const { length } = verdict.differences;
    const patienceMs = (patience.hours * 3_600_000) / speed + patience.msForEach * verdict.returns;
    if (length < fewest) [fewest, waitUntil] = [length, performance.now() + patienceMs];
    if (length === 0 || performance.now() > waitUntil) return verdict;
    const some = verdict.differences.slice(0, shown).map(({ orderId, what }) => `${orderId} ${what}`);
    progress(`${length} differences, before the reconciler is done. Among them: ${some.join(' · ')}`);
    await wait(Math.max(pause.leastMs, pause.verdicts * verdictMs));
  }
}
