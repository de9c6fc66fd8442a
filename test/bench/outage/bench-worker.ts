import { randomUUID } from 'node:crypto';
import {
  DeleteMessageCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { deployLocally } from '../../../infra/local/deploy.ts';
import { failedIds, sqsRecord } from '../../../infra/local/event-source.ts';
import { stackFunctions } from '../../../infra/local/stack-functions.ts';
import { eventId, writeEnvelope } from '../../../lib/webhooks/envelope.ts';
import { type CountingProxy, countingProxy, total } from '../../support/counting-proxy.ts';
import { type IgfStub, startIgfStub } from './igf-stub.ts';

const keys = { winkelstraat: 'bench-winkelstraat-key', igf: 'bench-igf-key', igfToken: 'bench-igf-token' };

/** How long an answer of IGF takes, in milliseconds. */
const igfAnswerMs = 100;

/** One attempt at a message: one invocation of the worker. */
export interface MeasuredAttempt {
  readonly webhook: string;
  /** From 1. */
  readonly receiveCount: number;
  /** How long the invocation took. */
  readonly ms: number;
  /** In milliseconds of `performance.now()`. */
  readonly endedAt: number;
  readonly acknowledged: boolean;
}

/** A bundled worker with fresh execution environments over a queue. */
export interface BenchWorker {
  readonly igf: IgfStub;
  /** Puts a webhook's message into the queue. */
  send(webhook: string, payload: unknown): Promise<void>;
  /**
   * Receives and works on messages in every environment, until `isOver` says so.
   * @param onAttempt called after each attempt
   */
  work(isOver: () => boolean, onAttempt: (attempt: MeasuredAttempt) => void): Promise<void>;
  /** Empties the queue, and ends the environments with what they know about IGF. */
  reset(): Promise<void>;
  /** Calls to DynamoDB since the last time. */
  tableCalls(): number;
}

/** Deploys the stack on this machine. Of its functions Winkelstraat's worker runs, with a stub as IGF. */
export async function startBenchWorker(open: AsyncDisposableStack): Promise<BenchWorker> {
  const clock = { startedAt: Date.now(), speed: 1 };
  const igf = open.use(await startIgfStub(igfAnswerMs));
  const { addresses, stack, clients } = await deployLocally({ keys, clock }, open);
  const table: CountingProxy = open.use(await countingProxy(addresses.dynamodb));

  const source = stack.eventSources.find((each) => /winkelstraat/i.test(each.function.name));
  if (!source) throw new Error('The stack has no worker of Winkelstraat.');
  const environment = { ...source.function.environment, IGF_BASE_URL: igf.url };
  const start = () => {
    const functions = stackFunctions(
      { ...stack, functions: [{ ...source.function, environment }] },
      { addresses: { ...addresses, dynamodb: table.url }, clock, onLog: () => {} },
    );
    const found = functions.get(source.function.name);
    if (!found) throw new Error(`The stack has no function ${source.function.name}.`);
    return found;
  };
  let lambda = start();
  open.defer(() => lambda[Symbol.asyncDispose]());
  const { queue } = source;

  const workOn: BenchWorker['work'] = async (isOver, onAttempt) => {
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
      const startedAt = performance.now();
      const invocation = await lambda.invoke({ Records: [record] });
      const endedAt = performance.now();
      if (!invocation.ok) throw new Error(`The worker failed: ${invocation.failure.errorMessage}`);
      const acknowledged = !failedIds(invocation.payload, [record]).has(record.messageId);
      if (acknowledged) {
        const input = { QueueUrl: queue.url, ReceiptHandle: record.receiptHandle };
        await clients.sqs.send(new DeleteMessageCommand(input));
      }
      onAttempt({
        webhook: JSON.parse(record.body).webhook,
        receiveCount: Number(record.attributes.ApproximateReceiveCount),
        ms: endedAt - startedAt,
        endedAt,
        acknowledged,
      });
    }
  };

  return {
    igf,
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
    work: async (isOver, onAttempt) => {
      await Promise.all(Array.from({ length: source.maxConcurrency }, () => workOn(isOver, onAttempt)));
    },
    reset: async () => {
      await clients.sqs.send(new PurgeQueueCommand({ QueueUrl: queue.url }));
      await lambda[Symbol.asyncDispose]();
      lambda = start();
    },
    tableCalls: () => total(table.take()),
  };
}
