import { reconcilerTimeoutSeconds, staleAfterSeconds } from '../../../lib/config/timing.ts';
import { order, rma, shipment } from '../../support/webhooks.ts';
import { report } from './crash-points.ts';
import { CrashWorld } from './crash-world.ts';
import { type Effects, readEffects } from './effects.ts';
import { KillableInvocation, type Point } from './killable.ts';
import { pointsToKillAt } from './points-to-kill-at.ts';

let crash: CrashWorld;
beforeAll(async () => {
  crash = await CrashWorld.start();
});
afterAll(() => crash?.close());

/** A listed article is bought and no webhook comes. Then the reconciler runs, and runs again an hour later. */
async function reconcileTwice(killAt?: number): Promise<{ effects: Effects; points: readonly Point[] }> {
  await crash.forget();
  await crash.takes('winkelstraat', {}, shipment(), rma());
  await crash.world.igf.happens('/orders', { listingId: 1, webshopOrderId: 'WEB-1' });
  const context = { getRemainingTimeInMillis: () => reconcilerTimeoutSeconds * 1000 };
  const killable = new KillableInvocation(killAt);
  for (const run of [killable, new KillableInvocation()]) {
    crash.later(staleAfterSeconds + 1);
    const handler = await crash.environments.reconciler();
    await run.invoke(() => handler({}, context));
  }
  return { effects: await readEffects(crash), points: killable.points };
}

test('the next run does the work of a reconciler that was killed at any await', async () => {
  const { effects: alive, points } = await reconcileTwice();
  expect(alive).toMatchObject({
    states: ['Matched'],
    listings: ['Matched'],
    changes: ['POST /listings'],
    left: {},
  });
  expect(alive.items[`ORDER#${order} RETURN#000000093#90 `]).toMatchObject({ igfOrderId: 1 });

  const kills = pointsToKillAt(points, 'reconciler');
  for (const killAt of kills) {
    const place = points[killAt - 1]?.site ?? 'after its answer';
    expect([place, (await reconcileTwice(killAt)).effects]).toEqual([place, alive]);
  }
  report(`reconciler: ${points.length + 1} points, killed ${kills.length} times`);
});
