/** How working on a message ended. One place maps it to ack, retry or park: `disposition.ts`. */
export type Outcome =
  | { kind: 'done' }
  /** There was nothing to do: a fact that was known, an order without returns. */
  | { kind: 'skipped' }
  /** Worth another attempt, not before `afterSeconds`. */
  | { kind: 'retry'; reason: string; errorClass: string; afterSeconds?: number | undefined }
  /** No attempt will change it. */
  | { kind: 'rejected'; reason: string; errorClass: string };

export const done: Outcome = { kind: 'done' };
export const skipped: Outcome = { kind: 'skipped' };

/** DynamoDB refuses it, whenever it is asked. */
export const neverStored = (reason: string): Extract<Outcome, { kind: 'rejected' }> => ({
  kind: 'rejected',
  reason,
  errorClass: 'Unstorable',
});

const weight: Record<Outcome['kind'], number> = { skipped: 0, done: 1, rejected: 2, retry: 3 };

/**
 * The outcome of a message whose returns ended differently. While one is worth another attempt the message is
 * retried; what was rejected stays rejected then without being asked for again.
 */
export function combineOutcomes(outcomes: readonly Outcome[]): Outcome {
  const worst = outcomes.reduce(
    (one, other) => (weight[other.kind] > weight[one.kind] ? other : one),
    skipped,
  );
  if (worst.kind !== 'retry') return worst;
  const waits = outcomes.map((outcome) => (outcome.kind === 'retry' ? (outcome.afterSeconds ?? 0) : 0));
  return { ...worst, afterSeconds: Math.max(...waits) };
}
