import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Option } from './scheduler.ts';

/**
 * Chooses what happens next in a history.
 * @param stateOf identifies the state of everything: from equal states the same choices lead to the same histories
 * @returns the index of an option, or `stop` when everything that can happen from here on is known
 */
export type Chooser = (options: readonly Option[], stateOf: () => string) => number | 'stop';

/** A choice of the history that is being explored. */
interface Branch {
  readonly state: string;
  readonly options: number;
  /** The option that is being explored. */
  index: number;
  /** How many histories the options before it lead to. */
  histories: bigint;
}

/**
 * Explores every history, depth first: each run makes the choices of the last run, up to the last one that has an option
 * left. A state that is explored is not explored again, however a run reached it. So the order of calls that do not
 * concern one another multiplies nothing.
 */
export class DepthFirst {
  /** How many histories lead on from each state. */
  readonly #explored = new Map<string, bigint>();
  readonly #path: Branch[] = [];
  #depth = 0;
  /** How many histories the run stands for: itself, or all that lead on from where it was stopped. */
  #standsFor = 1n;
  readonly #stateOf: (stateOf: () => string) => string;
  /** How many histories there are, once all are explored. */
  histories = 0n;

  /** @param merge whether equal states are explored once */
  constructor({ merge = true } = {}) {
    let choices = 0;
    this.#stateOf = merge ? (stateOf) => stateOf() : () => String(choices++);
  }

  get states(): number {
    return this.#explored.size;
  }

  readonly choose: Chooser = (options, stateOf) => {
    const branch = this.#path[this.#depth];
    this.#depth += 1;
    if (branch) return branch.index;
    const state = this.#stateOf(stateOf);
    const histories = this.#explored.get(state);
    if (histories !== undefined) {
      this.#standsFor = histories;
      return 'stop';
    }
    this.#path.push({ state, options: options.length, index: 0, histories: 0n });
    return 0;
  };

  /** Ends a run. @returns whether there is another one */
  next(): boolean {
    let histories = this.#standsFor;
    this.#standsFor = 1n;
    this.#depth = 0;
    for (let branch = this.#path.at(-1); branch; branch = this.#path.at(-1)) {
      branch.histories += histories;
      branch.index += 1;
      if (branch.index < branch.options) return true;
      this.#path.pop();
      this.#explored.set(branch.state, branch.histories);
      histories = branch.histories;
    }
    this.histories = histories;
    return false;
  }
}

/** How often a step is a fault while faults are left, in percent. */
const faultShare = 8;

/** Chooses at random: the same seed gives the same history. */
export function seeded(seed: number): Chooser {
  const generator = xoroshiro128plus(seed);
  return (options) => {
    const faultless = options.filter(({ fault }) => fault === 'none').length;
    const isFault = options.length > faultless && uniformInt(generator, 1, 100) <= faultShare;
    return isFault
      ? uniformInt(generator, faultless, options.length - 1)
      : uniformInt(generator, 0, faultless - 1);
  };
}

/** Takes these choices, then always the first option. Where there are fewer options, the last. */
export function replayed(choices: readonly number[]): Chooser {
  let made = 0;
  return (options) => {
    const choice = choices[made] ?? 0;
    made += 1;
    return Math.min(choice, options.length - 1);
  };
}
