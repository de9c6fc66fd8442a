import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { HeldFor } from '../../../lib/decide/decision.ts';
import type { ReturnRef } from '../../../lib/table/igf-pointers.ts';
import { heldWork } from '../../../lib/table/keys.ts';
import { queryAll } from '../../../lib/table/query.ts';

const Held = z.object({ orderId: z.string(), rmaId: z.string(), itemId: z.string() });

/** The returns that a text holds, longest waiting first. An index tells it, some moments after the table knows. */
export async function readHeld(
  client: DynamoDBDocumentClient,
  tableName: string,
  held: HeldFor,
): Promise<ReturnRef[]> {
  const items = await queryAll(client, {
    TableName: tableName,
    IndexName: 'work',
    KeyConditionExpression: '#work = :work',
    ExpressionAttributeNames: { '#work': 'work' },
    ExpressionAttributeValues: { ':work': heldWork(held) },
  });
  return items.map((item) => z.parse(Held, item));
}
