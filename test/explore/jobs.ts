import type { CampaignReport } from './campaign.ts';
import type { Bounds } from './faults.ts';
import type { Reached } from './reached.ts';

/** A part of a campaign: a scenario, and every history of it or those of some seeds. */
export interface Job {
  readonly scenario: string;
  readonly bounds: Bounds;
  readonly seeds?: { readonly seed: number; readonly runs: number };
  /** Which code runs is counted too. That takes a quarter longer. */
  readonly isWatched: boolean;
}

/** What came of a job, as one thread sends it to another. */
export interface JobReport extends Omit<CampaignReport, 'failing'> {
  /** The choices of the shortest history that violates an invariant, and what it violates. */
  readonly failing?: { readonly choices: readonly number[]; readonly violations: readonly string[] };
  /** CPU time of its thread. */
  readonly seconds: number;
  readonly reached: Reached;
}
