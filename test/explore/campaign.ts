import type { Bounds } from './faults.ts';
import { type Chooser, type History, replayed, runHistory, seeded } from './history.ts';
import type { Scenario } from './scenario.ts';
import { enoughFailing, searchAll } from './search.ts';
import { Explored } from './system.ts';
import { hashOf } from './text.ts';

export interface CampaignReport {
  /** Histories that were explored: as many as there are, or one for each seed. */
  readonly histories: bigint;
  /** The calls that were decided about. */
  readonly steps: number;
  /** Different states; absent where seeds choose. */
  readonly states?: number;
  /** Identifies everything that happened. */
  readonly hash: string;
  /** The shortest history that was found to violate an invariant. */
  readonly failing?: History;
  /** Seeds whose second run was another one than the first. */
  readonly unrepeatable: readonly number[];
}

/** Runs one history of a scenario, without anything that another history found out. */
export async function runOnce(scenario: Scenario, bounds: Bounds, choose: Chooser): Promise<History> {
  const { explored, start } = await Explored.of(scenario, bounds);
  return runHistory(explored, start, choose);
}

const randomRuns = 100;

/**
 * Explores every history of a scenario, or stops when enough of them fail. A few random ones come first: depth first is
 * lost where broken workers overtake one another without end, which random choices leave soon.
 */
export async function exploreAll(scenario: Scenario, bounds: Bounds): Promise<CampaignReport> {
  const random = await exploreSeeds(scenario, bounds, { seed: 1, runs: randomRuns });
  if (random.failing) return random;
  const { explored, start } = await Explored.of(scenario, bounds);
  const { histories, states, steps, failing } = await searchAll(explored, start);
  const hash = hashOf(random.hash, String(histories), String(states), String(steps));
  const shortest = await shortestOf(scenario, bounds, failing);
  return { histories, states, steps, hash, unrepeatable: [], ...(shortest && { failing: shortest }) };
}

/**
 * Runs one history for each of these seeds: `seed`, `seed + 1`, … They share what they find out. Each is run twice, the
 * second time in the opposite order and with nothing known from the first time: the two must be the same.
 */
export async function exploreSeeds(
  scenario: Scenario,
  bounds: Bounds,
  { seed, runs }: { seed: number; runs: number },
): Promise<CampaignReport> {
  const failing: (readonly number[])[] = [];
  const seeds = Array.from({ length: runs }, (_, at) => seed + at);
  let steps = 0;
  const traces = await tracesOf(scenario, bounds, seeds, (history) => {
    steps += history.steps.length;
    if (history.violations.length > 0 && failing.length < enoughFailing) failing.push(history.choices);
  });
  const again = await tracesOf(scenario, bounds, seeds.toReversed());
  const unrepeatable = seeds.filter((each) => traces.get(each) !== again.get(each));
  const hash = hashOf(...traces.values());
  const shortest = await shortestOf(scenario, bounds, failing);
  return { histories: BigInt(runs), steps, hash, unrepeatable, ...(shortest && { failing: shortest }) };
}

async function tracesOf(
  scenario: Scenario,
  bounds: Bounds,
  seeds: readonly number[],
  look: (history: History) => void = () => undefined,
): Promise<Map<number, string>> {
  const { explored, start } = await Explored.of(scenario, bounds);
  const traces = new Map<number, string>();
  for (const seed of seeds) {
    const history = await runHistory(explored, start, seeded(seed));
    traces.set(seed, history.hash);
    look(history);
  }
  return traces;
}

/** Fewer steps; of as many, those that choose the first option more often, which switch and fail less. */
const isShorter = (one: History, other: History): boolean =>
  one.steps.length < other.steps.length ||
  (one.steps.length === other.steps.length && others(one) < others(other));

const others = ({ choices }: History): number => choices.filter((choice) => choice !== 0).length;

/** The shortest of these histories, made shorter as long as it still fails. */
async function shortestOf(
  scenario: Scenario,
  bounds: Bounds,
  failing: readonly (readonly number[])[],
): Promise<History | undefined> {
  if (failing.length === 0) return undefined;
  const { explored, start } = await Explored.of(scenario, bounds);
  const run = (choices: readonly number[]) => runHistory(explored, start, replayed(choices));
  const histories: History[] = [];
  for (const choices of failing) histories.push(await run(choices));
  const [shortest] = histories.sort((one, other) => (isShorter(one, other) ? -1 : 1));
  return shortest && shortened(shortest, run);
}

/** Ends earlier, leaves out choices or makes the first one instead, wherever the history gets shorter and still fails. */
async function shortened(
  history: History,
  run: (choices: readonly number[]) => Promise<History>,
): Promise<History> {
  let best = history;
  for (let at = 0; at < best.choices.length; at += 1) {
    const { choices } = best;
    for (const fewer of [choices.slice(0, at), choices.toSpliced(at, 1), choices.with(at, 0)]) {
      const candidate = await run(fewer);
      if (candidate.violations.length > 0 && isShorter(candidate, best)) best = candidate;
    }
  }
  return best;
}
