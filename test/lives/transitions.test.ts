import fc from 'fast-check';
import { type ReturnState, returnStates } from '../../lib/returns/return-item.ts';
import { runs } from '../support/long-form.ts';
import { comparePage, markdownTable, partOf, readPage } from '../support/page.ts';
import { type Happening, Life } from './life.ts';
import { observeTransitions, type Transition, transition } from './observe.ts';
import { randomLife } from './random-life.ts';
import { walks } from './walks.ts';

const path = 'docs/life-of-a-return.md';
const isState = (word: string): word is ReturnState => (returnStates as readonly string[]).includes(word);

/** The states in a line of the page, in their order. */
const statesIn = (line: string): ReturnState[] =>
  [...line.matchAll(/[A-Z][A-Za-z]+/g)].map(([word]) => word).filter(isState);

/** The changes of state in the picture: each line is a chain of states. */
const picture = new Set<Transition>(
  partOf(readPage(path), 'picture')
    .split('\n')
    .map(statesIn)
    .flatMap((chain) => chain.slice(1).map((to, index) => transition(chain[index] ?? to, to))),
);

/** The changes of state in the table. */
const table = new Set<Transition>(
  partOf(readPage(path), 'transitions')
    .split('\n')
    .slice(2)
    .flatMap((row) => {
      const [from, ...next] = statesIn(row);
      return from ? next.map((to) => transition(from, to)) : [];
    }),
);

/** The changes of state in a life. */
async function changesIn(
  policy: Readonly<Record<string, unknown>> | undefined,
  happenings: readonly Happening[],
): Promise<Set<Transition>> {
  const seen = new Set<Transition>();
  const life = new Life(policy);
  observeTransitions(life.bridge.table, (change) => seen.add(change));
  for (const happening of happenings) await life.live(happening);
  return seen;
}

test(`${path} has every change of state (REWRITE_DOCS=1 npm test -- transitions rewrites the table)`, () => {
  const list = (states: ReturnState[]): string => states.map((state) => `\`${state}\``).join(', ') || 'none';
  const rows = returnStates.map((from) => {
    const next = returnStates.filter((to) => walks[transition(from, to)]);
    const isUsual = (to: ReturnState): boolean => picture.has(transition(from, to));
    return [`\`${from}\``, list(next.filter(isUsual)), list(next.filter((to) => !isUsual(to)))];
  });
  const [page, wanted] = comparePage(path, {
    transitions: markdownTable([['from', 'usually to', 'also to'], ...rows]),
  });
  expect(page).toBe(wanted);
});

test('each change of state in the picture and in the table has a life that walks it', () => {
  expect([...picture].filter((change) => !walks[change])).toEqual([]);
  expect([...table].sort()).toEqual(Object.keys(walks).sort());
});

test.each(Object.entries(walks))('a return can go %s', async (change, { policy, happenings }) => {
  expect([...(await changesIn(policy, happenings))]).toContain(change);
});

test('no life of either family has another change of state', async () => {
  const walked = new Set<Transition>();
  await fc.assert(
    fc.asyncProperty(randomLife, async ({ policy, happenings }) => {
      const changes = await changesIn(policy, happenings);
      for (const change of changes) walked.add(change);
      expect([...changes].filter((change) => !table.has(change))).toEqual([]);
    }),
    { numRuns: Number(process.env.LIVES ?? runs(1000).numRuns), seed: Number(process.env.SEED ?? 1) },
  );
  expect(walked.size).toBeGreaterThan(30);
});
