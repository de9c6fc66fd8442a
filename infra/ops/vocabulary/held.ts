import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { ReturnRef } from '../../../lib/returns/order.ts';
import type { Term } from '../../../lib/returns/vocabulary.ts';
import { unmappedTask } from '../../../lib/table/keys.ts';
import { queryAll } from '../../../lib/table/query.ts';

const Held = z.object({ orderId: z.string(), rmaId: z.string(), itemId: z.string() });

/** The returns that a text holds, longest waiting first. An index tells it, some moments after the table knows. */
export async function readUnmapped(
  client: DynamoDBDocumentClient,
  tableName: string,
  held: Term,
): Promise<ReturnRef[]> {
  const items = await queryAll(client, {
    TableName: tableName,
    IndexName: 'tasks',
    KeyConditionExpression: '#task = :task',
    ExpressionAttributeNames: { '#task': 'task' },
    ExpressionAttributeValues: { ':task': unmappedTask(held) },
  });
  return items.map((item) => z.parse(Held, item));
}
