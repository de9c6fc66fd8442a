import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { ReturnRef } from '../../../lib/returns/order.ts';
import type { Term } from '../../../lib/returns/vocabulary.ts';
import { queryAll } from '../../../lib/table/dynamodb.ts';
import { unmappedTask } from '../../../lib/table/keys.ts';

const UnmappedReturn = z.object({ orderId: z.string(), rmaId: z.string(), itemId: z.string() });

/** The returns that wait for the mapping of a term, the oldest first. The index may be some moments behind the table. */
export async function readUnmapped(
  client: DynamoDBDocumentClient,
  tableName: string,
  term: Term,
): Promise<ReturnRef[]> {
  const items = await queryAll(client, {
    TableName: tableName,
    IndexName: 'tasks',
    KeyConditionExpression: '#task = :task',
    ExpressionAttributeNames: { '#task': 'task' },
    ExpressionAttributeValues: { ':task': unmappedTask(term) },
  });
  return items.map((item) => z.parse(UnmappedReturn, item));
}
