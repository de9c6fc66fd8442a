import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { ReturnRef } from '../returns/order.ts';
import { ReturnItem } from '../returns/return-item.ts';
import { keys } from './keys.ts';
import type { OpenTask } from './open-task.ts';
import { queryItems } from './query.ts';

/** A return as the index `tasks` shows it: perhaps a moment old. */
export const TaskEntry = z.extend(
  z.pick(ReturnItem, {
    orderId: true,
    rmaId: true,
    itemId: true,
    state: true,
    listingId: true,
    igf: true,
    lastUpdateAt: true,
    attention: true,
    attentionSince: true,
    refundDue: true,
    notifiedOf: true,
  }),
  { task: z.string() },
);
export type TaskEntry = z.infer<typeof TaskEntry>;

/** The sparse index of what waits. It lags behind the table, so nothing that must be right is read here. */
export interface TasksIndex {
  /** What waits of this kind, the longest waiting first, page by page as it is asked for. */
  waiting(kind: OpenTask['task'], until?: string): AsyncIterable<TaskEntry>;
  /** Notes that IGF was asked about a return, which puts it behind those that wait. Says nothing else of it. */
  markPolled(entry: ReturnRef & Pick<TaskEntry, 'task'>, at: string): Promise<void>;
}

export interface WorkIndexOptions {
  tableName: string;
  indexName: string;
  /** Milliseconds since the epoch: an item whose time has passed may still be there. */
  now: () => number;
  /** Items looked at in one query; tests make it small. */
  pageSize?: number;
}

export function tasksIndex(
  client: DynamoDBDocumentClient,
  { tableName, indexName, now, pageSize }: WorkIndexOptions,
): TasksIndex {
  const update = async (ref: ReturnRef, input: Omit<UpdateCommandInput, 'TableName' | 'Key'>) => {
    try {
      const Key = keys.return(ref.orderId, ref.rmaId, ref.itemId);
      await client.send(new UpdateCommand({ TableName: tableName, Key, ...input }));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  };

  return {
    async *waiting(kind, until) {
      const input = {
        TableName: tableName,
        IndexName: indexName,
        KeyConditionExpression: until === undefined ? '#task = :task' : '#task = :task AND due <= :until',
        FilterExpression: 'attribute_not_exists(expiresAt) OR expiresAt > :second',
        ExpressionAttributeNames: { '#task': 'task' },
        ExpressionAttributeValues: {
          ':task': kind,
          ':second': Math.floor(now() / 1000),
          ...(until !== undefined && { ':until': until }),
        },
      };
      for await (const item of queryItems(client, input, pageSize)) {
        // Whatever else waits here, and what was changed by hand into something else, is not for this reader.
        const entry = z.safeParse(TaskEntry, item);
        if (entry.success) yield entry.data;
      }
    },

    async markPolled(entry, at) {
      const isOpen = entry.task === 'OPEN';
      // What waits for IGF is sorted by when it was heard of; what waits for a human keeps its place.
      const moved =
        isOpen &&
        (await update(entry, {
          UpdateExpression: 'SET lastUpdateAt = :at, due = :at',
          ConditionExpression: '#task = :open',
          ExpressionAttributeNames: { '#task': 'task' },
          ExpressionAttributeValues: { ':at': at, ':open': 'OPEN' },
        }));
      if (moved) return;
      await update(entry, {
        UpdateExpression: 'SET lastUpdateAt = :at',
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeValues: { ':at': at },
      });
    },
  };
}
