import type { CrashWorld } from './crash-world.ts';
import { lookOutside, type Outside } from './outside.ts';
import { distinctPoints, Mortal, type Point } from './probe.ts';
import type { Scenario } from './scenarios.ts';

/**
 * `CRASH_POINTS=all` kills at every point. Otherwise at one of those that the world outside can't tell apart, which is
 * what a run of all the tests has time for.
 */
const everyPoint = process.env.CRASH_POINTS === 'all';

/** What happened to the scenario's message when its attempt died at a point, or lived. */
export async function play(
  crash: CrashWorld,
  { sender, policy = {}, prepare, message, attempt = 1, reasonsMayDiffer }: Scenario,
  dieAt?: number,
): Promise<{ outside: Outside; declinedShipments: readonly Point[] }> {
  await crash.forget();
  await prepare?.(crash);
  await crash.deliver(sender, await message(crash));
  const mortal = new Mortal(dieAt);
  await crash.workOff(sender, () => crash.environments.worker(sender, policy), { mortal, attempt });
  return {
    outside: await lookOutside(crash, ...(reasonsMayDiffer ? ['why'] : [])),
    declinedShipments: mortal.declinedShipments,
  };
}

/** The points at which to kill: those of a run without a death, and the end of it, when only the answer is lost. */
export const pointsToDieAt = (declinedShipments: readonly Point[]): number[] => [
  ...(everyPoint ? declinedShipments.map((_, index) => index + 1) : distinctPoints(declinedShipments)),
  declinedShipments.length + 1,
];
