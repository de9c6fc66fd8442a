import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { sqsRecord } from '../../infra/local/event-source.ts';
import { watchQuarantine } from '../../lib/quarantine/expiry-watch.ts';
import { quarantineHandler } from '../../lib/quarantine/quarantine-handler.ts';
import { rejectedIndex, rejectedItems } from '../../lib/quarantine/rejected-items.ts';
import { deliveries } from '../../lib/table/deliveries.ts';
import { tableItems } from '../../lib/table/dynamodb.ts';
import { igfPointers } from '../../lib/table/igf-pointers.ts';
import type { Stack, World } from './world.ts';

/** The quarantine's worker and watch over the real queue and table of a world, step by step as `Bridge` does. */
export class QuarantineHarness {
  readonly #world: World;
  readonly #stack: Stack;
  readonly #handle: ReturnType<typeof quarantineHandler>;
  /** What an attempt asked to wait, in seconds. */
  readonly delays: number[] = [];
  #passed = 0;

  constructor(world: World, stack: Stack, table = stack.table) {
    this.#world = world;
    this.#stack = stack;
    this.#handle = quarantineHandler({
      items: rejectedItems(tableItems(world.dynamodb, table), () => this.now()),
      queue: {
        delay: async (receiptHandle, seconds) => {
          this.delays.push(seconds);
          await this.#setVisibility(receiptHandle, 0);
        },
        park: async (body, attributes) => {
          const values = Object.entries(attributes).map(([name, value]) => [
            name,
            { DataType: 'String', StringValue: value },
          ]);
          const input = { QueueUrl: stack.rejected.deadLetters.url, MessageBody: body };
          await world.sqs.send(
            new SendMessageCommand({ ...input, MessageAttributes: Object.fromEntries(values) }),
          );
        },
      },
      now: () => this.now(),
      random: () => 0,
    });
  }

  /** The quarantine's clock: real time and what `later` has let pass. */
  now(): number {
    return Date.now() + this.#passed;
  }

  later(hours: number): void {
    this.#passed += hours * 3600 * 1000;
  }

  /** Puts any text on its queue, as a person with the console can. */
  async put(body: string): Promise<void> {
    const input = { QueueUrl: this.#stack.rejected.feed.queue.url, MessageBody: body };
    await this.#world.sqs.send(new SendMessageCommand(input));
  }

  /** Works on everything that is visible in its queue, all at once, each message handed over `times` times. */
  async drain(times = 1): Promise<('acknowledged' | 'kept')[]> {
    const messages = await this.#receiveAll(this.#stack.rejected.feed.queue.url);
    return Promise.all(messages.map((message) => this.#attempt(message, times)));
  }

  async #attempt(message: Message, times: number): Promise<'acknowledged' | 'kept'> {
    const { arn, url } = this.#stack.rejected.feed.queue;
    let failed = false;
    for (let count = 0; count < times; count += 1) {
      const { batchItemFailures } = await this.#handle({ Records: [sqsRecord(message, arn)] });
      failed = batchItemFailures.length > 0;
    }
    if (failed) return 'kept';
    const input = { QueueUrl: url, ReceiptHandle: message.ReceiptHandle };
    await this.#world.sqs.send(new DeleteMessageCommand(input));
    return 'acknowledged';
  }

  /** Looks for what is short of time. @returns the count that its metric would show, 0 when it writes none */
  async watch(): Promise<number> {
    const { dynamodb } = this.#world;
    const tableName = this.#stack.table;
    const items = tableItems(dynamodb, tableName);
    const now = () => this.now();
    let measured = 0;
    await watchQuarantine(
      {
        index: rejectedIndex(dynamodb, { tableName, indexName: 'tasks', now }),
        items: rejectedItems(tableItems(dynamodb, tableName), now),
        table: { ...deliveries(items), ...igfPointers(items) },
        now,
        measure: (expiring) => {
          measured = expiring;
        },
      },
      () => 60_000,
    );
    return measured;
  }

  /** The item as it stands in the table. */
  async item(id: string): Promise<Record<string, unknown> | undefined> {
    const Key = { pk: `REJECTED#${id}`, sk: 'REJECTED' };
    const input = { TableName: this.#stack.table, Key, ConsistentRead: true };
    return (await this.#world.dynamodb.send(new GetCommand(input))).Item;
  }

  /** What of it comes back, byte for byte. */
  async body(id: string): Promise<Buffer | undefined> {
    const { dynamodb } = this.#world;
    const found = await rejectedItems(tableItems(dynamodb, this.#stack.table), () => this.now()).read(id);
    return found && Buffer.from(found.body);
  }

  /** Takes every message out of its queue without working on it. */
  async queued(): Promise<string[]> {
    return (await this.#receiveAll(this.#stack.rejected.feed.queue.url)).map(({ Body = '' }) => Body);
  }

  /** Takes every message out of its DLQ. */
  async parked(): Promise<Message[]> {
    return this.#receiveAll(this.#stack.rejected.deadLetters.url);
  }

  async #receiveAll(queueUrl: string): Promise<Message[]> {
    const { Messages = [] } = await this.#world.sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: 10,
        MessageAttributeNames: ['All'],
        MessageSystemAttributeNames: ['All'],
      }),
    );
    return Messages.length > 0 ? [...Messages, ...(await this.#receiveAll(queueUrl))] : [];
  }

  async #setVisibility(receiptHandle: string, seconds: number): Promise<void> {
    await this.#world.sqs.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: this.#stack.rejected.feed.queue.url,
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: seconds,
      }),
    );
  }
}
