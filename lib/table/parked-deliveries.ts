import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { retentionSeconds } from '../config/retry-schedule.ts';
import { deliveryOf, parkedTask } from './keys.ts';
import { queryTasks } from './tasks-index.ts';

/** A delivery whose message is in the DLQ. Times are ISO 8601 UTC. */
export type ParkedDelivery = NonNullable<ReturnType<typeof toParked>>;

const Parked = z.object({
  pk: z.string(),
  sk: z.string(),
  webhook: z.string(),
  receivedAt: z.string(),
  due: z.string(),
  attempts: z.number(),
  lastError: z.optional(z.string()),
});

/** Whether SQS has dropped the message of a parked delivery by now (milliseconds since the epoch). */
export const isDropped = ({ parkedAt }: Pick<ParkedDelivery, 'parkedAt'>, now: number): boolean =>
  Date.parse(parkedAt) + retentionSeconds * 1000 <= now;

/** Every parked delivery, the longest parked first, without payloads. The index may lag. @param now in milliseconds */
export async function readParked(
  client: DynamoDBDocumentClient,
  tableName: string,
  now: number,
): Promise<ParkedDelivery[]> {
  const options = { tableName, indexName: 'tasks', now: () => now };
  const items = await Array.fromAsync(queryTasks(client, options, parkedTask));
  return items.flatMap((item) => toParked(item) ?? []);
}

/** Items that do not have this shape, because a person changed them, are left out. The reason has no payload values. */
function toParked(item: unknown) {
  const { data } = z.safeParse(Parked, item);
  const delivery = data && deliveryOf(data);
  if (!data || !delivery) return undefined;
  const { webhook, receivedAt, due, attempts, lastError = 'no reason is stored' } = data;
  return { ...delivery, webhook, receivedAt, parkedAt: due, attempts, reason: lastError };
}
