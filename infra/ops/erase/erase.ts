import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { readRejection } from '../../../lib/ingest/rejection.ts';
import { objectsOf } from '../../../lib/record/locate-return.ts';
import { isoTime } from '../../../lib/runtime/time.ts';
import { bridgeTable } from '../../../lib/table/bridge-table.ts';
import { tableItems } from '../../../lib/table/dynamodb.ts';
import { type Key, keys, parkedTask } from '../../../lib/table/keys.ts';
import { updateOrder, updateReturn } from '../../../lib/table/optimistic-update.ts';
import { type Sender, senders } from '../../../lib/webhooks/catalogue.ts';
import { readDelivery } from '../../../lib/worker/process.ts';
import type { OpenBridge, TableClient } from '../aws/open-bridge.ts';
import { deadLetterQueues } from '../dlq/dead-letter-queue.ts';
import { type ScanVerdict, scanQueue } from '../dlq/scan.ts';
import { type FoundOrder, names, toStrip, withoutTrackOf } from './find.ts';

/** What an erasure is about: its orders, and the words by which its messages and rejected bodies are found. */
export interface Subject {
  readonly orders: readonly FoundOrder[];
  readonly words: readonly string[];
}

/** Visits the messages about a subject in every DLQ. @returns how many they are, and how many could not be seen */
export async function visitMessages(bridge: OpenBridge, subject: Subject, verdict: ScanVerdict) {
  const result = { messages: 0, unseen: 0 };
  for (const queue of await deadLetterQueues(bridge)) {
    const sender = senders.find(({ name }) => name === queue.name);
    const { unseen } = await scanQueue(bridge.sqs, queue, async ({ body }) => {
      if (!(await isAbout(body, sender, subject, bridge))) return 'keep';
      result.messages += 1;
      return verdict;
    });
    result.unseen += unseen;
  }
  return result;
}

/** Winkelstraat's messages name their order. IGF's name an object, whose pointer leads to the return. */
async function isAbout(
  body: string,
  sender: Sender | undefined,
  { orders, words }: Subject,
  { dynamodb, table }: TableClient,
): Promise<boolean> {
  const rejected = readRejection(body)?.body;
  if (names(rejected ? Buffer.from(rejected).toString() : body, words)) return true;
  const read = sender && readDelivery(body, sender);
  for (const fact of read && 'facts' in read ? read.facts : []) {
    if (fact.kind !== 'igf') continue;
    for (const object of objectsOf(fact)) {
      const ref = await bridgeTable(dynamodb, table).findReturn(object);
      if (orders.some(({ orderId }) => orderId === ref?.orderId)) return true;
    }
  }
  return false;
}

/**
 * Erases what was found of a person. The audit line of each order is written first. The entities come last, because the
 * rest is found by them: after a crash, the same command finds what is left.
 */
export async function erase(
  bridge: OpenBridge,
  subject: Subject,
  rejected: readonly string[],
  by: string,
): Promise<{ unseen: number }> {
  const items = tableItems(bridge.dynamodb, bridge.table);
  const table = bridgeTable(bridge.dynamodb, bridge.table);
  const remove = ({ pk, sk }: Key) =>
    bridge.dynamodb.send(new DeleteCommand({ TableName: bridge.table, Key: { pk, sk } }));
  const erasedAt = isoTime(bridge.now());
  for (const { orderId, entities, events, others, elsewhere } of subject.orders) {
    const count = entities.length + events.length + others.length + elsewhere.length;
    await items.put({
      ...keys.erasure(orderId, erasedAt),
      erasedAt,
      by,
      items: count,
      rejected: rejected.length,
    });
  }
  const { messages, unseen } = await visitMessages(bridge, subject, 'delete');
  for (const id of rejected) await remove(keys.rejected(id));
  for (const { orderId, events, others, elsewhere } of subject.orders) {
    for (const key of others) await remove(key);
    for (const ref of elsewhere) await updateReturn(ref, withoutTrackOf(orderId), table);
    for (const key of events) {
      const isParked = {
        ConditionExpression: '#task = :parked',
        ExpressionAttributeValues: { ':parked': parkedTask },
      };
      // Nothing can be redriven any more.
      await items.update(key, { set: { task: null, due: null, outcome: 'skipped' } }, isParked);
      await items.update(key, { set: { payload: null, unread: null } });
    }
    await updateOrder(orderId, toStrip, table);
    await items.update(keys.erasure(orderId, erasedAt), {
      set: { messages, completedAt: isoTime(bridge.now()) },
    });
  }
  return { unseen };
}
