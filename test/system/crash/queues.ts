import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { EventSourcePart, QueuePart, StackParts } from '../../../infra/local/stack-parts.ts';

export type SenderName = 'winkelstraat' | 'igf';

/** The event source of a sender's worker. */
export function eventSourceOf({ eventSources }: StackParts, sender: SenderName): EventSourcePart {
  const source = eventSources.find(({ function: { name } }) => name.toLowerCase().includes(sender));
  if (!source) throw new Error(`The stack has no queue of ${sender}.`);
  return source;
}

/** The stack's queues, message by message. */
export class Queues {
  readonly #sqs: SQSClient;
  readonly #stack: StackParts;

  constructor(sqs: SQSClient, stack: StackParts) {
    this.#sqs = sqs;
    this.#stack = stack;
  }

  async send(sender: SenderName, MessageBody: string): Promise<void> {
    const { url: QueueUrl } = eventSourceOf(this.#stack, sender).queue;
    await this.#sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  }

  async receive(QueueUrl: string): Promise<Message | undefined> {
    const command = new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: 1,
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: ['All'],
    });
    return (await this.#sqs.send(command)).Messages?.[0];
  }

  async delete(QueueUrl: string, { ReceiptHandle }: Message): Promise<void> {
    await this.#sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  }

  /** Makes a received message visible again, at once. */
  async makeVisible(QueueUrl: string, { ReceiptHandle }: Message): Promise<void> {
    const input = { QueueUrl, ReceiptHandle, VisibilityTimeout: 0 };
    await this.#sqs.send(new ChangeMessageVisibilityCommand(input));
  }

  /** Takes every message out of a queue. @returns their bodies */
  async takeAll(QueueUrl: string): Promise<string[]> {
    const bodies: string[] = [];
    for (;;) {
      const message = await this.receive(QueueUrl);
      if (!message) return bodies;
      await this.delete(QueueUrl, message);
      bodies.push(message.Body ?? '');
    }
  }

  /** Takes every message out of a sender's queue. @returns their bodies */
  queued(sender: SenderName): Promise<string[]> {
    return this.takeAll(eventSourceOf(this.#stack, sender).queue.url);
  }

  async emptyDeadLetters(): Promise<void> {
    for (const { url } of this.#deadLetterQueues) {
      await this.#sqs.send(new PurgeQueueCommand({ QueueUrl: url }));
    }
  }

  /** Messages in every queue that is no DLQ, in flight or not. */
  async left(): Promise<Record<string, number>> {
    const sources = this.#stack.queues.filter((queue) => !this.#isDeadLetterQueue(queue));
    const counts = sources.map(async (queue) => [queue.name, await this.#count(queue)] as const);
    return Object.fromEntries((await Promise.all(counts)).filter(([, count]) => count > 0));
  }

  /** How many messages the DLQs hold. */
  async parked(): Promise<number> {
    const counts = this.#deadLetterQueues.map((queue) => this.#count(queue));
    return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
  }

  get #deadLetterQueues(): QueuePart[] {
    return this.#stack.queues.filter((queue) => this.#isDeadLetterQueue(queue));
  }

  #isDeadLetterQueue({ arn }: QueuePart): boolean {
    return this.#stack.queues.some(({ deadLetterArn }) => deadLetterArn === arn);
  }

  async #count({ url }: QueuePart): Promise<number> {
    const { Attributes = {} } = await this.#sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: url,
        AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
      }),
    );
    return Object.values(Attributes).reduce((sum, value) => sum + Number(value), 0);
  }
}
