import { type DynamoDBDocumentClient, paginateQuery } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { ReturnRef } from '../returns/order.ts';
import { ReturnItem } from '../returns/return-item.ts';
import { isLive, type StoredItem, tableItems } from './dynamodb.ts';
import { keys } from './keys.ts';
import type { OpenTask } from './open-task.ts';

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
    tasks: true,
    answers: true,
    waits: true,
    waitingSince: true,
    unmappedTerm: true,
    observedOnly: true,
    notifiedOf: true,
  }),
  { task: z.string() },
);
export type TaskEntry = z.infer<typeof TaskEntry>;

/** Two times, ISO 8601 UTC, both included. Every one of them is between `0` and `9`. */
export type Between = readonly [from: string, until: string];

export interface TasksIndexOptions {
  tableName: string;
  indexName: string;
  /** Milliseconds since the epoch. DynamoDB deletes expired items late, so they are filtered out. */
  now: () => number;
  /** The number of items in one page. Tests make it small. */
  pageSize?: number;
  /** Only these attributes of the items are read, and those that this needs. Without it, all. */
  attributes?: readonly string[];
}

const atOnce = 25;

/**
 * The items of one partition, due between two times if given, the longest waiting first. The index holds keys only, so
 * that a write which changes no task does not write it. Each item is read from the table, and one that has left the
 * partition is left out.
 */
export async function* queryTasks(
  client: DynamoDBDocumentClient,
  { tableName, indexName, now, pageSize, attributes }: TasksIndexOptions,
  task: string,
  [from, until]: Between = ['0', '9'],
): AsyncGenerator<StoredItem> {
  const input = {
    TableName: tableName,
    IndexName: indexName,
    KeyConditionExpression: '#task = :task AND due BETWEEN :from AND :until',
    ExpressionAttributeNames: { '#task': 'task' },
    ExpressionAttributeValues: { ':task': task, ':from': from, ':until': until },
  };
  const table = tableItems(client, tableName);
  const isCurrent = (item: StoredItem | undefined): item is StoredItem =>
    item?.task === task && isLive(item, now());
  const wanted = attributes && [...new Set(['pk', 'sk', 'task', 'expiresAt', ...attributes])];
  const paging = { client, ...(pageSize !== undefined && { pageSize }) };
  for await (const { Items: entries = [] } of paginateQuery(paging, input)) {
    for (let at = 0; at < entries.length; at += atOnce) {
      const some = entries.slice(at, at + atOnce);
      const read = some.map(({ pk, sk }) => table.get({ pk: String(pk), sk: String(sk) }, wanted));
      yield* (await Promise.all(read)).filter(isCurrent);
    }
  }
}

/** The sparse index of open tasks. An entry is its return as it was read a moment ago. */
export function tasksIndex(client: DynamoDBDocumentClient, options: TasksIndexOptions) {
  const items = tableItems(client, options.tableName);
  return {
    async *waiting(kind: OpenTask['task'], until = '9'): AsyncGenerator<TaskEntry> {
      for await (const item of queryTasks(client, options, kind, ['0', until])) {
        // Items without the shape of a return, for example because a person changed them, are left out.
        const entry = z.safeParse(TaskEntry, item);
        if (entry.success) yield entry.data;
      }
    },

    /** Records that IGF was polled about a return, which moves it to the back of `OPEN`. Changes nothing else. */
    async markPolled(entry: ReturnRef & Pick<TaskEntry, 'task'>, at: string): Promise<void> {
      const key = keys.return(entry);
      // `OPEN` is sorted by the last update. A return that waits for a person keeps its place.
      const moved =
        entry.task === 'OPEN' &&
        (await items.update(
          key,
          { set: { lastUpdateAt: at, due: at } },
          {
            ConditionExpression: '#task = :open',
            ExpressionAttributeNames: { '#task': 'task' },
            ExpressionAttributeValues: { ':open': 'OPEN' },
          },
        ));
      if (moved) return;
      const set = { lastUpdateAt: at };
      await items.update(key, { set }, { ConditionExpression: 'attribute_exists(pk)' });
    },
  };
}
export type TasksIndex = ReturnType<typeof tasksIndex>;

/** The wanted entries, at most so many. No page is read after the last of them. */
export async function someOf(
  entries: AsyncIterable<TaskEntry>,
  isWanted: (entry: TaskEntry) => boolean,
  most = Number.POSITIVE_INFINITY,
): Promise<TaskEntry[]> {
  const some: TaskEntry[] = [];
  if (most <= 0) return some;
  for await (const entry of entries) {
    if (isWanted(entry)) some.push(entry);
    if (some.length >= most) break;
  }
  return some;
}
