import { paginateScan } from '@aws-sdk/lib-dynamodb';
import { isLive, projection, type StoredItem } from '../../../lib/table/dynamodb.ts';
import { counting } from '../../cli/output.ts';
import type { TimedTable } from '../aws/open-bridge.ts';

export interface Progress {
  /** Gets after each page how many items the table has up to there. */
  readonly onPage?: ((count: number) => void) | undefined;
}

interface ScanOptions extends Progress {
  /** Only items whose sort key begins with one of these. */
  readonly prefixes?: readonly string[];
  /** Only these attributes, and the key. Without it, all. */
  readonly attributes?: readonly string[];
}

/** Says on a terminal how many items of the table were read. */
export const countingItems = <T>(read: (options: Progress) => Promise<T>): Promise<T> => {
  const onPage = (count: number): void => counting('items read:', count);
  return read({ onPage }).finally(() => onPage(0));
};

/**
 * Reads the whole table, a page of 1 MB at a time. It is billed by the size of the table, so no function of the bridge does
 * it, only a person's command. Expired items are left out.
 */
export async function* scan(
  { dynamodb, table, now }: TimedTable,
  { prefixes = [], attributes, onPage }: ScanOptions = {},
): AsyncGenerator<StoredItem> {
  const names = attributes && ['pk', 'sk', 'expiresAt', ...attributes];
  const input = {
    TableName: table,
    ...(names && projection(names)),
    ...(prefixes.length > 0 && {
      FilterExpression: prefixes.map((_, at) => `begins_with(sk, :p${at})`).join(' OR '),
      ExpressionAttributeValues: Object.fromEntries(prefixes.map((prefix, at) => [`:p${at}`, prefix])),
    }),
  };
  let count = 0;
  for await (const { Items = [], ScannedCount = 0 } of paginateScan({ client: dynamodb }, input)) {
    count += ScannedCount;
    onPage?.(count);
    yield* Items.filter((item) => isLive(item, now()));
  }
}
