import type { CrashWorld } from './crash-world.ts';
import { type Effects, readEffects } from './effects.ts';
import { distinctPoints, KillableInvocation, type Point } from './killable.ts';
import type { CrashScenario } from './scenarios.ts';

/**
 * `CRASH_POINTS=all` kills at every point. Otherwise one point is killed of those with the same effects, which is what a
 * run of all tests has time for.
 */
const everyPoint = process.env.CRASH_POINTS === 'all';

/** The effects of a scenario whose attempt is killed at a point, or lives. */
export async function runWithCrash(
  crash: CrashWorld,
  { sender, policy = {}, prepare, message, attempt = 1, mayDiffer = [] }: CrashScenario,
  killAt?: number,
): Promise<{ effects: Effects; points: readonly Point[] }> {
  await crash.forget();
  await prepare?.(crash);
  await crash.deliver(sender, await message(crash));
  const killable = new KillableInvocation(killAt);
  await crash.workOff(sender, () => crash.environments.worker(sender, policy), { killable, attempt });
  return {
    effects: await readEffects(crash, ...mayDiffer),
    points: killable.points,
  };
}

/** The points at which to kill: those of a run that lives, and its end, when only the answer is lost. */
export const pointsToKillAt = (points: readonly Point[]): number[] => [
  ...(everyPoint ? points.map((_, index) => index + 1) : distinctPoints(points)),
  points.length + 1,
];
