import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import type { HttpAnswer } from '../../lib/ingest/answers.ts';
import { enqueueTo } from '../../lib/ingest/delivery.ts';
import { ingestHandler } from '../../lib/ingest/ingest-handler.ts';
import { AwsJsonClient } from '../../lib/runtime/aws-json.ts';
import { cachedSecret, readCurrentAndPrevious } from '../../lib/runtime/secret.ts';
import { senders } from '../../lib/webhooks/catalogue.ts';
import type { Webhook } from '../../lib/webhooks/webhook.ts';
import type { Delivery } from './webhooks.ts';
import { localVariables, type Stack, senderKey, type World } from './world.ts';

export interface Request {
  readonly headers?: Record<string, string | undefined>;
  /** The body as it stands in the event: text, or base64 of it. */
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
  /** Where IGF's secret stands. */
  readonly token?: string;
  /** When the gateway got it, in milliseconds since the epoch. */
  readonly receivedAt?: number;
}

export interface IngestOptions {
  /** In place of the world's own addresses, such as those of proxies that count. */
  readonly addresses?: { readonly sqs: string; readonly secretsManager: string };
  /** What takes the messages in place of the stack's queue. */
  readonly queueUrl?: string;
  /** What takes what is refused in place of the quarantine's queue. */
  readonly rejectedQueueUrl?: string;
  /** In place of the catalogue's, such as one with a schema that is wrong. */
  readonly webhooks?: readonly Webhook[];
}

/** Ingest functions over the real queue and the real reader of secrets, as `functions/` wires them. */
export class IngestFunction {
  readonly #world: World;
  readonly #stack: Stack;
  readonly #handlers: Map<string, ReturnType<typeof ingestHandler>>;
  #passed = 0;

  constructor(world: World, stack: Stack, options: IngestOptions = {}) {
    const { sqs, secretsManager } = options.addresses ?? world.addresses;
    this.#world = world;
    this.#stack = stack;
    const queues = new AwsJsonClient('sqs', localVariables(sqs));
    const secrets = new AwsJsonClient('secretsmanager', localVariables(secretsManager));
    const getValue = (input: object) => secrets.call('GetSecretValue', input);
    const now = (): number => Date.now() + this.#passed;
    const here = ({ url }: { url: string }): string => `${sqs}${new URL(url).pathname}`;
    const dependencies = {
      now,
      senderKey: cachedSecret(readCurrentAndPrevious(getValue, stack.senderKeySecretId), now),
      enqueue: enqueueTo(queues, options.queueUrl ?? here(stack.queue)),
      reject: enqueueTo(queues, options.rejectedQueueUrl ?? here(stack.rejected.feed.queue)),
    };
    const webhooks: readonly Webhook[] = options.webhooks ?? senders.flatMap((sender) => sender.webhooks);
    this.#handlers = new Map(webhooks.map((webhook) => [webhook.name, ingestHandler(webhook, dependencies)]));
  }

  /** Lets time pass on the function's clock. */
  later(milliseconds: number): void {
    this.#passed += milliseconds;
  }

  /** A delivery as the sender posts it, with its key; `request` replaces parts of it. */
  async post({ webhook, payload }: Delivery, request: Request = {}): Promise<HttpAnswer> {
    const handler = this.#handlers.get(webhook);
    if (!handler) throw new Error(`There is no webhook ${webhook}.`);
    const { headers, body = JSON.stringify(payload), isBase64Encoded = false, token, receivedAt } = request;
    const event = {
      headers: {
        'x-api-key': senderKey,
        'x-version': '1.0',
        'content-type': 'application/json',
        ...headers,
      },
      body,
      isBase64Encoded,
      ...(token !== undefined && { pathParameters: { token } }),
      ...(receivedAt !== undefined && { requestContext: { timeEpoch: receivedAt } }),
    };
    return handler(event as unknown as APIGatewayProxyEventV2, {} as Context);
  }

  /** Takes every message out of the queue. */
  async queued(): Promise<string[]> {
    const { Messages = [] } = await this.#world.sqs.send(
      new ReceiveMessageCommand({ QueueUrl: this.#stack.queue.url, MaxNumberOfMessages: 10 }),
    );
    const bodies = Messages.map(({ Body = '' }) => Body);
    return bodies.length > 0 ? [...bodies, ...(await this.queued())] : [];
  }
}
