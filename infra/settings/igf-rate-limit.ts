import { longestPaceSeconds } from '../../lib/config/timing.ts';
import { senders } from '../../lib/webhooks/catalogue.ts';

/** What of a stage's settings says how fast IGF is called. */
export interface IgfRate {
  /** In all. */
  readonly igfMaxPerSecond: number;
  /** Environments of each sender's worker. */
  readonly workerConcurrency: number;
}

/** How many environments may call IGF at once: those of every worker, and the reconciler's one. */
export const igfEnvironments = ({ workerConcurrency }: Pick<IgfRate, 'workerConcurrency'>): number =>
  senders.length * workerConcurrency + 1;

/**
 * Each environment's even share, in calls a second. They know nothing of one another, so that the sum keeps the rate
 * whichever of them are busy. Rounded down: the sum never exceeds it.
 */
export const igfShare = (rate: IgfRate): number =>
  Math.floor((rate.igfMaxPerSecond / igfEnvironments(rate)) * 1000) / 1000;

/** The lowest rate at which every environment's share still lets an attempt end in time. */
export const leastRate = (workers: Pick<IgfRate, 'workerConcurrency'>): number =>
  igfEnvironments(workers) / longestPaceSeconds;
