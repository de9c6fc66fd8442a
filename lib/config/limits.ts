/** The limits of a webhook's body, and of what the bridge says about it. */

/** SQS takes a message of 1 MiB, but a table item holds 400 KB. */
export const largestBodyBytes = 256 * 1024;

/** Deeper JSON than this is rejected: no document of either vendor nests further than six levels. */
export const deepestJson = 32;

/**
 * The most values that a body may have, nested ones counted. The vendors' largest documents of 256 KiB have a third of
 * it. This bounds the time that each value costs: parsing it under a guard, reading it, writing it out again.
 */
export const mostJsonValues = 20_000;

/**
 * The most faults of a body that are reported. Nobody reads more, and a body of 256 KiB may have a hundred thousand:
 * neither an answer nor a table item has room for them.
 */
export const mostFaults = 100;
