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
 * How long IGF is not called then, until one call probes whether it is back. It is no longer than the first retry
 * waits. An environment spends at most a sixth of its time on such probes.
 */
export const circuitOpenSeconds = 30;

/** The most calls to IGF that one action makes in a row. */
export const mostCallsInARow = 4;

/**
 * The longest gap that the rate limiter may leave between two calls of one environment. An attempt that waits this long
 * for each of its calls still ends within the worker's time.
 */
export const longestPaceSeconds = Math.floor(
  (workerTimeoutSeconds - igfTimeoutSeconds - storingSeconds) / mostCallsInARow,
);

/** How long after our attempt ended IGF may still commit its call. */
export const igfCommitSeconds = 90;

/**
 * How far the clocks of two functions may be apart: each uses its own to see whether a claim has ended. Lambda's clocks
 * differ by less than a second. A minute is for the day on which one does not.
 */
export const clockSkewSeconds = 60;

/**
 * How long a claim on a return item lasts, on any function's clock. The attempt that made it lives less long, and IGF
 * takes less long to commit its call. After that, another attempt may check at IGF what became of the call.
 */
export const claimLeaseSeconds = workerTimeoutSeconds + igfCommitSeconds + clockSkewSeconds;

/** One run of the reconciler. It begins with a return only while there is time to finish it. */
export const reconcilerTimeoutSeconds = 300;

/** A claim of the reconciler, which runs longer than a worker. */
export const reconcilerClaimLeaseSeconds = reconcilerTimeoutSeconds + igfCommitSeconds + clockSkewSeconds;

/**
 * The reconciler polls IGF about a return without an update for this long. It is less than the usual hour between two
 * runs, so the next run polls again what this one polled late.
 */
export const staleAfterSeconds = 45 * 60;

/**
 * An answer may not match IGF's document, such as a maintenance page with status 200. It counts as temporary for this
 * long: of the call that cancels a listing, and of the calls that find out why IGF cancelled one.
 */
export const transientAnswerSeconds = { cancelling: 60 * 60, explaining: 24 * 60 * 60 };

/** A rejected delivery raises an alarm this long before its sender stops retrying. */
export const shortOfTimeSeconds = 6 * 60 * 60;

/** How often the watch looks for rejected deliveries that expire soon. Its alarm has the same period. */
export const quarantineWatchMinutes = 15;

/** One run of the watch: a few reads for each delivery that expires soon. */
export const quarantineWatchTimeoutSeconds = 60;

/** One request of an AWS client, and how often it is tried, so that all tries fit into any function's timeout. */
export const awsRequestSeconds = 2;
export const awsAttempts = 2;
