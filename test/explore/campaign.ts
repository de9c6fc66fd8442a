import { DepthFirst, replayed, seeded } from './chooser.ts';
import { type Bounds, type History, runHistory } from './history.ts';
import type { Scenario } from './scenarios.ts';
import { hashOf } from './scheduler.ts';

export interface CampaignReport {
  runs: number;
  /** The calls of all runs. */
  steps: number;
  /** How many different histories the runs stand for; absent where seeds choose. */
  histories?: bigint;
  /** Identifies everything that happened in all runs. */
  hash: string;
  /** The shortest history that was found to violate an invariant. */
  failing?: History;
}

/** So many failing histories are enough to look for a short one. */
const enoughFailing = 20;

const randomRuns = 100;

/**
 * Runs every history of a scenario, or stops when enough of them fail. A few random ones come first: depth first is lost
 * where broken workers overtake one another without end, which random choices leave soon.
 */
export async function exploreAll(scenario: Scenario, bounds: Bounds): Promise<CampaignReport> {
  const random = await exploreSeeds(scenario, bounds, { seed: 1, runs: randomRuns });
  if (random.failing) return random;
  const search = new DepthFirst();
  const findings = new Findings(scenario, bounds);
  do {
    findings.add(await runHistory(scenario, bounds, search.choose));
  } while (search.next() && findings.failures < enoughFailing);
  return { ...(await findings.report()), histories: search.histories };
}

/** Runs one history for each of these seeds: `seed`, `seed + 1`, … */
export async function exploreSeeds(
  scenario: Scenario,
  bounds: Bounds,
  { seed, runs }: { seed: number; runs: number },
): Promise<CampaignReport> {
  const findings = new Findings(scenario, bounds);
  for (let run = 0; run < runs && findings.failures < enoughFailing; run += 1) {
    findings.add(await runHistory(scenario, bounds, seeded(seed + run)));
  }
  return findings.report();
}

class Findings {
  readonly #scenario: Scenario;
  readonly #bounds: Bounds;
  readonly #sums = { runs: 0, steps: 0, hash: '' };
  failures = 0;
  #shortest: History | undefined;

  constructor(scenario: Scenario, bounds: Bounds) {
    this.#scenario = scenario;
    this.#bounds = bounds;
  }

  add(history: History): void {
    const { runs, steps, hash } = this.#sums;
    Object.assign(this.#sums, {
      runs: runs + 1,
      steps: steps + history.steps,
      hash: hashOf(hash, history.hash),
    });
    if (history.violations.length === 0) return;
    this.failures += 1;
    if (!this.#shortest || isShorter(history, this.#shortest)) this.#shortest = history;
  }

  async report(): Promise<CampaignReport> {
    const failing = this.#shortest && (await shortened(this.#shortest, this.#scenario, this.#bounds));
    return { ...this.#sums, ...(failing && { failing }) };
  }
}

/** Fewer steps; of as many, those that choose the first option more often, which switch and fail less. */
const isShorter = (one: History, other: History): boolean =>
  one.steps < other.steps || (one.steps === other.steps && others(one) < others(other));

const others = ({ choices }: History): number => choices.filter((choice) => choice !== 0).length;

/** Ends earlier, leaves out choices or makes the first one instead, wherever the history gets shorter and still fails. */
async function shortened(history: History, scenario: Scenario, bounds: Bounds): Promise<History> {
  let best = history;
  for (let at = 0; at < best.choices.length; at += 1) {
    const { choices } = best;
    for (const fewer of [choices.slice(0, at), choices.toSpliced(at, 1), choices.with(at, 0)]) {
      const candidate = await runHistory(scenario, bounds, replayed(fewer));
      if (candidate.violations.length > 0 && isShorter(candidate, best)) best = candidate;
    }
  }
  return best;
}
