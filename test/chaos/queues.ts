import { setTimeout as wait } from 'node:timers/promises';
import {
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { LocalRuntime } from '../../infra/local/runtime.ts';

type LocalQueue = LocalRuntime['queues'][number];

/** A message in a DLQ. */
export interface DlqMessage {
  readonly eventId: string;
  readonly webhook: string;
  readonly reason: string;
}

/** How many messages wait, are in flight, or are delayed. Messages in a DLQ do not count. */
export async function messagesIn(sqs: SQSClient, queues: readonly LocalQueue[]): Promise<number> {
  const counts = queues
    .filter(({ deadLetterUrl }) => deadLetterUrl !== undefined)
    .map(async ({ url }) => {
      const { Attributes = {} } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }),
      );
      return Object.entries(Attributes)
        .filter(([name]) => name.startsWith('ApproximateNumberOfMessages'))
        .reduce((sum, [, count]) => sum + Number(count), 0);
    });
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}

/** How long the queues must have been empty, in real milliseconds. */
const idleMs = 1000;
/** How long they may take to become so on a busy machine, in real milliseconds. */
const idleDeadlineMs = 600_000;

/** Waits until no message is in a queue for a while, or until the deadline. */
export async function waitUntilIdle(messages: () => Promise<number>): Promise<void> {
  const end = performance.now() + idleDeadlineMs;
  let idleSince = performance.now();
  while (performance.now() < end && performance.now() - idleSince <= idleMs) {
    if ((await messages()) > 0) idleSince = performance.now();
    await wait(100);
  }
}

/**
 * The most messages that may wait when another order begins. A message waits in the local runtime's time: at speed 300
 * five minutes are a day, after which a failed message is parked, as it should be.
 */
const mostWaiting = 200;
const pollEveryMs = 250;

/** Watches how many messages wait. */
export class Backlog implements Disposable {
  waiting = 0;
  readonly #ended = new AbortController();

  constructor(count: () => Promise<number>) {
    void this.#watch(count);
  }

  /** Resolves when there is room for another order. */
  async room(): Promise<void> {
    while (this.waiting > mostWaiting && !this.#ended.signal.aborted) await wait(pollEveryMs);
  }

  [Symbol.dispose](): void {
    this.#ended.abort();
  }

  async #watch(count: () => Promise<number>): Promise<void> {
    while (!this.#ended.signal.aborted) {
      this.waiting = await count().catch(() => this.waiting);
      await wait(pollEveryMs);
    }
  }
}

/** Takes every message out of the DLQs. */
export async function takeDeadLetters(sqs: SQSClient, queues: readonly LocalQueue[]): Promise<DlqMessage[]> {
  const taken: DlqMessage[] = [];
  for (const QueueUrl of queues.flatMap(({ deadLetterUrl }) => deadLetterUrl ?? [])) {
    for (;;) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] }),
      );
      if (Messages.length === 0) break;
      for (const { Body = '', MessageAttributes = {} } of Messages) {
        const { id, webhook } = JSON.parse(Body) as { id: string; webhook: string };
        taken.push({ eventId: id, webhook, reason: MessageAttributes.reason?.StringValue ?? 'no reason' });
      }
      const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
      await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
    }
  }
  return taken;
}
