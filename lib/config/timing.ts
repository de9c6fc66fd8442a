/** Times that depend on one another, in seconds. The stack, the functions and their tests read them here. */

/** An ingest call: two attempts each for the sender's key and for SQS, of at most 2 s, and some room. */
export const ingestTimeoutSeconds = 10;

/** One message: a handful of table calls, and IGF calls that start only while there is time for them to end. */
export const workerTimeoutSeconds = 30;

/** AWS asks for at least six times the function's timeout, so that a throttled retry never meets a running attempt. */
export const visibilityTimeoutSeconds = 6 * workerTimeoutSeconds;

/** How long a call to IGF may take, connection and answer together. */
export const igfTimeoutSeconds = 6;

/** What the table calls after a call to IGF may take. */
export const storingSeconds = 5;

/** So many calls to IGF in a row without an answer, and it is taken to be down. */
export const failuresUntilOpen = 5;

/**
 * How long IGF is not called then, until one call finds out whether it is back: no longer than the first retry waits.
 * An environment spends at most a sixth of its time on finding out, which a call of the longest kind takes.
 */
export const circuitOpenSeconds = 30;

/** The most calls to IGF that one action makes in a row. */
export const mostCallsInARow = 4;

/**
 * The longest that two calls of one environment may be apart by its pace: an attempt that waits that long for each of
 * its calls still ends within the worker's time.
 */
export const longestPaceSeconds = Math.floor(
  (workerTimeoutSeconds - igfTimeoutSeconds - storingSeconds) / mostCallsInARow,
);

/** How long after our attempt ended IGF may still commit what we asked of it. */
export const igfCommitSeconds = 90;

/**
 * How far the clocks of two functions may be apart. Whoever reads a claim judges by a clock of its own when it ends. Lambda's
 * clocks follow one time service and are apart by less than a second; a minute is for the day on which one does not.
 */
export const clockSkewSeconds = 60;

/**
 * How long a claim on a return item holds: longer than the attempt that took it can live, and longer than IGF can
 * take to commit its call, on any function's clock. Whoever finds it expired may ask IGF what became of the call.
 */
export const claimLeaseSeconds = workerTimeoutSeconds + igfCommitSeconds + clockSkewSeconds;

/** One run of the reconciler, which begins with a return only while there is time to end with it. */
export const reconcilerTimeoutSeconds = 300;

/** A claim of the reconciler's own: it may live longer than a worker, and so may its claim. */
export const reconcilerClaimLeaseSeconds = reconcilerTimeoutSeconds + igfCommitSeconds + clockSkewSeconds;

/**
 * How long IGF must not have told anything of a return before it is asked. Less than the usual hour between two runs, so
 * that a return that was asked late in one run is asked again in the next.
 */
export const staleAfterSeconds = 45 * 60;

/**
 * How long an answer of IGF's that does not match its document may be a passing one, such as a page of maintenance with
 * status 200, before it is taken for what its path always answers: while a listing is to be cancelled, and while it is
 * to be known why IGF cancelled one.
 */
export const transientAnswerSeconds = { cancelling: 60 * 60, explaining: 24 * 60 * 60 };

/** How long before its sender gives up a rejected delivery rings. */
export const shortOfTimeSeconds = 6 * 60 * 60;

/** How often is looked for rejected deliveries whose time runs out; also the time over which its alarm looks. */
export const quarantineWatchMinutes = 15;

/** One look: a few reads for each delivery whose time runs out. */
export const quarantineWatchTimeoutSeconds = 60;

/** One request of an AWS client, and how often it is tried, so that all tries fit into any function's timeout. */
export const awsRequestSeconds = 2;
export const awsAttempts = 2;
