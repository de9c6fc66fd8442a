import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { readEnvelope } from '../../../lib/webhooks/envelope.ts';
import { countIn, type DeadLetterQueue } from './dead-letter-queue.ts';

/** A message in a DLQ. Times are in milliseconds on SQS's clock. */
export interface DeadLetter {
  /** The event's id, or the message's own when the message is unreadable. */
  readonly id: string;
  /** Undefined when the message is unreadable. */
  readonly webhook: string | undefined;
  readonly body: string;
  /** Why the worker parked it; undefined when SQS moved it here itself, after crashes. */
  readonly reason: string | undefined;
  /** When it was last put on a queue. */
  readonly sentAt: number;
  /** When somebody first received it from this queue. */
  readonly firstReceivedAt: number;
}

/** Selects messages by webhook, whole id, or when they were last put on a queue; an empty selection means all. */
export interface Selection {
  /** Milliseconds since the epoch. */
  readonly since?: number | undefined;
  readonly webhook?: string | undefined;
  readonly id?: string | undefined;
}

/** Whether a visited message is deleted or stays in the DLQ. */
export type ScanVerdict = 'delete' | 'keep';

export interface ScanOptions {
  /** The messages to visit. The others stay in the DLQ. */
  readonly selection?: Selection;
  /** Ends the scan early; visits in progress are completed. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (scanned: number, of: number) => void;
  /** How many messages are visited at once, up to 10. */
  readonly atOnce?: number;
}

/** The most messages of one receive. */
const batch = 10;
/**
 * The visibility timeout of a scanned message, in seconds. A scan shows kept messages again at its end. A killed scan
 * leaves them hidden for this time, and a longer scan receives them again.
 */
const hiddenSeconds = 600;
/**
 * The scan ends after this many receives in a row without a new message. In a scan of more than ten minutes the kept
 * messages come again, perhaps before the new ones. So the receives that this takes are added.
 */
const mostIdle = 3;

/**
 * Receives each message of a DLQ once and lets `visit` decide about it. A message is deleted only after `visit` said so.
 * The others are visible again at the end, also when the scan fails.
 * @returns how many messages SQS counts beyond those that the scan received; 0 when the scan was ended early
 */
export async function scanQueue(
  sqs: SQSClient,
  { url, count }: Pick<DeadLetterQueue, 'url' | 'count'>,
  visit: (message: DeadLetter) => Promise<ScanVerdict>,
  { selection = {}, signal, onProgress, atOnce = 1 }: ScanOptions = {},
): Promise<{ unseen: number }> {
  const kept = new Map<string, string>();
  const seen = new Set<string>();
  // New messages must not keep the scan running endlessly. The limit is generous: SQS's count is approximate.
  const most = 2 * Math.max(count, 50);
  let idle = 0;
  let scanned = 0;
  const visitOne = async (message: Message): Promise<void> => {
    const letter = deadLetter(message);
    scanned += 1;
    onProgress?.(scanned, Math.max(scanned, count));
    if (!isSelected(selection, letter) || (await visit(letter)) === 'keep') return;
    const { MessageId = '', ReceiptHandle } = message;
    await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }));
    kept.delete(MessageId);
  };
  try {
    while (!signal?.aborted && seen.size < most && idle < mostIdle + Math.ceil(kept.size / batch)) {
      const messages = await receive(sqs, url);
      if (messages.length === 0) break;
      for (const { MessageId = '', ReceiptHandle = '' } of messages) kept.set(MessageId, ReceiptHandle);
      const fresh = messages.filter(({ MessageId = '' }) => !seen.has(MessageId));
      for (const { MessageId = '' } of fresh) seen.add(MessageId);
      idle = fresh.length === 0 ? idle + 1 : 0;
      for (let first = 0; first < fresh.length && !signal?.aborted; first += atOnce) {
        // When one fails, the others end first, so that no work is running when the scan ends.
        const visits = await Promise.allSettled(fresh.slice(first, first + atOnce).map(visitOne));
        for (const ended of visits) if (ended.status === 'rejected') throw ended.reason;
      }
    }
    if (signal?.aborted || seen.size >= count) return { unseen: 0 };
    // Both counts may still include messages that were deleted a moment ago, so the lower count is the right one.
    return { unseen: Math.max(0, Math.min(count - seen.size, (await countIn(sqs, url)) - kept.size)) };
  } finally {
    await showAgain(sqs, url, [...kept.values()]);
  }
}

/** Scans DLQs, one after another. @returns how many messages of them `scanQueue` did not see */
export async function scanQueues<Queue extends Pick<DeadLetterQueue, 'url' | 'count'>>(
  sqs: SQSClient,
  queues: readonly Queue[],
  visit: (message: DeadLetter, queue: Queue) => Promise<ScanVerdict>,
  options: ScanOptions = {},
): Promise<number> {
  let all = 0;
  for (const queue of queues) {
    const { unseen } = await scanQueue(sqs, queue, (message) => visit(message, queue), options);
    all += unseen;
  }
  return all;
}

async function receive(sqs: SQSClient, url: string): Promise<Message[]> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: url,
      MaxNumberOfMessages: batch,
      VisibilityTimeout: hiddenSeconds,
      // SQS queries all of its servers only with a wait time; without it, an empty answer proves nothing.
      WaitTimeSeconds: 1,
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: ['SentTimestamp', 'ApproximateFirstReceiveTimestamp'],
    }),
  );
  return Messages;
}

/** Makes messages visible again. When a call fails, their visibility timeout does it later. */
async function showAgain(sqs: SQSClient, url: string, handles: readonly string[]): Promise<void> {
  for (let first = 0; first < handles.length; first += batch) {
    const Entries = handles
      .slice(first, first + batch)
      .map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle, VisibilityTimeout: 0 }));
    const command = new ChangeMessageVisibilityBatchCommand({ QueueUrl: url, Entries });
    await sqs.send(command).catch(() => undefined);
  }
}

function deadLetter({ MessageId, Body = '', MessageAttributes = {}, Attributes = {} }: Message): DeadLetter {
  const envelope = readEnvelope(Body);
  return {
    id: envelope?.id ?? MessageId ?? '',
    webhook: envelope?.webhook,
    body: Body,
    reason: MessageAttributes.reason?.StringValue,
    sentAt: Number(Attributes.SentTimestamp),
    firstReceivedAt: Number(Attributes.ApproximateFirstReceiveTimestamp),
  };
}

const isSelected = ({ webhook, id, since = 0 }: Selection, letter: DeadLetter): boolean =>
  !(letter.sentAt < since) &&
  (webhook === undefined || letter.webhook === webhook) &&
  (id === undefined || letter.id === id);
