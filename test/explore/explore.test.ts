import { logged } from '../unit/worker/workplace.ts';
import { exploreAll, exploreSeeds, runOnce } from './campaign.ts';
import { type Bounds, withoutFaults } from './faults.ts';
import { replayed, seeded } from './history.ts';
import { narrate } from './narration.ts';
import { manyFaults } from './plan.ts';
import type { Scenario } from './scenario.ts';
import { scenarios } from './scenarios.ts';
import { searchAll } from './search.ts';
import { Explored } from './system.ts';
import type { ExploredWorld } from './world.ts';

logged();

const noFault: Bounds = { ...withoutFaults, workers: 2 };
const oneCrash: Bounds = { ...noFault, crashes: 1 };

function scenario(name: string): Scenario {
  const found = scenarios[name];
  if (!found) throw new Error(`There is no scenario ${name}.`);
  return found;
}

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
  [
    'makes a regular return without looking for an earlier one',
    'regular-return',
    ({ igf }) => Object.assign(igf.returns, { all: async () => [] }),
    /IGF has 2 regular returns/,
  ],
  [
    'reserves a unit without a limit and forgets it',
    'collected',
    ({ table }) => Object.assign(table, { releaseUnit: async () => undefined }),
    /a unit stays reserved/,
  ],
  [
    'does not look for waiting events',
    'waiting',
    ({ table: { point }, table }) =>
      Object.assign(table, {
        point: async (...given: Parameters<typeof point>) =>
          (await point(...given)) === 'other' ? 'other' : [],
      }),
    /has lost the event/,
  ],
  [
    'counts a rejected delivery at each receive',
    'quarantine',
    ({ quarantine: { read }, quarantine }) =>
      Object.assign(quarantine, {
        read: async (id: string) => {
          const known = await read(id);
          return known && { ...known, recentDeliveries: [] };
        },
      }),
    /3 deliveries are counted of 2/,
  ],
  [
    'publishes without a lease',
    'notice',
    ({ table: { write, readOrder }, table }) =>
      Object.assign(table, {
        readOrder: async (orderId: string) => {
          const order = await readOrder(orderId);
          return {
            ...order,
            returns: order.returns.map(({ notifiedOf: _, noticeLease: __, ...item }) => item),
          };
        },
        write,
        claimTermNotice: async () => 'ours',
      }),
    /people were notified \d times of 1 things/,
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

    const again = await runOnce(mutant, bounds, replayed(failing?.choices ?? []));
    expect([again.hash, again.choices]).toEqual([failing?.hash, failing?.choices]);
    expect(narrate(again, []).at(-1)).toMatch(/^VIOLATED: /);
  },
);

describe('an exploration', () => {
  test('counts the same histories whether or not it explores equal states once', async () => {
    const { explored, start } = await Explored.of(scenario('complete'), noFault);
    const merged = await searchAll(explored, start);
    const each = await searchAll(explored, start, { merge: false });
    expect(merged.histories).toBe(each.histories);
    expect(merged.states).toBeLessThan(each.states);
  });

  test('explores fewer histories with fewer preemptions', async () => {
    const histories = async (preemptions: number | undefined): Promise<bigint> =>
      (await exploreAll(scenario('list'), { ...noFault, preemptions })).histories;
    const counts = [await histories(0), await histories(2), await histories(undefined)];
    expect(counts).toEqual(counts.toSorted((one, other) => (one < other ? -1 : 1)));
    expect(new Set(counts).size).toBe(3);
  });

  test('repeats exactly: a seed and a list of choices give the same trace each time', async () => {
    const { hash, unrepeatable } = await exploreSeeds(scenario('deny'), manyFaults, { seed: 0, runs: 20 });
    expect(hash).toMatch(/^[0-9a-f]{20}$/);
    expect(unrepeatable).toEqual([]);
    for (let seed = 0; seed < 5; seed += 1) {
      const alone = await runOnce(scenario('deny'), manyFaults, seeded(seed));
      const again = await runOnce(scenario('deny'), manyFaults, replayed(alone.choices));
      expect(again.hash).toBe(alone.hash);
    }
  });

  test('says which seed was another history the second time', async () => {
    let worlds = 0;
    const changing: Scenario = {
      ...scenario('list'),
      prepare: (world) => {
        worlds += 1;
        if (worlds > 1) world.policy = { ...world.policy, mode: 'observe' };
      },
    };
    const { unrepeatable } = await exploreSeeds(changing, noFault, { seed: 3, runs: 2 });
    expect(unrepeatable).toEqual([3, 4]);
  });

  test('prints a history step by step', async () => {
    const names = scenario('list').actors.map(({ name }) => name);
    const history = await runOnce(scenario('list'), oneCrash, replayed([0, 0, 0, 0, 0, 0, 1]));
    const lines = narrate(history, names);
    expect(lines[0]).toBe('Round 1: 1 is stock-hub/v1/rma, 2 is stock-hub/v1/rma');
    expect(lines).toContain(
      '  1  table.write return 000000093/90 Listing (claimed by token-1-1-1 to list) → written',
    );
    expect(lines.at(-1)).toBe('All invariants hold.');
  });
});
