/**
 * What one webhook may cost, in counts and bytes: the same on every machine, so a check may fail over them. Times are
 * measured beside one another and printed, and never judged. Every limit includes the number itself.
 */
export const budgets = {
  /** The code that a cold start of an ingest function reads, minified, without its map. A KB is 1000 bytes here. */
  ingestBundleBytes: 250_000,
  /** An ingest call whose secret is cached: the message to SQS, nothing else. */
  ingestAwsCalls: 1,
  /** From the message of an RMA with one item, its shipment known, until the item is listed and the message done. */
  listing: { dynamodbCalls: 9, igfCalls: 1 },
  /** What each further item of the same RMA adds. */
  furtherItem: { dynamodbCalls: 5, igfCalls: 1 },
  /** The same RMA delivered again once it is done. */
  duplicate: { dynamodbCalls: 3, igfCalls: 0 },
} as const;
