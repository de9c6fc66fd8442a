import type { CrashWorld } from './crash-world.ts';
import { type Effects, readEffects } from './effects.ts';
import { KillableInvocation, type Point } from './killable.ts';
import type { CrashScenario } from './scenarios.ts';

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
