import { clockSkewSeconds, igfCommitSeconds, workerTimeoutSeconds } from '../../lib/config/timing.ts';
import { Bridge } from '../support/bridge.ts';
import { eventually } from '../support/eventually.ts';
import { order, rma, shipment } from '../support/webhooks.ts';
import { startWorld, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.close());
beforeEach(() => world.igf.forget());

describe('two workers whose clocks are a minute apart', () => {
  test.each([
    ['ahead of', 0, clockSkewSeconds],
    ['behind', clockSkewSeconds, 0],
  ])(
    'list a return once when the clock of the second is %s the clock of the calling one',
    async (_how, one, other) => {
      const stack = await world.deploy();
      const caller = new Bridge(world, stack, { aheadSeconds: one });
      const second = new Bridge(world, stack, { aheadSeconds: other });
      await caller.takes(shipment());
      await world.igf.fault({ operation: 'POST /listings', delayMs: 400 });
      await caller.deliver(rma());
      const ended = caller.drain();
      await eventually('the call reaches IGF', async () => (await world.igf.posts()).length > 0);

      // The last moment at which IGF may still commit the first worker's call.
      second.passes((workerTimeoutSeconds + igfCommitSeconds - 1) * 1000);
      await second.deliver(rma());
      expect(await second.drain()).toEqual(['kept']);
      expect(await world.igf.requests()).toHaveLength(1);
      expect(await ended).toEqual(['acknowledged']);
      await second.finish();

      expect(await world.igf.posts()).toHaveLength(1);
      expect(await world.igf.listings()).toHaveLength(1);
      expect(await caller.theReturn(order)).toMatchObject({ state: 'Listed' });
      expect(await caller.parked()).toEqual([]);
    },
  );
});
