import { type Bounds, faultNames, withoutFaults } from './faults.ts';
import type { Job } from './jobs.ts';
import type { ExploreOptions } from './options.ts';
import { scenarios } from './scenarios.ts';

/** Every history of two workers has these faults at most. */
export const complete: Bounds = { ...withoutFaults, workers: 2, crashes: 1, lostAnswers: 1 };

/** Histories that seeds choose have these. */
export const manyFaults: Bounds = {
  workers: 3,
  ...{ crashes: 2, lostAnswers: 2, turnedAway: 1, refusals: 0, lateCommits: 1, outlived: 1 },
};

/** The bounds with those that the command line names. */
export function boundsFrom(options: ExploreOptions, otherwise: Bounds): Bounds {
  const named = (['workers', 'preemptions', ...faultNames] as const).flatMap((name) =>
    options[name] === undefined ? [] : [[name, options[name]]],
  );
  return { ...otherwise, ...Object.fromEntries(named) };
}

/** The protocols that `npm test` explores as far as `npm run explore` does. */
const always: readonly string[] = ['list', 'cancel', 'units', 'done'];

const seedsOf = ({ seeds, short }: ExploreOptions): number => seeds ?? (short ? 10 : 1000);

/** The bounds of a complete exploration. */
function completeBounds(name: string, options: ExploreOptions): Bounds {
  const bounds = boundsFrom(options, { ...complete, ...scenarios[name]?.bounds });
  if (!options.short || always.includes(name)) return bounds;
  return { ...bounds, preemptions: Math.min(1, (bounds.preemptions ?? 2) - 1) };
}

/** In so many seeds of a scenario everything must be reached. Those after them only look for violations. */
const watchedSeeds = 1000;
/** The seeds of a job share what they find out, so that many take half the time each. More would fill the memory. */
const seedsPerJob = 25_000;

/** What a run of the command does, the longest first. A thread watches or it does not, so watched jobs come first. */
export function jobsOf(options: ExploreOptions): Job[] {
  const names = Object.keys(scenarios).filter((name) => !options.scenario || name === options.scenario);
  const seeds = seedsOf(options);
  const bounds = boundsFrom(options, manyFaults);
  const bySeeds: Job[] = [];
  for (let done = 0; done < seeds; ) {
    const isWatched = done === 0;
    const runs = Math.min(seeds - done, isWatched ? watchedSeeds : seedsPerJob);
    for (const scenario of names)
      bySeeds.push({ scenario, bounds, isWatched, seeds: { seed: options.seed + done, runs } });
    done += runs;
  }
  const everyHistory = names.map(
    (scenario): Job => ({ scenario, bounds: completeBounds(scenario, options), isWatched: true }),
  );
  return [...everyHistory, ...bySeeds];
}
