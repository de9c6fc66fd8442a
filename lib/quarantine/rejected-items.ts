import { isUtf8 } from 'node:buffer';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { keys, rejectedTask } from '../table/keys.ts';
import { queryItems } from '../table/query.ts';
import { type RejectedDelivery, rejectedRetentionSeconds } from './rejected-delivery.ts';

/** The quarantine in the table. */
export interface RejectedItems {
  /** Strongly consistent; an item whose time has passed is none. */
  read(id: string): Promise<RejectedDelivery | undefined>;
  /** Writes what was made from `rev`, unless somebody wrote since: then nothing is written. */
  write(delivery: RejectedDelivery): Promise<'written' | 'changed'>;
  /** Whether the worker of its sender has worked on the delivery: then it was accepted. */
  wasAccepted(orderId: string, eventId: string): Promise<boolean>;
}

/** What waits in quarantine, by when its sender gives up. The index lags behind the table. */
export interface RejectedIndex {
  /** @param between two instants, ISO 8601 UTC, both included; without them everything that waits */
  waiting(between?: readonly [string, string]): AsyncIterable<RejectedDelivery>;
}

const Stored = z.object({
  id: z.string(),
  webhook: z.string(),
  deliveries: z.number(),
  firstSeen: z.string(),
  lastSeen: z.string(),
  senderGivesUpAt: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })),
  version: z.string(),
  correlationId: z.string(),
  body: z.union([
    z.pipe(
      z.string(),
      z.transform((text) => Buffer.from(text)),
    ),
    z.instanceof(Uint8Array),
  ]),
  resolution: z.optional(z.object({ as: z.enum(['replayed', 'accepted']), at: z.string() })),
  recentDeliveries: z.array(z.string()),
  rev: z.number(),
  expiresAt: z.number(),
});

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unreadable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** Text where a person can read it in the console; bytes where it is none, or would grow sixfold on its way. */
function readable(body: Uint8Array): string | Uint8Array {
  if (!isUtf8(body)) return body;
  const text = Buffer.from(body).toString('utf8');
  return unreadable.test(text) ? body : text;
}

function toItem({ resolution, rev, ...delivery }: RejectedDelivery): Record<string, unknown> {
  return {
    ...keys.rejected(delivery.id),
    ...delivery,
    body: readable(delivery.body),
    // A resolved one leaves the index, and can still be read by its id.
    ...(resolution ? { resolution } : { task: rejectedTask, due: delivery.senderGivesUpAt }),
    expiresAt: Math.floor(Date.parse(delivery.lastSeen) / 1000) + rejectedRetentionSeconds,
    rev: rev + 1,
  };
}

/** @throws z.core.$ZodError when an item was changed by hand into something else. */
function ofItem(item: unknown): RejectedDelivery & { expiresAt: number } {
  return z.parse(Stored, item);
}

export function rejectedItems(
  client: DynamoDBDocumentClient,
  tableName: string,
  now: () => number,
): RejectedItems {
  const get = async (Key: { pk: string; sk: string }): Promise<Record<string, unknown> | undefined> => {
    const { Item } = await client.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }));
    return Item && !hasPassed(Item.expiresAt, now()) ? Item : undefined;
  };
  return {
    async read(id) {
      const item = await get(keys.rejected(id));
      if (!item) return undefined;
      const { expiresAt: _, ...delivery } = ofItem(item);
      return delivery;
    },

    async write(delivery) {
      const { rev } = delivery;
      try {
        await client.send(
          new PutCommand({
            TableName: tableName,
            Item: toItem(delivery),
            // What nobody has written yet may stand in the place of what has passed and is not deleted yet.
            ConditionExpression:
              rev === 0 ? 'attribute_not_exists(pk) OR expiresAt <= :second' : 'rev = :rev',
            ExpressionAttributeValues: rev === 0 ? { ':second': Math.floor(now() / 1000) } : { ':rev': rev },
          }),
        );
        return 'written';
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return 'changed';
        throw error;
      }
    },

    async wasAccepted(orderId, eventId) {
      return (await get(keys.event(orderId, eventId))) !== undefined;
    },
  };
}

export interface RejectedIndexOptions {
  tableName: string;
  indexName: string;
  /** Milliseconds since the epoch: an item whose time has passed may still be there. */
  now: () => number;
}

export const rejectedIndex = (
  client: DynamoDBDocumentClient,
  { tableName, indexName, now }: RejectedIndexOptions,
): RejectedIndex => ({
  async *waiting(between) {
    const items = queryItems(client, {
      TableName: tableName,
      IndexName: indexName,
      KeyConditionExpression: between ? '#task = :task AND due BETWEEN :from AND :to' : '#task = :task',
      ExpressionAttributeNames: { '#task': 'task' },
      ExpressionAttributeValues: {
        ':task': rejectedTask,
        ...(between && { ':from': between[0], ':to': between[1] }),
      },
    });
    for await (const item of items) {
      const stored = z.safeParse(Stored, item);
      // What was changed by hand into something else is not for this reader.
      if (!stored.success || hasPassed(stored.data.expiresAt, now())) continue;
      const { expiresAt: _, ...delivery } = stored.data;
      yield delivery;
    }
  },
});

const hasPassed = (expiresAt: unknown, now: number): boolean =>
  typeof expiresAt === 'number' && expiresAt <= now / 1000;
