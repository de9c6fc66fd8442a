import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { retentionSeconds } from '../config/retry-schedule.ts';
import { deliveryOf, parkedTask, retriedTask } from './keys.ts';
import { queryTasks } from './tasks-index.ts';

/** A delivery whose message is in the DLQ. Times are ISO 8601 UTC. */
export type ParkedDelivery = Awaited<ReturnType<typeof readParked>>[number];
/** A delivery whose message waits in its queue for another attempt. Times are ISO 8601 UTC. */
export type RetriedDelivery = Awaited<ReturnType<typeof readRetried>>[number];

const Undone = z.object({
  pk: z.string(),
  sk: z.string(),
  webhook: z.string(),
  receivedAt: z.string(),
  due: z.string(),
  attempts: z.number(),
  lastError: z.optional(z.string()),
  lastErrorClass: z.optional(z.string()),
  nextAttemptAt: z.optional(z.string()),
});

/** Whether SQS has dropped the message of a parked delivery by now (milliseconds since the epoch). */
export const isDropped = ({ parkedAt }: Pick<ParkedDelivery, 'parkedAt'>, now: number): boolean =>
  Date.parse(parkedAt) + retentionSeconds * 1000 <= now;

/** Every parked delivery, the longest parked first, without payloads. The index may lag. @param now in milliseconds */
export const readParked = async (client: DynamoDBDocumentClient, tableName: string, now: number) =>
  (await readUndone(client, tableName, now, parkedTask)).map(
    ({ nextAttemptAt: _, since: parkedAt, orderId = '', ...delivery }) => ({
      ...delivery,
      orderId,
      parkedAt,
    }),
  );

/** The same of every delivery that is retried. `since` is when its message was put on the queue. An IGF event may have no order. */
export const readRetried = (client: DynamoDBDocumentClient, tableName: string, now: number) =>
  readUndone(client, tableName, now, retriedTask);

async function readUndone(client: DynamoDBDocumentClient, tableName: string, now: number, task: string) {
  const attributes = Object.keys(Undone.shape);
  const options = { tableName, indexName: 'tasks', now: () => now, attributes };
  const items = await Array.fromAsync(queryTasks(client, options, task));
  return items.flatMap((item) => toUndone(item) ?? []);
}

/** Items that do not have this shape, because a person changed them, are left out. The reason has no payload values. */
function toUndone(item: unknown) {
  const { data } = z.safeParse(Undone, item);
  const delivery = data && deliveryOf(data);
  if (!data || !delivery) return undefined;
  const { webhook, receivedAt, due, attempts, lastError = 'no reason is stored' } = data;
  const { lastErrorClass: errorClass, nextAttemptAt } = data;
  return {
    ...delivery,
    webhook,
    receivedAt,
    since: due,
    attempts,
    reason: lastError,
    errorClass,
    nextAttemptAt,
  };
}
