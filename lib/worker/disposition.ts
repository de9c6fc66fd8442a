import type { Outcome } from '../actions/action.ts';
import { promiseIsOver, promiseSeconds, retryDelaySeconds } from '../config/retry-schedule.ts';

export const skipped: Outcome = { kind: 'skipped' };

/** DynamoDB refuses the write at every attempt. */
export const neverStored = (reason: string): Extract<Outcome, { kind: 'permanent-failure' }> => ({
  kind: 'permanent-failure',
  reason,
  errorClass: 'Unstorable',
});

export const ofLaterVersion: Extract<Outcome, { kind: 'retry' }> = {
  kind: 'retry',
  reason: 'a later version of the bridge wrote the message: a deploy is under way, or it was rolled back',
  errorClass: 'LaterVersion',
};

const leastFirst: readonly Outcome['kind'][] = ['skipped', 'done', 'permanent-failure', 'busy', 'retry'];

/**
 * The outcome of a message with several returns. It is retried while one of them is worth it: the next attempt finds a
 * permanent failure of another without calling IGF.
 */
export function combineOutcomes(outcomes: readonly Outcome[]): Outcome {
  const worst = leastFirst.flatMap((kind) => outcomes.find((outcome) => outcome.kind === kind) ?? []).at(-1);
  if (worst?.kind !== 'retry' && worst?.kind !== 'busy') return worst ?? skipped;
  const waits = outcomes.map((outcome) => ('afterSeconds' in outcome ? (outcome.afterSeconds ?? 0) : 0));
  return { ...worst, afterSeconds: Math.max(...waits) };
}

export type Disposition =
  | { kind: 'ack' }
  /** Becomes visible again after `seconds`. */
  | { kind: 'retry'; seconds: number; reason: string }
  | { kind: 'park'; reason: string; errorClass: string };

/** SQS's data about a message and this receive. Times in milliseconds since the epoch. */
export interface ReceiveInfo {
  sentAt: number;
  /** ApproximateReceiveCount, from 1. */
  receiveCount: number;
  /** When the attempt began. */
  receivedAt: number;
}

/**
 * The one place that maps an outcome to ack, retry or park. The age of a message limits its retries, and not the count
 * of its receives.
 */
export function dispose(outcome: Outcome, receipt: ReceiveInfo, now: number, random: number): Disposition {
  switch (outcome.kind) {
    case 'done':
    case 'skipped':
      return { kind: 'ack' };
    case 'permanent-failure':
      return { kind: 'park', reason: outcome.reason, errorClass: outcome.errorClass };
    case 'busy':
    case 'retry': {
      if (promiseIsOver((now - receipt.sentAt) / 1000)) {
        const hours = promiseSeconds / 3600;
        return {
          kind: 'park',
          reason: `Failed for ${hours} hours: ${outcome.reason}`,
          errorClass: outcome.kind === 'busy' ? 'Busy' : outcome.errorClass,
        };
      }
      const seconds = retryDelaySeconds({
        receiveCount: receipt.receiveCount,
        elapsedSeconds: (now - receipt.receivedAt) / 1000,
        atLeastSeconds: outcome.afterSeconds,
        random,
      });
      return { kind: 'retry', seconds, reason: outcome.reason };
    }
  }
}
