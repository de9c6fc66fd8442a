import type { Fact } from '../../../lib/facts/facts.ts';
import { type Rejection, readRejection } from '../../../lib/ingest/rejection.ts';
import type { RejectedDelivery } from '../../../lib/quarantine/rejected-delivery.ts';
import { rejectedIndex } from '../../../lib/quarantine/rejected-items.ts';
import { objectsOf } from '../../../lib/record/locate-return.ts';
import { rejectedTask, resolvedTask } from '../../../lib/table/keys.ts';
import { senders } from '../../../lib/webhooks/catalogue.ts';
import { readDelivery } from '../../../lib/worker/process.ts';
import type { OpenBridge, TableClient } from '../aws/open-bridge.ts';
import { type DeadLetterQueue, deadLetterQueues } from '../dlq/dead-letter-queue.ts';
import { type DeadLetter, type ScanVerdict, scanQueues } from '../dlq/scan.ts';
import { readToday } from '../quarantine/quarantine.ts';
import type { FoundOrder } from './find.ts';

/** What an erasure is about. */
export interface Subject {
  readonly orders: readonly Pick<FoundOrder, 'orderId'>[];
  /** Only when it was asked for: another order of the same person may still be open. */
  readonly email?: string | undefined;
}

/** Visits the messages about a subject in every DLQ. @returns how many they are, and how many could not be seen */
export async function visitMessages(bridge: OpenBridge, subject: Subject, verdict: ScanVerdict) {
  let messages = 0;
  const visit = async ({ body }: DeadLetter, { name }: DeadLetterQueue): Promise<ScanVerdict> => {
    const sender = senders.find((one) => one.name === name);
    const rejection = readRejection(body);
    const read = sender && !rejection ? readDelivery(body, sender) : undefined;
    const facts = read && 'facts' in read ? read.facts : undefined;
    const isWanted = rejection
      ? await isRejectedAbout(rejection, subject, bridge)
      : await isAbout(body, facts, subject, bridge);
    if (!isWanted) return 'keep';
    messages += 1;
    return verdict;
  };
  const unseen = await scanQueues(bridge.sqs, await deadLetterQueues(bridge), visit);
  return { messages, unseen };
}

/** The rejected deliveries about a subject, resolved ones too. */
export async function findRejectedAbout(subject: Subject, bridge: OpenBridge): Promise<RejectedDelivery[]> {
  const { dynamodb, table, now } = bridge;
  const index = rejectedIndex(dynamodb, { tableName: table, indexName: 'tasks', now });
  const found: RejectedDelivery[] = [];
  for (const task of [rejectedTask, resolvedTask]) {
    for await (const delivery of index.waiting(undefined, task)) {
      if (await isRejectedAbout(delivery, subject, bridge)) found.push(delivery);
    }
  }
  return found;
}

/** Its webhook reads the body as far as it can: without its version, and without the items that are wrong. */
function isRejectedAbout(rejected: Rejection | RejectedDelivery, subject: Subject, bridge: TableClient) {
  const read = readToday({ ...rejected, version: rejected.version.trim() || '1', acceptedInPart: false });
  const facts = 'errors' in read ? undefined : read.webhook.facts(read.payload, '');
  return isAbout(Buffer.from(rejected.body).toString(), facts, subject, bridge);
}

/**
 * Facts of Winkelstraat name their order, and IGF's an object whose pointer leads to the return. A text without readable
 * facts is about each order whose number stands in it.
 */
async function isAbout(
  text: string,
  facts: readonly Fact[] | undefined,
  { orders, email }: Subject,
  { store }: TableClient,
): Promise<boolean> {
  if (email !== undefined && names(text, email)) return true;
  if (!facts) return orders.some(({ orderId }) => names(text, orderId));
  const isWanted = (id: string | undefined): boolean => orders.some(({ orderId }) => orderId === id);
  for (const fact of facts) {
    if (fact.kind !== 'igf' && isWanted(fact.orderId)) return true;
    for (const object of fact.kind === 'igf' ? objectsOf(fact) : []) {
      if (isWanted((await store.readPointer(object)).ref?.orderId)) return true;
    }
  }
  return false;
}

/** Whether a text has this word, in any case, and not as a part of a longer one. */
function names(text: string, word: string): boolean {
  const wanted = word.trim().toLowerCase();
  if (wanted === '') return false;
  const escaped = wanted.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'u').test(text.toLowerCase());
}
