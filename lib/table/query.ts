import { type DynamoDBDocumentClient, paginateQuery, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';

export type Item = Record<string, unknown>;

/** The items of a query, one after the other. Each page is read when its first item is needed. */
export async function* queryItems(
  client: DynamoDBDocumentClient,
  input: QueryCommandInput,
  pageSize?: number,
): AsyncGenerator<Item> {
  const pages = paginateQuery({ client, ...(pageSize !== undefined && { pageSize }) }, input);
  for await (const { Items = [] } of pages) yield* Items;
}

/** Every item of a query, however many pages it has. */
export async function queryAll(client: DynamoDBDocumentClient, input: QueryCommandInput): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of queryItems(client, input)) items.push(item);
  return items;
}
