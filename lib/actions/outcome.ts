/** How processing a message ended. One place maps it to ack, retry or park: `lib/worker/disposition.ts`. */
export type Outcome =
  | { kind: 'done' }
  /** There was nothing to do: the fact was known, or the order has no returns. */
  | { kind: 'skipped' }
  /** Worth another attempt, but not before `afterSeconds`. */
  | { kind: 'retry'; reason: string; errorClass: string; afterSeconds?: number | undefined }
  /** Another attempt is processing the same return. Worth another attempt when that one must have ended. */
  | { kind: 'busy'; reason: string; afterSeconds: number }
  /** No further attempt can succeed. */
  | { kind: 'permanent-failure'; reason: string; errorClass: string };

export const done: Outcome = { kind: 'done' };
export const skipped: Outcome = { kind: 'skipped' };

/** @param leftMs how long the other attempt may still take, in milliseconds */
export const busy = (reason: string, leftMs: number): Outcome => ({
  kind: 'busy',
  reason,
  afterSeconds: Math.max(1, Math.ceil(leftMs / 1000)),
});

/** DynamoDB refuses the write at every attempt. */
export const neverStored = (reason: string): Extract<Outcome, { kind: 'permanent-failure' }> => ({
  kind: 'permanent-failure',
  reason,
  errorClass: 'Unstorable',
});

const weight: Record<Outcome['kind'], number> = {
  skipped: 0,
  done: 1,
  'permanent-failure': 2,
  busy: 3,
  retry: 4,
};

/**
 * The outcome of a message with several returns. The message is retried while one of its returns is worth
 * another attempt. The next attempt finds a permanent failure of another return without calling IGF again.
 */
export function combineOutcomes(outcomes: readonly Outcome[]): Outcome {
  const worst = outcomes.reduce(
    (one, other) => (weight[other.kind] > weight[one.kind] ? other : one),
    skipped,
  );
  if (worst.kind !== 'retry' && worst.kind !== 'busy') return worst;
  const waits = outcomes.map((outcome) => ('afterSeconds' in outcome ? (outcome.afterSeconds ?? 0) : 0));
  return { ...worst, afterSeconds: Math.max(...waits) };
}
