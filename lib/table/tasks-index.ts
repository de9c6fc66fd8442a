import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { ReturnItem } from '../returns/return-item.ts';
import type { ReturnRef } from './igf-pointers.ts';
import { keys } from './keys.ts';
import type { Work } from './open-task.ts';
import { queryItems } from './query.ts';

/** A return as the index `work` shows it: perhaps a moment old. */
export const WorkEntry = z.extend(
  z.pick(ReturnItem, {
    orderId: true,
    rmaId: true,
    itemId: true,
    state: true,
    listingId: true,
    igf: true,
    heardAt: true,
    attention: true,
    attentionSince: true,
    refundDue: true,
    noticed: true,
  }),
  { work: z.string() },
);
export type WorkEntry = z.infer<typeof WorkEntry>;

/** The sparse index of what waits. It lags behind the table, so nothing that must be right is read here. */
export interface WorkIndex {
  /** What waits of this kind, the longest waiting first, page by page as it is asked for. */
  waiting(kind: Work['work'], until?: string): AsyncIterable<WorkEntry>;
  /** Notes that IGF was asked about a return, which puts it behind those that wait. Says nothing else of it. */
  noteAsked(entry: ReturnRef & Pick<WorkEntry, 'work'>, at: string): Promise<void>;
}

export interface WorkIndexOptions {
  tableName: string;
  indexName: string;
  /** Milliseconds since the epoch: an item whose time has passed may still be there. */
  now: () => number;
  /** Items looked at in one query; tests make it small. */
  pageSize?: number;
}

export function workIndex(
  client: DynamoDBDocumentClient,
  { tableName, indexName, now, pageSize }: WorkIndexOptions,
): WorkIndex {
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
        KeyConditionExpression: until === undefined ? '#work = :work' : '#work = :work AND due <= :until',
        FilterExpression: 'attribute_not_exists(expiresAt) OR expiresAt > :second',
        ExpressionAttributeNames: { '#work': 'work' },
        ExpressionAttributeValues: {
          ':work': kind,
          ':second': Math.floor(now() / 1000),
          ...(until !== undefined && { ':until': until }),
        },
      };
      for await (const item of queryItems(client, input, pageSize)) {
        // Whatever else waits here, and what was changed by hand into something else, is not for this reader.
        const entry = z.safeParse(WorkEntry, item);
        if (entry.success) yield entry.data;
      }
    },

    async noteAsked(entry, at) {
      const isOpen = entry.work === 'OPEN';
      // What waits for IGF is sorted by when it was heard of; what waits for a human keeps its place.
      const moved =
        isOpen &&
        (await update(entry, {
          UpdateExpression: 'SET heardAt = :at, due = :at',
          ConditionExpression: '#work = :open',
          ExpressionAttributeNames: { '#work': 'work' },
          ExpressionAttributeValues: { ':at': at, ':open': 'OPEN' },
        }));
      if (moved) return;
      await update(entry, {
        UpdateExpression: 'SET heardAt = :at',
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeValues: { ':at': at },
      });
    },
  };
}
