import type { Billed } from './billed.ts';
import { budgets, checkBudgets } from './budgets.ts';
import type { CallCounts, CountedCase } from './call-counts.ts';
import type { ColdPath } from './cold-path.ts';
import type { ServiceCalls } from './counted-bridge.ts';
import { complaints } from './report.ts';

const noRuns = { cpuMicros: [], lines: 0, logBytes: 0, metrics: [] };
const called = (calls: Partial<ServiceCalls>): CountedCase => ({
  name: 'a case',
  calls: { sqs: {}, secretsManager: {}, dynamodb: {}, igf: {}, ...calls },
  units: { table: 0, index: 0, read: 0 },
  runs: { request: noRuns, queue: noRuns, schedule: noRuns },
});
const work = (dynamodb: number, igf: number) =>
  called({ dynamodb: { Query: dynamodb }, igf: { 'POST /listings': igf } });

const cold = (changes: Partial<ColdPath>): ColdPath => ({
  init: { calls: ['GetSecretValue'], connections: 2 },
  first: { calls: ['SendMessage'], connections: 0 },
  ...changes,
});

const { listing, furtherItem } = budgets;
const [most, mostMore] = [listing.dynamodbCalls, listing.dynamodbCalls + furtherItem.dynamodbCalls];

/** Everything exactly at its limit, but for what a test changes. */
const counts = (changes: Partial<CallCounts> = {}): CallCounts => ({
  ingest: [called({ sqs: { SendMessage: 1 } })],
  coldPaths: [cold({})],
  listing: work(most, 1),
  twoListings: work(mostMore, 2),
  duplicate: work(2, 0),
  billed: budgets.billed,
  ...changes,
});
const oneMore = (of: keyof typeof budgets.billed, field: keyof Billed): Partial<CallCounts> => {
  const limits: Record<keyof typeof budgets.billed, Billed> = budgets.billed;
  return { billed: { ...limits, [of]: { ...limits[of], [field]: limits[of][field] + 1 } } };
};
const complaintsAbout = (changes: Partial<CallCounts>, bytes: number = budgets.ingestBundleBytes) =>
  complaints(checkBudgets({ bundle: bytes }, counts(changes)));

test('what is exactly at its limit is kept', () => {
  expect(complaintsAbout({})).toEqual([]);
});

test.each<[string, Partial<CallCounts>]>([
  ['a case: AWS is 2 calls', { ingest: [called({ sqs: { SendMessage: 1 }, secretsManager: { Get: 1 } })] }],
  [
    'a first webhook is 2 calls',
    { coldPaths: [cold({ first: { calls: ['GetSecretValue', 'SendMessage'], connections: 0 } })] },
  ],
  [
    'a first webhook is 1 connections',
    { coldPaths: [cold({ first: { calls: ['SendMessage'], connections: 1 } })] },
  ],
  [
    'init of ingest is 2 calls',
    { coldPaths: [cold({ init: { calls: ['GetSecretValue', 'GetSecretValue'], connections: 2 } })] },
  ],
  [
    `a listing: DynamoDB is ${most + 1} calls`,
    { listing: work(most + 1, 1), twoListings: work(mostMore + 1, 2) },
  ],
  ['a listing: IGF is 2 calls', { listing: work(most, 2), twoListings: work(mostMore, 3) }],
  [
    `a further item: DynamoDB is ${furtherItem.dynamodbCalls + 1} calls`,
    { twoListings: work(mostMore + 1, 2) },
  ],
  ['a further item: IGF is 2 calls', { twoListings: work(mostMore, 3) }],
  ['a duplicate: DynamoDB is 3 calls', { duplicate: work(3, 0) }],
  ['a duplicate: IGF is 1 calls', { duplicate: work(2, 1) }],
  [`a listing: writes is ${budgets.billed.listing.writeUnits + 1} units`, oneMore('listing', 'writeUnits')],
  ['a listing: writes to the index is 3 units', oneMore('listing', 'indexWriteUnits')],
  ['a duplicate: reads is 2 units', oneMore('duplicate', 'readUnits')],
  ["a duplicate: ingest's log is 481 bytes", oneMore('duplicate', 'ingestLogBytes')],
  ["a forwarded return: the worker's log is 12,001 bytes", oneMore('forwarded', 'workerLogBytes')],
])('one too many is named: %s', (complaint, changes) => {
  const lines = complaintsAbout(changes);

  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain(complaint);
  expect(lines[0]).toContain('1 more than');
});

test('a worker has a budget of its own', () => {
  const bytes = { 'winkelstraat/worker': budgets.workerBundleBytes + 1 };
  expect(complaints(checkBudgets(bytes, counts()))).toEqual([expect.stringContaining('1 more than 452,000')]);
});

test('a bundle that is too large is named with its bytes', () => {
  expect(complaintsAbout({}, 81_234)).toEqual([
    'Budget exceeded: bundle of bundle is 81,234 bytes, 1,234 more than 80,000.',
  ]);
});
