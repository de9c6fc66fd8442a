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

const seedsPerJob = 10_000;

/** What a run of the command does, the longest first. */
export function jobsOf(options: ExploreOptions): Job[] {
  const names = Object.keys(scenarios).filter((name) => !options.scenario || name === options.scenario);
  const seeds = options.seeds ?? (process.env.LONG === '1' ? 100_000 : 1000);
  const parts = Array.from({ length: Math.ceil(seeds / seedsPerJob) }, (_, at) => ({
    seed: options.seed + at * seedsPerJob,
    runs: Math.min(seedsPerJob, seeds - at * seedsPerJob),
  }));
  return names.flatMap((scenario): Job[] => [
    { scenario, bounds: boundsFrom(options, { ...complete, ...scenarios[scenario]?.bounds }) },
    ...parts.map((part) => ({ scenario, bounds: boundsFrom(options, manyFaults), seeds: part })),
  ]);
}
