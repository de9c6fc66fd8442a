import { randomUUID } from 'node:crypto';
import { SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { BatchWriteCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { sqsRecord } from '../../../infra/local/event-source.ts';
import type { Policy } from '../../../lib/config/policy.ts';
import { visibilityTimeoutSeconds } from '../../../lib/config/timing.ts';
import { eventId, writeEnvelope } from '../../../lib/webhooks/envelope.ts';
import type { Delivery } from '../../support/webhooks.ts';
import { type Stack, startWorld, type World } from '../../support/world.ts';
import {
  Environments,
  type InstrumentedFunctions,
  instrumentedFunctions,
  type WorkerHandler,
} from './environments.ts';
import { KillableInvocation } from './killable.ts';
import { eventSourceOf, Queues, type SenderName } from './queues.ts';

interface Parts {
  world: World;
  stack: Stack;
  instrumented: InstrumentedFunctions;
  noticeQueue: string;
}

type Item = Record<string, unknown>;

/**
 * Real queues, table, topic and IGF, and the real functions with a probe at each `await`. Tests move the clock: `Date.now`
 * of the functions is the machine's time plus the time that passed by `later`.
 */
export class CrashWorld {
  readonly world: World;
  readonly stack: Stack;
  readonly environments: Environments;
  readonly queues: Queues;
  /** Every `await` of the functions. */
  readonly sites: readonly string[];
  readonly #noticeQueue: string;
  readonly #workers = new Map<string, WorkerHandler>();
  readonly #realNow = Date.now;
  #elapsedMs = 0;

  private constructor({ world, stack, instrumented, noticeQueue }: Parts) {
    this.world = world;
    this.stack = stack;
    this.environments = new Environments(instrumented, stack.parts, world.addresses);
    this.queues = new Queues(world.sqs, stack.parts);
    this.sites = instrumented.sites;
    this.#noticeQueue = noticeQueue;
    Date.now = () => this.#realNow() + this.#elapsedMs;
  }

  static async start(): Promise<CrashWorld> {
    const [world, instrumented] = await Promise.all([startWorld(), instrumentedFunctions()]);
    const stack = await world.deploy();
    return new CrashWorld({ world, stack, instrumented, noticeQueue: await subscribe(world, stack) });
  }

  async close(): Promise<void> {
    Date.now = this.#realNow;
    await this.world.close();
  }

  /** Deletes everything, so that the next run begins with the same ids. */
  async forget(): Promise<void> {
    this.#elapsedMs = 0;
    const [items] = await Promise.all([this.items(), this.world.igf.forget()]);
    const keys = items.map(({ pk, sk }) => ({ DeleteRequest: { Key: { pk, sk } } }));
    for (let from = 0; from < keys.length; from += 25) {
      const RequestItems = { [this.stack.table]: keys.slice(from, from + 25) };
      await this.world.dynamodb.send(new BatchWriteCommand({ RequestItems }));
    }
    await this.queues.emptyDeadLetters();
  }

  /** Moves the clock of every function. */
  later(seconds: number): void {
    this.#elapsedMs += seconds * 1000;
  }

  /** Has a worker that lives work on deliveries, one after the other. */
  async takes(sender: SenderName, policy: Partial<Policy>, ...deliveries: Delivery[]): Promise<void> {
    const key = `${sender} ${JSON.stringify(policy)}`;
    const handler = this.#workers.get(key) ?? this.environments.worker(sender, policy);
    this.#workers.set(key, handler);
    for (const delivery of deliveries) {
      await this.deliver(sender, delivery);
      await this.workOff(sender, () => handler);
    }
  }

  /** Puts a delivery on its queue as ingest does. */
  async deliver(sender: SenderName, { webhook, payload }: Delivery): Promise<void> {
    const envelope = {
      id: eventId(webhook, payload),
      webhook,
      version: '1.0',
      receivedAt: new Date(Date.now()).toISOString(),
      correlationId: randomUUID(),
      payload,
    };
    await this.queues.send(sender, writeEnvelope({ schema: 1, ...envelope }));
  }

  /**
   * Hands the queue's messages to its worker as the event source mapping does, until none is left.
   * @param killable the invocation that may be killed, and its number, from 1; every other one lives
   */
  async workOff(
    sender: SenderName,
    environment: () => WorkerHandler,
    { killable, attempt = 1 }: { killable?: KillableInvocation; attempt?: number } = {},
  ): Promise<void> {
    const { queue } = eventSourceOf(this.stack.parts, sender);
    for (let receive = 1; receive <= 12; receive += 1) {
      const message = await this.queues.receive(queue.url);
      if (!message) return;
      const invocation = receive === attempt && killable ? killable : new KillableInvocation();
      if (await isDone(sqsRecord(message, queue.arn), environment(), invocation)) {
        await this.queues.delete(queue.url, message);
      } else {
        this.later(visibilityTimeoutSeconds);
        await this.queues.makeVisible(queue.url, message);
      }
    }
    throw new Error('The message was received 12 times and is still there.');
  }

  /** Everything in the table. */
  async items(): Promise<Item[]> {
    const { Items = [] } = await this.world.dynamodb.send(
      new ScanCommand({ TableName: this.stack.table, ConsistentRead: true }),
    );
    return Items;
  }

  /** The subjects of the notices since the last time. */
  async notices(): Promise<string[]> {
    const bodies = await this.queues.takeAll(this.#noticeQueue);
    return bodies.map((body) => String(JSON.parse(body).Subject));
  }
}

async function isDone(
  record: ReturnType<typeof sqsRecord>,
  handler: WorkerHandler,
  invocation: KillableInvocation,
): Promise<boolean> {
  const context = { getRemainingTimeInMillis: () => 30_000 };
  const answer = await invocation.invoke(() => handler({ Records: [record] }, context));
  return answer !== 'killed' && !invocation.answerIsLost && answer.batchItemFailures.length === 0;
}

async function subscribe({ patient }: World, { topicArn }: Stack): Promise<string> {
  const QueueName = `noticeQueue-${randomUUID()}`;
  const { QueueUrl = '' } = await patient.sqs.send(new CreateQueueCommand({ QueueName }));
  const { Attributes } = await patient.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  const Endpoint = Attributes?.QueueArn;
  await patient.sns.send(new SubscribeCommand({ TopicArn: topicArn, Protocol: 'sqs', Endpoint }));
  return QueueUrl;
}
