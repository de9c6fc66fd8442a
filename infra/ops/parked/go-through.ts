import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { countIn, type DeadLetterQueue } from './dead-letter-queue.ts';

/** A message as it rests in a DLQ. */
export interface DeadLetter {
  readonly messageId: string;
  readonly body: string;
  /** What the worker parked it with; none when SQS itself moved it, after crashes. */
  readonly attributes: Readonly<Record<string, string>>;
  /** When it was put on a queue last, and when somebody first took it from this one: SQS's clock, in milliseconds. */
  readonly sentAt: number;
  readonly firstReceivedAt: number;
}

/** What became of a message: `done with` it is deleted, `left` it stays in the DLQ. */
export type Verdict = 'done with' | 'left';

export interface PassOptions {
  /** Ends the pass early; what was begun is done to its end. */
  readonly signal?: AbortSignal;
  /** How many messages are worked on at once, up to 10. */
  readonly atOnce?: number;
}

/** What a receive takes at most. */
const batch = 10;
/**
 * How long a message is hidden from others while the pass goes on, in seconds. Those left are shown again at the end; a
 * pass that is killed leaves them hidden for so long, and a longer pass meets them again.
 */
const hiddenSeconds = 600;
/**
 * Receives in a row that bring nothing new before a queue counts as gone through, beside those that it takes to meet
 * everything again that was left: in a pass of more than ten minutes that may come before what is new.
 */
const mostIdle = 3;

/**
 * Goes through a DLQ once and asks about each message what to do with it. A message is deleted only after `visit` said
 * that it is done with; the others are visible again at the end, also when something fails on the way.
 * @returns how many messages SQS counts that did not show; 0 when the pass was ended early
 */
export async function goThrough(
  sqs: SQSClient,
  { url, count }: Pick<DeadLetterQueue, 'url' | 'count'>,
  visit: (message: DeadLetter) => Promise<Verdict>,
  { signal, atOnce = 1 }: PassOptions = {},
): Promise<{ unseen: number }> {
  const left = new Map<string, string>();
  const seen = new Set<string>();
  // A queue that fills while it is gone through must not keep the pass going for ever; SQS's count is no exact one.
  const most = 2 * Math.max(count, 50);
  let idle = 0;
  try {
    while (!signal?.aborted && seen.size < most && idle < mostIdle + Math.ceil(left.size / batch)) {
      const messages = await receive(sqs, url);
      if (messages.length === 0) break;
      for (const { MessageId = '', ReceiptHandle = '' } of messages) left.set(MessageId, ReceiptHandle);
      const fresh = messages.filter(({ MessageId = '' }) => !seen.has(MessageId));
      for (const { MessageId = '' } of fresh) seen.add(MessageId);
      idle = fresh.length === 0 ? idle + 1 : 0;
      for (let first = 0; first < fresh.length && !signal?.aborted; first += atOnce) {
        await all(fresh.slice(first, first + atOnce), async (message) => {
          if ((await visit(deadLetter(message))) === 'left') return;
          const { MessageId = '', ReceiptHandle } = message;
          await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }));
          left.delete(MessageId);
        });
      }
    }
    if (signal?.aborted || seen.size >= count) return { unseen: 0 };
    // Both counts lag behind what was done a moment ago, so the lower one is right.
    return { unseen: Math.max(0, Math.min(count - seen.size, (await countIn(sqs, url)) - left.size)) };
  } finally {
    await show(sqs, url, [...left.values()]);
  }
}

/** Waits for all of them, then fails if one has: none goes on behind the caller's back. */
async function all<T>(list: readonly T[], work: (entry: T) => Promise<void>): Promise<void> {
  const failed = (await Promise.allSettled(list.map(work))).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}

async function receive(sqs: SQSClient, url: string): Promise<Message[]> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: url,
      MaxNumberOfMessages: batch,
      VisibilityTimeout: hiddenSeconds,
      // SQS asks all of its servers only when it may wait: without, an empty answer says nothing.
      WaitTimeSeconds: 1,
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: ['SentTimestamp', 'ApproximateFirstReceiveTimestamp'],
    }),
  );
  return Messages;
}

/** Lets others see messages again. Where that fails they come back by themselves when their time is over. */
async function show(sqs: SQSClient, url: string, handles: readonly string[]): Promise<void> {
  for (let first = 0; first < handles.length; first += batch) {
    const Entries = handles
      .slice(first, first + batch)
      .map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle, VisibilityTimeout: 0 }));
    await sqs
      .send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: url, Entries }))
      .catch(() => undefined);
  }
}

const deadLetter = ({
  MessageId = '',
  Body = '',
  MessageAttributes = {},
  Attributes = {},
}: Message): DeadLetter => ({
  messageId: MessageId,
  body: Body,
  attributes: Object.fromEntries(
    Object.entries(MessageAttributes).map(([name, { StringValue = '' }]) => [name, StringValue]),
  ),
  sentAt: Number(Attributes.SentTimestamp),
  firstReceivedAt: Number(Attributes.ApproximateFirstReceiveTimestamp),
});
