import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Explored, Option, Step, System } from './system.ts';
import { hashOf } from './text.ts';

/** Chooses what happens next. @returns the index of an option */
export type Chooser = (options: readonly Option[]) => number;

/** What happened in one run of a scenario. */
export interface History {
  /** Lead to the same history again: each an index into the options of its step. After the last one, all are 0. */
  readonly choices: readonly number[];
  readonly steps: readonly Step[];
  /** Identifies everything that happened. */
  readonly hash: string;
  /** Which invariants are violated, in words. */
  readonly violations: readonly string[];
}

/** Runs a scenario once, to its end. */
export async function runHistory(explored: Explored, start: System, choose: Chooser): Promise<History> {
  const choices: number[] = [];
  const steps: Step[] = [];
  const trace: string[] = [];
  let system = start;
  for (let options = explored.options(system); options.length > 0; options = explored.options(system)) {
    const choice = choose(options);
    const option = options[choice];
    if (!option) throw new Error(`There is no option ${choice} at step ${steps.length + 1}.`);
    choices.push(choice);
    const { after, answer } = await explored.step(system, option);
    const { happens, process, call } = option;
    trace.push(happens, String(process?.message), call?.id ?? '', answer?.id ?? '');
    steps.push({ ...option, round: system.round, ...(answer && { answer }) });
    system = after;
  }
  return {
    choices: choices.slice(0, choices.findLastIndex((choice) => choice > 0) + 1),
    steps,
    hash: hashOf(...trace, explored.keyOf(system)),
    violations: explored.violations(system),
  };
}

/** How often a step is a fault while faults are left, in percent. */
const faultShare = 8;

/** Chooses at random: the same seed gives the same history. */
export function seeded(seed: number): Chooser {
  const generator = xoroshiro128plus(seed);
  return (options) => {
    const answered = options.filter(({ happens }) => happens === 'answered' || happens === 'commits').length;
    const isFault =
      answered === 0 || (options.length > answered && uniformInt(generator, 1, 100) <= faultShare);
    return isFault
      ? uniformInt(generator, answered, options.length - 1)
      : uniformInt(generator, 0, answered - 1);
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
