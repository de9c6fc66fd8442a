import { ConditionalCheckFailedException, DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, paginateQuery, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';

/**
 * @param write starts the write. An earlier promise could reject before the caller awaits it, which ends the
 * process
 * @returns the answer of the write, or undefined when its condition did not hold and nothing was written
 */
export async function conditionalWrite<Answer>(write: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
}

export type Item = Record<string, unknown>;

/** The items of a query, one by one. Each page is read when its first item is needed. */
export async function* queryItems(
  client: DynamoDBDocumentClient,
  input: QueryCommandInput,
  pageSize?: number,
): AsyncGenerator<Item> {
  const pages = paginateQuery({ client, ...(pageSize !== undefined && { pageSize }) }, input);
  for await (const { Items = [] } of pages) yield* Items;
}

/** All items of a query, from all pages. */
export async function queryAll(client: DynamoDBDocumentClient, input: QueryCommandInput): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of queryItems(client, input)) items.push(item);
  return items;
}

const refusals = new Set(['ValidationException', 'SerializationException']);

/**
 * Why DynamoDB will never accept this write, or undefined when another attempt may succeed. DynamoDB's own message is
 * not repeated, because it may quote a value.
 */
export function whyUnstorable(error: unknown): string | undefined {
  if (!(error instanceof DynamoDBServiceException) || !refusals.has(error.name)) return undefined;
  return `the table cannot store its content: ${whatIsWrong(error.message)} (${error.name})`;
}

function whatIsWrong(message: string): string {
  if (/item size/i.test(message)) return 'an item would be larger than 400 KB';
  if (/key/i.test(message)) return 'a key would be empty, or longer than DynamoDB accepts';
  return 'DynamoDB refuses one of its values';
}
