import { logged } from '../unit/worker/workplace.ts';
import { exploreAll, exploreSeeds } from './campaign.ts';
import { DepthFirst, replayed, seeded } from './chooser.ts';
import { type Bounds, runHistory } from './history.ts';
import { narrate } from './narration.ts';
import { type Scenario, scenarios } from './scenarios.ts';
import type { ExploredWorld } from './world.ts';

logged();

/** On a busy machine thousands of histories take their time. */
const everyHistoryMs = 120_000;

const oneCrash: Bounds = { workers: 2, crashes: 1, lostAnswers: 0 };
const noFault: Bounds = { workers: 2, crashes: 0, lostAnswers: 0 };
const manyFaults: Bounds = { workers: 3, crashes: 2, lostAnswers: 2 };

function scenario(name: string): Scenario {
  const found = scenarios[name];
  if (!found) throw new Error(`There is no scenario ${name}.`);
  return found;
}

describe('the protocol', () => {
  test.each([
    ['list', oneCrash],
    ['cancel', oneCrash],
    ['complete', noFault],
    ['deny', noFault],
    ['units', noFault],
  ])(
    '%s holds in every history of %j',
    async (name, bounds) => {
      const { failing, histories } = await exploreAll(scenario(name), bounds);
      expect(failing && narrate(failing)).toBeUndefined();
      expect(histories).toBeGreaterThan(500n);
    },
    everyHistoryMs,
  );

  test(
    'units holds with one crash in many histories',
    async () => {
      const { failing } = await exploreSeeds(scenario('units'), oneCrash, { seed: 1, runs: 300 });
      expect(failing && narrate(failing)).toBeUndefined();
    },
    everyHistoryMs,
  );

  test.each(Object.keys(scenarios))('%s holds with three workers and many faults', async (name) => {
    const { failing } = await exploreSeeds(scenario(name), manyFaults, { seed: 1, runs: 50 });
    expect(failing && narrate(failing)).toBeUndefined();
  });
});

/** Broken protocols, and what the exploration finds. */
const broken: [what: string, name: string, prepare: (world: ExploredWorld) => void, violation: RegExp][] = [
  ['writes whatever was written meanwhile', 'list', writeAlways, /was listed 2 times/],
  ['writes whatever was written meanwhile', 'cancel', writeAlways, /cancelled listing 7 more than once/],
  ['makes claims that end at once', 'list', noLease, /was listed 2 times/],
  ['makes claims that end at once', 'cancel', noLease, /cancelled listing 7 more than once/],
  [
    'does not find what an earlier call listed',
    'list',
    ({ igf }) => Object.assign(igf.listings, { ofWebshopOrder: async () => [] }),
    /was listed 2 times/,
  ],
  [
    'does not see what an earlier call cancelled',
    'cancel',
    ({ igf }) => Object.assign(igf.listings, { get: async () => ({ id: 7, status: 'Available' }) }),
    /cancelled listing 7 more than once/,
  ],
  [
    'never stores what came of a call',
    'list',
    ({ table }) => Object.assign(table, { completeClaim: async () => 'changed' }),
    /message 1 is not done/,
  ],
  [
    'does not rewrite the rivals of a return',
    'units',
    (world) => replaceRewrites(world, async () => 'written'),
    /2 listings were live at once/,
  ],
  [
    'lists a return although a rival was written meanwhile',
    'units',
    (world) => replaceRewrites(world, (write) => write().then(() => 'written')),
    /2 listings were live at once/,
  ],
  [
    'stores a cancellation that IGF did not make',
    'deny',
    ({ igf }) => Object.assign(igf.listings, { cancel: async () => undefined }),
    /is Cancelled with listing 7, and IGF has listing 7 Available/,
  ],
];

function writeAlways({ table }: ExploredWorld): void {
  const { write } = table;
  table.write = async (entity) => {
    for (let rev = 0; rev < 50; rev += 1) {
      const content = { ...entity.content, rev };
      if ((await write({ ...entity, content } as typeof entity)) === 'written') return 'written';
    }
    return 'changed';
  };
}

/**
 * Replaces the write of a rival before a claim. Only that writes a return just as it was read.
 * @param rewrite what it does and answers instead
 */
function replaceRewrites(
  { table }: ExploredWorld,
  rewrite: (write: () => Promise<'written' | 'changed'>) => Promise<'written' | 'changed'>,
): void {
  const { readOrder, write } = table;
  const read = new WeakSet<object>();
  table.readOrder = async (orderId) => {
    const order = await readOrder(orderId);
    for (const item of order.returns) read.add(item);
    return order;
  };
  table.write = (entity) => (read.has(entity.content) ? rewrite(() => write(entity)) : write(entity));
}

function noLease(world: ExploredWorld): void {
  world.claimLeaseMs = 0;
}

test.each(broken)(
  'a protocol that %s (%s) is caught, and its history replays',
  async (_, name, prepare, violation) => {
    const mutant = { ...scenario(name), prepare };
    // Two workers alone break these protocols. A crash only adds histories to search.
    const bounds = name === 'units' || prepare === noLease ? noFault : oneCrash;
    const { failing } = await exploreAll(mutant, bounds);
    expect(failing?.violations.join('\n')).toMatch(violation);

    const again = await runHistory(mutant, bounds, replayed(failing?.choices ?? []));
    expect(again).toEqual(failing);
    expect(narrate(again).at(-1)).toMatch(/^VIOLATED: /);
  },
  everyHistoryMs,
);

describe('an exploration', () => {
  test(
    'counts the same histories whether or not it explores equal states once',
    async () => {
      const merged = new DepthFirst();
      const each = new DepthFirst({ merge: false });
      let runs = 0;
      for (const search of [merged, each]) {
        do {
          runs += search === each ? 1 : 0;
          await runHistory(scenario('complete'), noFault, search.choose);
        } while (search.next());
      }
      expect(each.histories).toBe(BigInt(runs));
      expect(merged.histories).toBe(each.histories);
      expect(merged.states).toBeLessThan(runs);
    },
    everyHistoryMs,
  );

  test('repeats exactly: a seed and a list of choices give the same trace each time', async () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const first = await runHistory(scenario('deny'), manyFaults, seeded(seed));
      const second = await runHistory(scenario('deny'), manyFaults, seeded(seed));
      const again = await runHistory(scenario('deny'), manyFaults, replayed(first.choices));
      expect([second.hash, again.hash]).toEqual([first.hash, first.hash]);
    }
  });

  test('prints a history step by step', async () => {
    const history = await runHistory(scenario('list'), oneCrash, replayed([0, 0, 0, 0, 0, 0, 1]));
    const lines = narrate(history);
    expect(lines[0]).toBe('Round 1: worker 1 receives stock-hub/v1/rma, worker 2 receives stock-hub/v1/rma');
    expect(lines).toContain('  worker 1  table.write return 000000093/90 Requested → written');
    expect(lines.at(-1)).toBe('All invariants hold.');
  });
});
