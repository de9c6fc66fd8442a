import { randomUUID } from 'node:crypto';
import {
  DeleteMessageCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { deployLocally } from '../../../infra/local/deploy.ts';
import { failedIds, sqsRecord } from '../../../infra/local/event-source.ts';
import { shortestClaimSeconds, stackFunctions } from '../../../infra/local/stack-functions.ts';
import { eventId, writeEnvelope } from '../../../lib/webhooks/envelope.ts';
import { type CountingProxy, countingProxy, total } from '../counting-proxy.ts';
import { type IgfStub, startIgfStub } from './igf-stub.ts';

const keys = { winkelstraat: 'bench-winkelstraat-key', igf: 'bench-igf-key', igfToken: 'bench-igf-token' };

/** How long IGF thinks about an answer here, in milliseconds. */
export const igfAnswerMs = 100;

/** One turn of a message: one invocation of the worker. */
export interface Turn {
  readonly webhook: string;
  /** From 1. */
  readonly receiveCount: number;
  /** What the invocation took. */
  readonly ms: number;
  /** In milliseconds of `performance.now()`. */
  readonly endedAt: number;
  readonly acknowledged: boolean;
}

/** A bundled worker with fresh execution environments over a queue. */
export interface WorkerWorld {
  readonly igf: IgfStub;
  /** Environments of the worker, as the stage has them. */
  readonly concurrency: number;
  /** Puts a webhook's message into the queue. */
  send(webhook: string, payload: unknown): Promise<void>;
  /**
   * Has every environment take turns, until `isOver` says so.
   * @param onTurn told of each turn when it ended
   */
  work(isOver: () => boolean, onTurn: (turn: Turn) => void): Promise<void>;
  /** Empties the queue, and ends the environments: what they know of IGF is forgotten with them. */
  empty(): Promise<void>;
  /** Calls to DynamoDB since this was last asked. */
  tableCalls(): number;
}

/** The deployed stack on this machine, of which Winkelstraat's worker runs, with a stub as IGF. */
export async function startWorkerWorld(open: AsyncDisposableStack): Promise<WorkerWorld> {
  const clock = { startedAt: Date.now(), speed: 1 };
  const ports = { api: 0, dynamodb: 0, sqs: 0, igf: 0 };
  const igf = open.use(await startIgfStub(igfAnswerMs));
  const { addresses, stack, clients } = await deployLocally(
    { ports, engine: 'dynalite', keys, context: {}, clock },
    open,
  );
  const table: CountingProxy = open.use(await countingProxy(addresses.dynamodb));

  const source = stack.eventSources.find((each) => /winkelstraat/i.test(each.function.name));
  if (!source) throw new Error('The stack feeds no worker of Winkelstraat’s.');
  const environment = { ...source.function.environment, IGF_BASE_URL: igf.url };
  const start = () => {
    const functions = stackFunctions(
      { ...stack, functions: [{ ...source.function, environment }] },
      { addresses: { ...addresses, dynamodb: table.url }, clock, shortestClaimSeconds, onLog: () => {} },
    );
    const found = functions.get(source.function.name);
    if (!found) throw new Error(`The stack has no function ${source.function.name}.`);
    return found;
  };
  let lambda = start();
  open.defer(() => lambda[Symbol.asyncDispose]());
  const { queue } = source;

  const takeTurns = async (isOver: () => boolean, onTurn: (turn: Turn) => void): Promise<void> => {
    while (!isOver()) {
      const { Messages: [message] = [] } = await clients.sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: queue.url,
          WaitTimeSeconds: 1,
          MessageSystemAttributeNames: ['All'],
        }),
      );
      if (!message) continue;
      const record = sqsRecord(message, queue.arn);
      const onInvocationStart = performance.now();
      const invocation = await lambda.invoke({ Records: [record] });
      const endedAt = performance.now();
      if (!invocation.ok) throw new Error(`The worker failed: ${invocation.failure.errorMessage}`);
      const acknowledged = !failedIds(invocation.payload, [record]).has(record.messageId);
      if (acknowledged) {
        const input = { QueueUrl: queue.url, ReceiptHandle: record.receiptHandle };
        await clients.sqs.send(new DeleteMessageCommand(input));
      }
      onTurn({
        webhook: JSON.parse(record.body).webhook,
        receiveCount: Number(record.attributes.ApproximateReceiveCount),
        ms: endedAt - onInvocationStart,
        endedAt,
        acknowledged,
      });
    }
  };

  return {
    igf,
    concurrency: source.maxConcurrency,
    send: async (webhook, payload) => {
      const now = new Date().toISOString();
      const id = eventId(webhook, payload);
      const correlationId = randomUUID();
      const body = writeEnvelope({
        schema: 1,
        id,
        webhook,
        version: '1',
        receivedAt: now,
        correlationId,
        payload,
      });
      await clients.sqs.send(
        new SendMessageCommand({ QueueUrl: queue.url, MessageBody: body, MessageGroupId: webhook }),
      );
    },
    work: async (isOver, onTurn) => {
      await Promise.all(Array.from({ length: source.maxConcurrency }, () => takeTurns(isOver, onTurn)));
    },
    empty: async () => {
      await clients.sqs.send(new PurgeQueueCommand({ QueueUrl: queue.url }));
      await lambda[Symbol.asyncDispose]();
      lambda = start();
    },
    tableCalls: () => total(table.take()),
  };
}
