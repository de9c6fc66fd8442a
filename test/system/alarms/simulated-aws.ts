import { SNSClient } from '@aws-sdk/client-sns';
import {
  ChangeMessageVisibilityCommand,
  SendMessageCommand,
  type SendMessageCommandInput,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { jest } from '@jest/globals';
import type { StackParts } from '../../../infra/local/stack-parts.ts';
import { AwsJsonClient } from '../../../lib/runtime/aws-json.ts';
import { SimulatedQueue } from './simulated-queue.ts';

/** An error that an AWS client throws. */
export const awsError = (name: string): Error => Object.assign(new Error(`simulated: ${name}`), { name });

/** SQS, Secrets Manager and SNS in memory. Every client of the process calls the last one that was made. */
export class SimulatedAws {
  readonly queues: readonly SimulatedQueue[];
  /** The values of the secrets by the ends of their names: `winkelstraat-key`, `igf-key`, `igf-path-token`. */
  readonly secrets = new Map<string, string>();
  /** Whether a service refuses calls, such as without its permission. */
  readonly refuses = { sendMessage: false, secrets: false, publish: false };
  readonly #now: () => number;

  constructor(stack: StackParts, now: () => number) {
    this.queues = stack.queues.map((part) => new SimulatedQueue(part));
    this.#now = now;
    const replace = (client: object, send: (command: unknown) => unknown): void => {
      const prototype = client as { send(command: unknown): Promise<unknown> };
      jest.spyOn(prototype, 'send').mockImplementation(async (command) => send(command));
    };
    replace(SQSClient.prototype, (command) => this.#sqs(command));
    replace(SNSClient.prototype, () => {
      if (this.refuses.publish) throw awsError('AuthorizationErrorException');
      return {};
    });
    jest.spyOn(AwsJsonClient.prototype, 'open').mockResolvedValue();
    jest
      .spyOn(AwsJsonClient.prototype, 'call')
      .mockImplementation(async (operation, input) =>
        operation === 'SendMessage' ? this.#sendMessage({ ...input }) : this.#getSecretValue({ ...input }),
      );
  }

  /** @param key the URL, ARN or name of a queue */
  queue(key: string): SimulatedQueue {
    const found = this.queues.find(({ part }) => [part.url, part.arn, part.name].includes(key));
    if (!found) throw new Error(`There is no queue ${key}.`);
    return found;
  }

  #sqs(command: unknown): unknown {
    const now = this.#now();
    if (command instanceof SendMessageCommand) {
      return this.#sendMessage(command.input);
    }
    if (command instanceof ChangeMessageVisibilityCommand) {
      const { QueueUrl = '', ReceiptHandle = '', VisibilityTimeout = 0 } = command.input;
      this.queue(QueueUrl).delay(ReceiptHandle, VisibilityTimeout, now);
      return {};
    }
    throw new Error('The simulated SQS does not know this command.');
  }

  #sendMessage({
    QueueUrl = '',
    MessageBody = '',
  }: SendMessageCommandInput | Record<string, string>): object {
    if (this.refuses.sendMessage) throw awsError('AccessDenied');
    this.queue(QueueUrl).send(MessageBody, this.#now());
    return { MessageId: 'simulated' };
  }

  #getSecretValue({ SecretId = '', VersionStage = 'AWSCURRENT' }: Record<string, string>): object {
    if (this.refuses.secrets) throw awsError('AccessDeniedException');
    const [, value] = [...this.secrets].find(([name]) => SecretId.includes(`/${name}-`)) ?? [];
    if (value === undefined || VersionStage !== 'AWSCURRENT') throw awsError('ResourceNotFoundException');
    return { SecretString: value };
  }
}
