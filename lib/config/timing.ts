/** Times that depend on one another, in seconds. The stack, the functions and their tests read them here. */

/** An ingest call: two attempts each for the sender's key and for SQS, of at most 2 s, and some room. */
export const ingestTimeoutSeconds = 10;

/** One message: some table calls, and IGF calls that start only while there is time for them to end. */
export const workerTimeoutSeconds = 30;

/** AWS recommends at least six times the function's timeout, so that a throttled retry never meets a running attempt. */
export const visibilityTimeoutSeconds = 6 * workerTimeoutSeconds;

/** How long a call to IGF may take, connection and answer together. */
export const igfTimeoutSeconds = 6;

/** What the table calls after a call to IGF may take. */
export const storingSeconds = 5;

/** After this many calls in a row without an answer, IGF counts as down. */
export const failuresUntilOpen = 5;

/**
 * When IGF is down, it is not called for this long. Then one call probes whether it is back. The first retry waits no
 * less, and an environment spends at most a sixth of its time on probes.
 */
export const circuitOpenSeconds = 30;

/** The most calls to IGF that one action makes in a row. */
export const mostCallsInARow = 4;

/** The longest gap that the rate limiter leaves between two calls. An attempt with all its calls still ends in time. */
export const longestPaceSeconds = Math.floor(
  (workerTimeoutSeconds - igfTimeoutSeconds - storingSeconds) / mostCallsInARow,
);

/** How long after our attempt ended IGF may still commit its call. */
export const igfCommitSeconds = 90;

/** How far the clocks of two functions may be apart: Lambda's by less than a second, and a minute to be safe. */
export const clockSkewSeconds = 60;

/** How long a claim on a return lasts, on any clock: longer than its attempt lives and IGF takes to commit its call. */
export const claimLeaseSeconds = workerTimeoutSeconds + igfCommitSeconds + clockSkewSeconds;

/** One run of the reconciler. It begins with a return only while there is time to finish it. */
export const reconcilerTimeoutSeconds = 300;

/** A claim of the reconciler, which runs longer than a worker. */
export const reconcilerClaimLeaseSeconds = reconcilerTimeoutSeconds + igfCommitSeconds + clockSkewSeconds;

/**
 * The reconciler polls a return without an update for this long. It is less than the usual hour between two runs, so
 * that the next run polls again what this one polled late.
 */
export const staleAfterSeconds = 45 * 60;

/**
 * How long an answer that does not match IGF's document, such as a maintenance page, counts as temporary: of the call
 * that cancels a listing, and of those that find out why IGF cancelled one.
 */
export const transientAnswerSeconds = { cancelling: 60 * 60, explaining: 24 * 60 * 60 };

/** A rejected delivery raises an alarm this long before its sender stops retrying. */
export const shortOfTimeSeconds = 6 * 60 * 60;

/** How often the watch looks for rejected deliveries that expire soon. Its alarms look at two runs. */
export const quarantineWatchMinutes = 15;

/** One run of the watch: a few reads for each delivery that expires soon. */
export const quarantineWatchTimeoutSeconds = 60;

/** One request of an AWS client, and how often it is tried, so that all tries fit into any function's timeout. */
export const awsRequestSeconds = 2;
export const awsAttempts = 2;
