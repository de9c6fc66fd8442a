import { budgets } from './budgets.ts';
import { awsCalls, type CallCounts } from './call-counts.ts';
import { total } from './counting-proxy.ts';

/** One budget and what was counted against it. */
export interface Checked {
  readonly name: string;
  readonly counted: number;
  readonly limit: number;
  readonly unit: 'bytes' | 'calls';
}

/**
 * Sets what was counted beside its budgets.
 * @param bundleBytes the size of each ingest bundle by its name.
 */
export function checkBudgets(bundleBytes: Readonly<Record<string, number>>, counts: CallCounts): Checked[] {
  const { ingest, listing, twoListings, duplicate } = counts;
  const calls = (name: string, counted: number, limit: number): Checked => ({
    name,
    counted,
    limit,
    unit: 'calls',
  });
  const dynamodb = ({ calls: { dynamodb: called } }: CallCounts['listing']): number => total(called);
  const igf = ({ calls: { igf: called } }: CallCounts['listing']): number => total(called);
  return [
    ...Object.entries(bundleBytes).map(
      ([name, counted]): Checked => ({
        name: `bundle of ${name}`,
        counted,
        limit: budgets.ingestBundleBytes,
        unit: 'bytes',
      }),
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
  ];
}

export const isExceeded = ({ counted, limit }: Checked): boolean => counted > limit;
