import { DeleteCommand, type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';

/** An item of the table, whatever it is. */
export type AnyItem = Record<string, unknown> & { pk: string; sk: string; expiresAt?: number };

/** Everything in the table. */
export async function allItems(client: DynamoDBDocumentClient, TableName: string): Promise<AnyItem[]> {
  const items: AnyItem[] = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName })) {
    items.push(...(Items as AnyItem[]));
  }
  return items;
}

/** Deletes what has expired, as DynamoDB does. @param now milliseconds since the epoch */
export async function deleteExpired(
  client: DynamoDBDocumentClient,
  TableName: string,
  now: number,
): Promise<void> {
  for (const { pk, sk, expiresAt } of await allItems(client, TableName)) {
    if (expiresAt === undefined || expiresAt * 1000 > now) continue;
    await client.send(new DeleteCommand({ TableName, Key: { pk, sk } }));
  }
}
