import { total } from '../support/counting-proxy.ts';
import type { Billed } from './billed.ts';
import { awsCalls, type CallCounts } from './call-counts.ts';
import type { ColdPath } from './cold-path.ts';

/**
 * What one webhook may cost at most, in counts and bytes. They are the same on every machine, so a check may fail over
 * them. Times are measured side by side and printed, and never checked.
 */
export const budgets = {
  /** The code that a cold start of an ingest function reads, minified, without its map. A KB is 1000 bytes here. */
  ingestBundleBytes: 80_000,
  /** The same of a worker, with the SDK's clients of DynamoDB, SQS and SNS. */
  workerBundleBytes: 452_000,
  /** An ingest call whose secret is cached: the message to SQS, nothing else. */
  ingestAwsCalls: 1,
  /** The calls that the first webhook of an ingest function waits for, one after the other, and the connections. */
  firstWebhook: { roundTrips: 1, connections: 0 },
  /** What its init does ahead of that: it reads the secret, and connects to SQS. */
  init: { calls: 1, connections: 2 },
  /** From the message of an RMA with one item, its shipment known, until the item is listed and the message done. */
  listing: { dynamodbCalls: 7, igfCalls: 1 },
  /** What each further item of the same RMA adds. */
  furtherItem: { dynamodbCalls: 4, igfCalls: 1 },
  /** The same RMA delivered again once it is done. */
  duplicate: { dynamodbCalls: 2, igfCalls: 0 },
  /** What AWS bills for each: units of DynamoDB, and bytes of our log lines. The vendor's own sample is the body. */
  billed: {
    listing: { writeUnits: 7, indexWriteUnits: 2, readUnits: 2, ingestLogBytes: 480, workerLogBytes: 1450 },
    duplicate: { writeUnits: 2, indexWriteUnits: 0, readUnits: 1, ingestLogBytes: 480, workerLogBytes: 570 },
    /** A return of a damaged article, from its shipment to the credit memo. */
    notForwarded: {
      writeUnits: 28,
      indexWriteUnits: 1,
      readUnits: 12,
      ingestLogBytes: 2900,
      workerLogBytes: 4100,
    },
    /** A return that is forwarded, from its shipment to the credit memo, with IGF's events: all of its webhooks. */
    forwarded: {
      writeUnits: 69,
      indexWriteUnits: 16,
      readUnits: 40,
      ingestLogBytes: 4600,
      workerLogBytes: 12_000,
    },
  },
} as const;

/** One budget and its count. */
export interface Checked {
  readonly name: string;
  readonly counted: number;
  readonly limit: number;
  readonly unit: 'bytes' | 'calls' | 'connections' | 'units';
}

/**
 * Compares the counts with the budgets.
 * @param bundleBytes the size of each bundle of an ingest function or a sender's worker, by its name.
 */
export function checkBudgets(bundleBytes: Readonly<Record<string, number>>, counts: CallCounts): Checked[] {
  const { ingest, listing, twoListings, duplicate } = counts;
  const calls = (name: string, counted: number, limit: number): Checked => ({
    name,
    counted,
    limit,
    unit: 'calls',
  });
  const connections = (name: string, counted: number, limit: number): Checked => ({
    name,
    counted,
    limit,
    unit: 'connections',
  });
  const most = (value: (path: ColdPath) => number): number => Math.max(...counts.coldPaths.map(value));
  const dynamodb = ({ calls: { dynamodb: called } }: CallCounts['listing']): number => total(called);
  const igf = ({ calls: { igf: called } }: CallCounts['listing']): number => total(called);
  return [
    ...Object.entries(bundleBytes).map(
      ([name, counted]): Checked => ({
        name: `bundle of ${name}`,
        counted,
        limit: /\/worker$/.test(name) ? budgets.workerBundleBytes : budgets.ingestBundleBytes,
        unit: 'bytes',
      }),
    ),
    calls(
      'init of ingest',
      most(({ init }) => init.calls.length),
      budgets.init.calls,
    ),
    connections(
      'init of ingest',
      most(({ init }) => init.connections),
      budgets.init.connections,
    ),
    calls(
      'a first webhook',
      most(({ first }) => first.calls.length),
      budgets.firstWebhook.roundTrips,
    ),
    connections(
      'a first webhook',
      most(({ first }) => first.connections),
      budgets.firstWebhook.connections,
    ),
    ...ingest.map((one) => calls(`${one.name}: AWS`, awsCalls(one.calls), budgets.ingestAwsCalls)),
    calls('a listing: DynamoDB', dynamodb(listing), budgets.listing.dynamodbCalls),
    calls('a listing: IGF', igf(listing), budgets.listing.igfCalls),
    calls(
      'a further item: DynamoDB',
      dynamodb(twoListings) - dynamodb(listing),
      budgets.furtherItem.dynamodbCalls,
    ),
    calls('a further item: IGF', igf(twoListings) - igf(listing), budgets.furtherItem.igfCalls),
    calls('a duplicate: DynamoDB', dynamodb(duplicate), budgets.duplicate.dynamodbCalls),
    calls('a duplicate: IGF', igf(duplicate), budgets.duplicate.igfCalls),
    ...billed('a listing', counts.billed.listing, budgets.billed.listing),
    ...billed('a duplicate', counts.billed.duplicate, budgets.billed.duplicate),
    ...billed('a return that is not forwarded', counts.billed.notForwarded, budgets.billed.notForwarded),
    ...billed('a forwarded return', counts.billed.forwarded, budgets.billed.forwarded),
  ];
}

const billedNames: Readonly<Record<keyof Billed, [what: string, unit: 'units' | 'bytes']>> = {
  writeUnits: ['writes', 'units'],
  indexWriteUnits: ['writes to the index', 'units'],
  readUnits: ['reads', 'units'],
  ingestLogBytes: ["ingest's log", 'bytes'],
  workerLogBytes: ["the worker's log", 'bytes'],
};

const billed = (name: string, counted: Billed, most: Billed): Checked[] =>
  (Object.keys(billedNames) as (keyof Billed)[]).map((field) => ({
    name: `${name}: ${billedNames[field][0]}`,
    counted: counted[field],
    limit: most[field],
    unit: billedNames[field][1],
  }));

export const isExceeded = ({ counted, limit }: Checked): boolean => counted > limit;
