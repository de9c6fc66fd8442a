import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { sqsRecord } from '../../infra/local/event-source.ts';
import type { QueuePart } from '../../infra/local/stack-parts.ts';

/** A queue of a world, whose messages are as old as a test's clock says. */
export class BridgeQueue {
  readonly #sqs: SQSClient;
  readonly #queue: QueuePart;
  readonly #now: () => number;
  /** When each message was sent on the test's clock, by its id. */
  readonly #sentAt = new Map<string, number>();

  constructor(sqs: SQSClient, queue: QueuePart, now: () => number) {
    this.#sqs = sqs;
    this.#queue = queue;
    this.#now = now;
  }

  async send(body: string, attributes: Readonly<Record<string, string>> = {}): Promise<void> {
    const sentAt = Math.round(this.#now());
    const values = Object.entries(attributes).map(([name, value]) => [
      name,
      { DataType: 'String', StringValue: value },
    ]);
    const { MessageId = '' } = await this.#sqs.send(
      new SendMessageCommand({
        QueueUrl: this.#queue.url,
        MessageBody: body,
        MessageAttributes: Object.fromEntries(values),
      }),
    );
    this.#sentAt.set(MessageId, sentAt);
  }

  /** Receives until nothing is visible any more. */
  async receiveAll(): Promise<Message[]> {
    const { Messages = [] } = await this.#sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: this.#queue.url,
        MaxNumberOfMessages: 10,
        MessageAttributeNames: ['All'],
        MessageSystemAttributeNames: ['All'],
      }),
    );
    return Messages.length > 0 ? [...Messages, ...(await this.receiveAll())] : [];
  }

  /** What Lambda makes of a message. It is as old as it is on the test's clock, which SQS's own knows nothing of. */
  recordOf(message: Message): SQSRecord {
    const record = sqsRecord(message, this.#queue.arn);
    const sentAt = this.#sentAt.get(record.messageId);
    if (sentAt === undefined) return record;
    return { ...record, attributes: { ...record.attributes, SentTimestamp: String(sentAt) } };
  }

  async delete(receiptHandle: string | undefined): Promise<void> {
    const input = { QueueUrl: this.#queue.url, ReceiptHandle: receiptHandle };
    await this.#sqs.send(new DeleteMessageCommand(input));
  }

  async setVisibility(receiptHandle: string, seconds: number): Promise<void> {
    await this.#sqs.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: this.#queue.url,
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: seconds,
      }),
    );
  }

  /** How many messages it holds, whether they are visible or not. */
  async count(): Promise<number> {
    const names = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
    const input = { QueueUrl: this.#queue.url, AttributeNames: [...names] };
    const { Attributes = {} } = await this.#sqs.send(new GetQueueAttributesCommand(input));
    return names.reduce((sum, name) => sum + Number(Attributes[name]), 0);
  }
}
