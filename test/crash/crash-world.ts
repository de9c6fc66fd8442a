import '../integration/log-lines.ts';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SubscribeCommand } from '@aws-sdk/client-sns';
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { BatchWriteCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyEventV2, Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { sqsRecord } from '../../infra/local/event-source.ts';
import { lambdaEnvironment, shortestClaimSeconds } from '../../infra/local/lambda-environment.ts';
import type { EventSourcePart, FunctionPart, QueuePart } from '../../infra/local/stack-parts.ts';
import { temporaryFolder } from '../../infra/local/temporary-folder.ts';
import { senders } from '../../lib/catalogue.ts';
import { eventId, writeEnvelope } from '../../lib/envelope.ts';
import type { HttpAnswer } from '../../lib/ingest/problem.ts';
import type { Policy } from '../../lib/policy.ts';
import { visibilityTimeoutSeconds } from '../../lib/timing.ts';
import type { Webhook } from '../../lib/webhook.ts';
import type { Delivery } from '../integration/webhooks.ts';
import { type Stack, startWorld, type World } from '../integration/world.ts';
import { instrument } from './instrument.ts';
import { Mortal } from './probe.ts';

type WorkerHandler = (
  event: SQSEvent,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
) => Promise<SQSBatchResponse>;

type ReconcilerHandler = (
  event: unknown,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
) => Promise<unknown>;

type IngestHandler = (event: APIGatewayProxyEventV2, context: Context) => Promise<HttpAnswer>;

/** What the instrumented bundle exports: each call wires an execution environment of its own, with nothing in memory. */
interface FunctionsUnderTest {
  worker(senderName: string): WorkerHandler;
  ingest(webhook: Webhook): IngestHandler;
}

interface Parts {
  world: World;
  stack: Stack;
  functions: FunctionsUnderTest;
  reconcilerUrl: string;
  sites: readonly string[];
  mailbox: string;
  close: () => Promise<void>;
}

const reconcilerSource = `export { handler } from './functions/reconciler.ts';`;
const functionsSource = `
export { worker } from './functions/worker.ts';
export { ingest } from './functions/ingest.ts';
`;

export type SenderName = 'winkelstraat' | 'igf';

type Item = Record<string, unknown>;

/**
 * Real queues, table, topic and IGF, and the real functions with a probe at each `await`. Time passes by hand: `Date.now`
 * of the functions is the machine's and what was let pass.
 */
export class CrashWorld {
  readonly world: World;
  readonly stack: Stack;
  readonly functions: FunctionsUnderTest;
  /** Every `await` of the functions. */
  readonly sites: readonly string[];
  readonly #reconcilerUrl: string;
  readonly #mailbox: string;
  readonly #close: () => Promise<void>;
  readonly #living = new Map<string, WorkerHandler>();
  readonly #realNow = Date.now;
  #environmentsMade = 0;
  #passed = 0;

  private constructor(parts: Parts) {
    this.world = parts.world;
    this.stack = parts.stack;
    this.functions = parts.functions;
    this.sites = parts.sites;
    this.#reconcilerUrl = parts.reconcilerUrl;
    this.#mailbox = parts.mailbox;
    this.#close = parts.close;
    Date.now = () => this.#realNow() + this.#passed;
  }

  static async start(): Promise<CrashWorld> {
    const folder = temporaryFolder();
    const [world, functions, reconciler] = await Promise.all([
      startWorld(),
      instrument(functionsSource, join(folder.path, 'functions.mjs')),
      instrument(reconcilerSource, join(folder.path, 'reconciler.mjs')),
    ]);
    const stack = await world.deploy();
    return new CrashWorld({
      world,
      stack,
      functions: await import(pathToFileURL(functions.file).href),
      reconcilerUrl: pathToFileURL(reconciler.file).href,
      sites: [...new Set([...functions.sites, ...reconciler.sites])],
      mailbox: await subscribe(world, stack),
      close: async () => {
        await world.close();
        await folder.close();
      },
    });
  }

  async close(): Promise<void> {
    Date.now = this.#realNow;
    await this.#close();
  }

  /** Forgets everything that happened, so that the next run begins with the same ids. */
  async forget(): Promise<void> {
    this.#passed = 0;
    const [items] = await Promise.all([this.items(), this.world.igf.forget()]);
    const keys = items.map(({ pk, sk }) => ({ DeleteRequest: { Key: { pk, sk } } }));
    for (let from = 0; from < keys.length; from += 25) {
      const RequestItems = { [this.stack.table]: keys.slice(from, from + 25) };
      await this.world.dynamodb.send(new BatchWriteCommand({ RequestItems }));
    }
    for (const { url } of this.#deadLetterQueues) {
      await this.world.sqs.send(new PurgeQueueCommand({ QueueUrl: url }));
    }
  }

  /** Lets time pass on every function's clock. */
  later(seconds: number): void {
    this.#passed += seconds * 1000;
  }

  /** A fresh execution environment of a sender's worker. */
  worker(sender: SenderName, policy: Partial<Policy>): WorkerHandler {
    const part = this.#feedOf(sender).function;
    const POLICY = JSON.stringify({ ...JSON.parse(part.environment.POLICY ?? '{}'), ...policy });
    this.#setEnvironment(part, { POLICY, IGF_BASE_URL: this.world.addresses.igf });
    return this.functions.worker(sender);
  }

  /** A fresh execution environment of a webhook's ingest function. */
  ingest(webhookName: string): IngestHandler {
    const sender = senders.find(({ webhooks }) => webhooks.some(({ name }) => name === webhookName));
    const webhook = sender?.webhooks.find(({ name }) => name === webhookName);
    if (!sender || !webhook) throw new Error(`The catalogue has no webhook ${webhookName}.`);
    const { functions, routes } = this.stack.parts;
    const route = routes.find(({ routeKey }) => routeKey.endsWith(` ${webhook.path}`));
    const part = functions.find(({ name }) => name === route?.functionName);
    if (!part) throw new Error(`The stack has no function for ${webhookName}.`);
    this.#setEnvironment(part);
    return this.functions.ingest(webhook);
  }

  /** A fresh execution environment of the reconciler, which is wired when its module is loaded. */
  async reconciler(): Promise<ReconcilerHandler> {
    const scheduled = this.stack.parts.schedules.map((schedule) => schedule.function);
    const part = scheduled.find(({ environment }) => 'RECONCILE_CALLS' in environment);
    if (!part) throw new Error('The stack has no reconciler.');
    this.#setEnvironment(part, { IGF_BASE_URL: this.world.addresses.igf });
    this.#environmentsMade += 1;
    const { handler } = await import(`${this.#reconcilerUrl}?${this.#environmentsMade}`);
    return handler;
  }

  /** What a function reads when it is wired, as Lambda would set it. */
  #setEnvironment(part: FunctionPart, changes: Record<string, string> = {}): void {
    const { addresses } = this.world;
    const environment = { ...part.environment, ...changes };
    const world = { addresses, speed: 1, shortestClaimSeconds };
    Object.assign(process.env, lambdaEnvironment({ ...part, environment }, world));
  }

  /** How Lambda feeds a sender's worker. */
  #feedOf(sender: SenderName): EventSourcePart {
    const isOf = ({ function: { name } }: EventSourcePart) => name.toLowerCase().includes(sender);
    const feed = this.stack.parts.eventSources.find(isOf);
    if (!feed) throw new Error(`The stack has no queue of ${sender}.`);
    return feed;
  }

  /** Takes every message out of a sender's queue. */
  async queued(sender: SenderName): Promise<string[]> {
    const { url: QueueUrl } = this.#feedOf(sender).queue;
    const message = await this.#receive(QueueUrl);
    if (!message) return [];
    const { ReceiptHandle, Body = '' } = message;
    await this.world.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    return [Body, ...(await this.queued(sender))];
  }

  /** Has deliveries worked off one after the other by a worker that lives. */
  async takes(sender: SenderName, policy: Partial<Policy>, ...deliveries: Delivery[]): Promise<void> {
    const key = `${sender} ${JSON.stringify(policy)}`;
    const handler = this.#living.get(key) ?? this.worker(sender, policy);
    this.#living.set(key, handler);
    for (const delivery of deliveries) {
      await this.deliver(sender, delivery);
      await this.workOff(sender, () => handler);
    }
  }

  /** Puts a delivery on its queue as ingest does. */
  async deliver(sender: SenderName, { webhook, payload }: Delivery): Promise<void> {
    const MessageBody = writeEnvelope({
      schema: 1,
      id: eventId(webhook, payload),
      webhook,
      version: '1.0',
      receivedAt: new Date(Date.now()).toISOString(),
      correlationId: randomUUID(),
      payload,
    });
    await this.world.sqs.send(
      new SendMessageCommand({ QueueUrl: this.#feedOf(sender).queue.url, MessageBody }),
    );
  }

  /**
   * Hands the queue's messages to its worker as the event source mapping does, until none is left.
   * @param mortal the invocation that may die, and which one it is, from 1; every other one lives
   */
  async workOff(
    sender: SenderName,
    environment: () => WorkerHandler,
    { mortal, attempt = 1 }: { mortal?: Mortal; attempt?: number } = {},
  ): Promise<void> {
    const { url: QueueUrl } = this.#feedOf(sender).queue;
    for (let receive = 1; receive <= 12; receive += 1) {
      const message = await this.#receive(QueueUrl);
      if (!message) return;
      const { ReceiptHandle } = message;
      const invocation = receive === attempt && mortal ? mortal : new Mortal();
      if (await this.#isDone(message, sender, environment(), invocation)) {
        await this.world.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      } else {
        this.later(visibilityTimeoutSeconds);
        const input = { QueueUrl, ReceiptHandle, VisibilityTimeout: 0 };
        await this.world.sqs.send(new ChangeMessageVisibilityCommand(input));
      }
    }
    throw new Error('The message was received 12 times and is still there.');
  }

  async #isDone(
    message: Message,
    sender: SenderName,
    handler: WorkerHandler,
    invocation: Mortal,
  ): Promise<boolean> {
    const { arn } = this.#feedOf(sender).queue;
    const context = { getRemainingTimeInMillis: () => 30_000 };
    const answer = await invocation.invoke(() => handler({ Records: [sqsRecord(message, arn)] }, context));
    return answer !== 'died' && !invocation.diesUnheard && answer.batchItemFailures.length === 0;
  }

  async #receive(QueueUrl: string): Promise<Message | undefined> {
    const command = new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: 1,
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: ['All'],
    });
    return (await this.world.sqs.send(command)).Messages?.[0];
  }

  /** Messages in every queue of the stack, in flight or not. */
  async left(): Promise<Record<string, number>> {
    const sources = this.stack.parts.queues.filter((queue) => !this.#isDeadLetterQueue(queue));
    const counts = sources.map(async (queue) => [queue.name, await this.#messagesIn(queue)] as const);
    return Object.fromEntries((await Promise.all(counts)).filter(([, count]) => count > 0));
  }

  /** How many messages the DLQs hold. */
  async parked(): Promise<number> {
    const counts = this.#deadLetterQueues.map((queue) => this.#messagesIn(queue));
    return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
  }

  get #deadLetterQueues(): QueuePart[] {
    return this.stack.parts.queues.filter((queue) => this.#isDeadLetterQueue(queue));
  }

  #isDeadLetterQueue({ arn }: QueuePart): boolean {
    return this.stack.parts.queues.some(({ deadLetterArn }) => deadLetterArn === arn);
  }

  async #messagesIn({ url }: QueuePart): Promise<number> {
    const { Attributes = {} } = await this.world.sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: url,
        AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
      }),
    );
    return Object.values(Attributes).reduce((sum, value) => sum + Number(value), 0);
  }

  /** Everything in the table. */
  async items(): Promise<Item[]> {
    const { Items = [] } = await this.world.dynamodb.send(
      new ScanCommand({ TableName: this.stack.table, ConsistentRead: true }),
    );
    return Items;
  }

  /** The subjects of what people were told since this was asked last. */
  async mail(): Promise<string[]> {
    const command = new ReceiveMessageCommand({ QueueUrl: this.#mailbox, MaxNumberOfMessages: 10 });
    const { Messages = [] } = await this.world.sqs.send(command);
    for (const { ReceiptHandle } of Messages) {
      await this.world.sqs.send(new DeleteMessageCommand({ QueueUrl: this.#mailbox, ReceiptHandle }));
    }
    const subjects = Messages.map(({ Body = '{}' }) => String(JSON.parse(Body).Subject));
    return subjects.length > 0 ? [...subjects, ...(await this.mail())] : [];
  }
}

async function subscribe({ patient }: World, { topicArn }: Stack): Promise<string> {
  const QueueName = `mailbox-${randomUUID()}`;
  const { QueueUrl = '' } = await patient.sqs.send(new CreateQueueCommand({ QueueName }));
  const { Attributes } = await patient.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  const Endpoint = Attributes?.QueueArn;
  await patient.sns.send(new SubscribeCommand({ TopicArn: topicArn, Protocol: 'sqs', Endpoint }));
  return QueueUrl;
}
