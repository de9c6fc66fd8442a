import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';

/** How long a receive takes. */
const receiveMs = 20;

/**
 * A queue with a clock of its own that hands out the oldest visible message, as SQS mostly does. The local SQS puts a
 * message that became visible again at its end.
 */
export class OldestFirstSqs {
  /** In milliseconds. */
  now = 0;
  readonly #messages: { id: string; visibleAt: number }[];

  constructor(ids: readonly string[]) {
    this.#messages = ids.map((id) => ({ id, visibleAt: 0 }));
  }

  get remaining(): string[] {
    return this.#messages.map(({ id }) => id);
  }

  readonly client = { send: async (command: unknown) => this.#answer(command) } as unknown as SQSClient;

  #answer(command: unknown): object {
    if (command instanceof ReceiveMessageCommand) {
      const { MaxNumberOfMessages = 1, VisibilityTimeout = 30 } = command.input;
      this.now += receiveMs;
      const taken = this.#messages
        .filter(({ visibleAt }) => visibleAt <= this.now)
        .slice(0, MaxNumberOfMessages);
      for (const message of taken) message.visibleAt = this.now + VisibilityTimeout * 1000;
      return { Messages: taken.map(({ id }) => ({ MessageId: id, ReceiptHandle: id, Body: id })) };
    }
    if (command instanceof DeleteMessageCommand) {
      const index = this.#messages.findIndex(({ id }) => id === command.input.ReceiptHandle);
      this.#messages.splice(index, 1);
      return {};
    }
    if (command instanceof ChangeMessageVisibilityBatchCommand) {
      for (const { ReceiptHandle, VisibilityTimeout = 0 } of command.input.Entries ?? []) {
        const message = this.#messages.find(({ id }) => id === ReceiptHandle);
        if (message) message.visibleAt = this.now + VisibilityTimeout * 1000;
      }
      return {};
    }
    if (command instanceof GetQueueAttributesCommand) {
      return { Attributes: { ApproximateNumberOfMessages: String(this.#messages.length) } };
    }
    throw new Error('The queue has no such command.');
  }
}
