import { longestPaceSeconds } from '../../lib/config/timing.ts';
import { senders } from '../../lib/webhooks/catalogue.ts';

/** The most execution environments of each sender's worker. */
type Workers = { readonly workerConcurrency: number };

/** How many execution environments may call IGF at once: those of every worker, and one of the reconciler. */
export const igfEnvironments = ({ workerConcurrency }: Workers): number =>
  senders.length * workerConcurrency + 1;

/**
 * The calls a second that one execution environment may make: an even share. The environments know nothing of each
 * other, so this keeps the limit whichever are busy. It is rounded down, so that the sum never exceeds the limit.
 */
export const igfCallsPerSecond = (settings: Workers & { readonly igfMaxPerSecond: number }): number =>
  Math.floor((settings.igfMaxPerSecond / igfEnvironments(settings)) * 1000) / 1000;

/** The lowest `igfMaxPerSecond` at which an attempt still ends in time with one environment's share. */
export const minimumRate = (workers: Workers): number => igfEnvironments(workers) / longestPaceSeconds;
