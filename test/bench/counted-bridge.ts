import { DeleteMessageCommand, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { deployLocally } from '../../infra/local/deploy.ts';
import { sqsRecord } from '../../infra/local/event-source.ts';
import type { LambdaFunction } from '../../infra/local/lambda-function.ts';
import { stackFunctions, withProxies } from '../../infra/local/stack-functions.ts';
import type { EventSourcePart } from '../../infra/local/stack-parts.ts';
import { type Calls, type CountingProxy, countingProxy } from '../support/counting-proxy.ts';

const keys = { winkelstraat: 'bench-winkelstraat-key', igf: 'bench-igf-key', igfToken: 'bench-igf-token' };

/** The calls of an invocation, by service. */
export interface ServiceCalls {
  readonly sqs: Calls;
  readonly secretsManager: Calls;
  readonly dynamodb: Calls;
  readonly igf: Calls;
}

export interface CountedBridge {
  /**
   * Posts a webhook and works on its message, each in one invocation. @returns the calls of both
   * @throws Error when the answer is not 202 or the message is not done: the counts mean nothing then.
   */
  deliver(path: string, payload: unknown): Promise<{ ingest: ServiceCalls; worker: ServiceCalls }>;
}

/**
 * The deployed stack on this machine, a proxy that counts between its functions and every service. No queue is polled:
 * each message is handed over once, so that the counts are the same in every run.
 */
export async function startCountedBridge(open: AsyncDisposableStack): Promise<CountedBridge> {
  const clock = { startedAt: Date.now(), speed: 1 };
  const { addresses, stack, clients, api } = await deployLocally(
    { keys, context: { forward: 'each-item' }, clock },
    open,
  );

  const proxyOf = async (target: string): Promise<CountingProxy> => open.use(await countingProxy(target));
  const proxies = {
    sqs: await proxyOf(addresses.sqs),
    secretsManager: await proxyOf(addresses.secretsManager),
    dynamodb: await proxyOf(addresses.dynamodb),
    igf: await proxyOf(addresses.igf),
  };
  const counted = {
    api: addresses.api,
    sqs: proxies.sqs.url,
    secretsManager: proxies.secretsManager.url,
    dynamodb: proxies.dynamodb.url,
    igf: proxies.igf.url,
  };
  const functions = stackFunctions(
    { ...stack, functions: withProxies(stack, addresses, counted).functions },
    { addresses: counted, clock, onLog: () => {} },
  );
  for (const lambda of functions.values()) open.use(lambda);
  api.serve({ routes: stack.routes, functions });

  const take = (): ServiceCalls => ({
    sqs: proxies.sqs.take(),
    secretsManager: proxies.secretsManager.take(),
    dynamodb: proxies.dynamodb.take(),
    igf: proxies.igf.take(),
  });
  return {
    deliver: async (path, payload) => {
      take();
      await post(`${addresses.api}${path.replace('{token}', keys.igfToken)}`, payload);
      const ingest = take();
      let worked = 0;
      for (const source of stack.eventSources) {
        worked += await workOff(source, functions.get(source.function.name), clients.sqs);
      }
      if (worked !== 1) throw new Error(`${path} was to put one message into a queue, ${worked} were there.`);
      return { ingest, worker: take() };
    },
  };
}

async function post(url: string, payload: unknown): Promise<void> {
  const headers = { 'x-api-key': keys.winkelstraat, 'x-version': '1', 'content-type': 'application/json' };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(payload) });
  if (answer.status !== 202) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
}

/** Hands the queue's messages to the function once, as the event source mapping would. @returns how many there were. */
async function workOff(
  { queue }: EventSourcePart,
  lambda: LambdaFunction | undefined,
  sqs: SQSClient,
): Promise<number> {
  const { Messages: messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: queue.url,
      MaxNumberOfMessages: 10,
      MessageSystemAttributeNames: ['All'],
    }),
  );
  if (messages.length === 0) return 0;
  const invocation = await lambda?.invoke({
    Records: messages.map((message) => sqsRecord(message, queue.arn)),
  });
  if (!invocation?.ok || JSON.stringify(invocation.payload) !== '{"batchItemFailures":[]}') {
    throw new Error(`The worker did not finish a message of ${queue.name}: ${JSON.stringify(invocation)}`);
  }
  for (const { ReceiptHandle } of messages) {
    await sqs.send(new DeleteMessageCommand({ QueueUrl: queue.url, ReceiptHandle }));
  }
  return messages.length;
}
