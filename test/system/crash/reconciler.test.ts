import { reconcilerTimeoutSeconds, staleAfterSeconds } from '../../../lib/config/timing.ts';
import { order, rma, shipment } from '../../support/webhooks.ts';
import { startDeadlineMs } from '../../support/world.ts';
import { report } from './crash-points.ts';
import { CrashWorld } from './crash-world.ts';
import { pointsToDieAt } from './deaths.ts';
import { lookOutside, type Outside } from './outside.ts';
import { Mortal, type Point } from './probe.ts';

let crash: CrashWorld;
beforeAll(async () => {
  crash = await CrashWorld.start();
}, startDeadlineMs);
afterAll(() => crash?.close());

/** Somebody bought a listed article and nobody told; then the reconciler runs, and runs again an hour later. */
async function play(dieAt?: number): Promise<{ outside: Outside; declinedShipments: readonly Point[] }> {
  await crash.forget();
  await crash.takes('winkelstraat', {}, shipment(), rma());
  await crash.world.igf.happens('/orders', { listingId: 1, webshopOrderId: 'WEB-1' });
  const context = { getRemainingTimeInMillis: () => reconcilerTimeoutSeconds * 1000 };
  const mortal = new Mortal(dieAt);
  for (const run of [mortal, new Mortal()]) {
    crash.later(staleAfterSeconds + 1);
    const handler = await crash.environments.reconciler();
    await run.invoke(() => handler({}, context));
  }
  return { outside: await lookOutside(crash), declinedShipments: mortal.declinedShipments };
}

test(
  'a reconciler that dies at any await is made up for by its next run',
  async () => {
    const { outside: alive, declinedShipments } = await play();
    expect(alive).toMatchObject({
      states: ['Matched'],
      listings: ['Matched'],
      changes: ['POST /listings'],
      left: {},
    });
    expect(alive.items[`ORDER#${order} RETURN#000000093#90 `]).toMatchObject({ igfOrderId: 1 });

    const points = pointsToDieAt(declinedShipments);
    for (const dieAt of points) {
      const place = declinedShipments[dieAt - 1]?.site ?? 'after its answer';
      expect([place, (await play(dieAt)).outside]).toEqual([place, alive]);
    }
    report(`reconciler: ${declinedShipments.length + 1} points, killed ${points.length} times`);
  },
  10 * 60_000,
);
