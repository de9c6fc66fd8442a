import { isUtf8 } from 'node:buffer';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { epochSeconds } from '../runtime/time.ts';
import { isLive, type StoredItem, type TableItems } from '../table/dynamodb.ts';
import { keys, rejectedTask, resolvedTask } from '../table/keys.ts';
import { type Between, queryTasks, type TasksIndexOptions } from '../table/tasks-index.ts';
import { RejectedDelivery, type RejectedItems, rejectedRetentionSeconds } from './rejected-delivery.ts';

const Stored = z.extend(RejectedDelivery, { expiresAt: z.number() });

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unreadable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** Stored as text, which a person can read in the console, unless it is none or its escaped form six times as long. */
function readable(body: Uint8Array): string | Uint8Array {
  if (!isUtf8(body)) return body;
  const text = Buffer.from(body).toString('utf8');
  return unreadable.test(text) ? body : text;
}

function toItem({ resolution, rev, ...delivery }: RejectedDelivery): StoredItem {
  return {
    ...keys.rejected(delivery.id),
    ...delivery,
    body: readable(delivery.body),
    // A resolved item leaves the partition of those that wait.
    ...(resolution && { resolution }),
    task: resolution ? resolvedTask : rejectedTask,
    due: delivery.senderGivesUpAt,
    expiresAt: epochSeconds(delivery.lastSeen) + rejectedRetentionSeconds,
    rev: rev + 1,
  };
}

/** @param now milliseconds since the epoch */
const unlessExpired = (
  { expiresAt, ...delivery }: z.infer<typeof Stored>,
  now: number,
): RejectedDelivery | undefined => (isLive({ expiresAt }, now) ? delivery : undefined);

/** @param now milliseconds since the epoch */
export const rejectedItems = (items: TableItems, now: () => number): RejectedItems => ({
  /** @throws z.core.$ZodError when a person changed the item into something else */
  async read(id) {
    const item = await items.get(keys.rejected(id));
    return item && unlessExpired(z.parse(Stored, item), now());
  },

  async write(delivery) {
    const { rev } = delivery;
    const written = await items.put(toItem(delivery), {
      // A new item may replace an expired one that DynamoDB has not deleted yet.
      ConditionExpression: rev === 0 ? 'attribute_not_exists(pk) OR expiresAt <= :second' : 'rev = :rev',
      ExpressionAttributeValues: rev === 0 ? { ':second': epochSeconds(now()) } : { ':rev': rev },
    });
    return written ? 'written' : 'changed';
  },
});

/** The open items of the quarantine, ordered by when their sender gives up. The index lags behind the table. */
export const rejectedIndex = (client: DynamoDBDocumentClient, options: TasksIndexOptions) => ({
  async *waiting(between?: Between, task = rejectedTask): AsyncGenerator<RejectedDelivery> {
    for await (const item of queryTasks(client, options, task, between)) {
      // Items of another shape, because a person changed them, are left out.
      const stored = z.safeParse(Stored, item);
      const delivery = stored.data && unlessExpired(stored.data, options.now());
      if (delivery) yield delivery;
    }
  },
});
export type RejectedIndex = ReturnType<typeof rejectedIndex>;
