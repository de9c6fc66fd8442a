/** Times that depend on one another, in seconds. The stack, the functions and their tests read them here. */

/** An ingest call: two attempts each for the sender's key and for SQS, of at most 2 s, and some room. */
export const ingestTimeoutSeconds = 10;

/** One message: a handful of table calls, and IGF calls that start only while there is time for them to end. */
export const workerTimeoutSeconds = 30;

/** AWS asks for at least six times the function's timeout, so that a throttled retry never meets a running attempt. */
export const visibilityTimeoutSeconds = 6 * workerTimeoutSeconds;

/** How long a call to IGF may take, connection and answer together. */
export const igfTimeoutSeconds = 6;

/** How long after our attempt ended IGF may still commit what we asked of it. */
export const igfCommitSeconds = 90;

/**
 * How long a claim on a return item holds: longer than the attempt that took it can live, and longer than IGF can
 * take to commit its call. Whoever finds it expired may ask IGF what became of the call.
 */
export const claimLeaseSeconds = workerTimeoutSeconds + igfCommitSeconds;

/** One run of the reconciler, which begins with a return only while there is time to end with it. */
export const reconcilerTimeoutSeconds = 300;

/** A claim of the reconciler's own: it may live longer than a worker, and so may its claim. */
export const reconcilerClaimLeaseSeconds = reconcilerTimeoutSeconds + igfCommitSeconds;

/**
 * How long IGF must not have told anything of a return before it is asked. Less than the usual hour between two runs, so
 * that a return that was asked late in one run is asked again in the next.
 */
export const quietSeconds = 45 * 60;

/** One request of an AWS client, and how often it is tried, so that all tries fit into any function's timeout. */
export const awsRequestSeconds = 2;
export const awsAttempts = 2;
