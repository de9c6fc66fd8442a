import { comparePage, markdownTable } from '../support/page.ts';
import { Life } from './life.ts';
import { observeTasks } from './observe.ts';
import { ordinaryLives } from './ordinary.ts';

const families = ['stock-hub', 'push-api'] as const;
type Family = (typeof families)[number];

/** How often one hundred ordinary returns of a family newly need a person, by the task. */
async function countTasks(family: Family): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const { orders, happenings } of ordinaryLives(family)) {
    // The lives are deterministic, so one order stands for all that live it.
    const life = new Life();
    observeTasks(life.bridge.table, (task) => counts.set(task, (counts.get(task) ?? 0) + orders));
    for (const happening of happenings) await life.live(happening);
  }
  return counts;
}

const sum = (counts: Iterable<number>): number => [...counts].reduce((total, count) => total + count, 0);

const counted = new Map<Family, Map<string, number>>();
beforeAll(async () => {
  for (const family of families) counted.set(family, await countTasks(family));
});

const countsOf = (family: Family): Map<string, number> => counted.get(family) ?? new Map();

test.each(families)(
  'there are one hundred ordinary returns of %s, and a third of them is listed',
  async (family) => {
    const lives = ordinaryLives(family);
    expect(sum(lives.map(({ orders, returns }) => orders * returns))).toBe(100);
    let listed = 0;
    for (const { orders, happenings } of lives) {
      const life = new Life();
      for (const happening of happenings) await life.live(happening);
      listed += life.bridge.igf.callsOf('listings.create').length * orders;
      expect(life.bridge.parked).toEqual([]);
    }
    expect(listed).toBe(33);
  },
);

test.each(families)('one hundred ordinary returns of %s raise no more than 30 attentions', (family) => {
  expect(sum(countsOf(family).values())).toBeLessThanOrEqual(30);
});

test('docs/life-of-a-return.md has the counts (REWRITE_DOCS=1 npm test -- ordinary rewrites them)', () => {
  const lives = ordinaryLives('stock-hub');
  const tasks = [...new Set(families.flatMap((family) => [...countsOf(family).keys()]))].sort();
  const rowOf = (name: string, count: (family: Family) => number): string[] => [
    name,
    ...families.map((family) => String(count(family))),
  ];
  const [page, wanted] = comparePage('docs/life-of-a-return.md', {
    'one hundred returns': markdownTable([
      ['returns', 'what happens to each'],
      ...lives.map(({ what, orders, returns }) => [String(orders * returns), what]),
    ]),
    'their attentions': markdownTable([
      ['task', ...families],
      ...tasks.map((task) => rowOf(`\`${task}\``, (family) => countsOf(family).get(task) ?? 0)),
      rowOf('all', (family) => sum(countsOf(family).values())),
    ]),
  });
  expect(page).toBe(wanted);
});
