import { DeleteMessageCommand, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { deployLocally } from '../../infra/local/deploy.ts';
import { sqsRecord } from '../../infra/local/event-source.ts';
import type { LambdaFunction } from '../../infra/local/lambda-function.ts';
import { stackFunctions, withProxies } from '../../infra/local/stack-functions.ts';
import type { EventSourcePart } from '../../infra/local/stack-parts.ts';
import { type Calls, type CountingProxy, countingProxy } from '../support/counting-proxy.ts';
import { dynamodbMeter, type Units } from './dynamodb-meter.ts';
import { functionMeter, type Runs, type Trigger } from './function-meter.ts';

export const keys = {
  winkelstraat: 'bench-winkelstraat-key',
  igf: 'bench-igf-key',
  igfToken: 'bench-igf-token',
};

/** Calls by service. */
export interface ServiceCalls {
  readonly sqs: Calls;
  readonly secretsManager: Calls;
  readonly dynamodb: Calls;
  readonly igf: Calls;
}

/** Everything that was counted since the last time. */
export interface Counts {
  readonly calls: ServiceCalls;
  readonly units: Units;
  readonly runs: Readonly<Record<Trigger, Runs>>;
}

export type CountedBridge = Awaited<ReturnType<typeof startCountedBridge>>;

/**
 * The deployed stack on this machine, a proxy that counts between its functions and every service. No queue is polled:
 * each message is handed over once, so that the counts are the same in every run. The table is DynamoDB Local's, because
 * dynalite does not report what an index consumes.
 * @param context settings, as `cdk deploy -c` takes them
 */
export async function startCountedBridge(
  open: AsyncDisposableStack,
  context: Readonly<Record<string, unknown>> = {},
) {
  const clock = { startedAt: Date.now(), speed: 1 };
  const { assembly, addresses, stack, clients, api } = await deployLocally(
    { keys, context, clock, dynamodb: 'dynamodb-local' },
    open,
  );

  const proxyOf = async (target: string): Promise<CountingProxy> => open.use(await countingProxy(target));
  const proxies = {
    sqs: await proxyOf(addresses.sqs),
    secretsManager: await proxyOf(addresses.secretsManager),
    dynamodb: open.use(await dynamodbMeter(addresses.dynamodb)),
    igf: await proxyOf(addresses.igf),
  };
  const counted = {
    ...addresses,
    sqs: proxies.sqs.url,
    secretsManager: proxies.secretsManager.url,
    dynamodb: proxies.dynamodb.url,
    igf: proxies.igf.url,
  };
  const meter = functionMeter(withProxies(stack, addresses, counted));
  const functions = stackFunctions(
    { ...stack, functions: meter.functions },
    {
      addresses: counted,
      clock,
      ...meter.hooks,
    },
  );
  for (const lambda of functions.values()) open.use(lambda);
  api.serve({ routes: stack.routes, functions });

  const take = async (): Promise<Counts> => {
    const runs = await meter.take();
    const { calls: dynamodb, units } = proxies.dynamodb.take();
    const calls = {
      sqs: proxies.sqs.take(),
      secretsManager: proxies.secretsManager.take(),
      dynamodb,
      igf: proxies.igf.take(),
    };
    return { calls, units, runs };
  };
  const postTo = (path: string, payload: unknown): Promise<void> =>
    post(`${addresses.api}${path.replace('{token}', keys.igfToken)}`, payload);
  /** Hands each message in a queue over once. @returns how many there were */
  const workOffAll = async (): Promise<number> => {
    let worked = 0;
    for (const source of stack.eventSources) {
      worked += await workOff(source, functions.get(source.function.name), clients.sqs);
    }
    return worked;
  };
  return {
    assembly,
    addresses,
    stack,
    clients,
    take,
    post: postTo,
    workOffAll,
    /** Starts a function that runs on a schedule, by its name. */
    runSchedule: async (name: string): Promise<void> => {
      const scheduled = stack.schedules.find(({ function: lambda }) => lambda.name === name);
      const invocation = await functions.get(name)?.invoke(scheduled?.event);
      if (!invocation?.ok) throw new Error(`The schedule ${name} failed: ${JSON.stringify(invocation)}`);
    },
    /**
     * Posts a webhook and works on its message, each in one invocation. @returns the counts of both
     * @throws Error when the answer is not 202 or the message is not done: the counts mean nothing then.
     */
    deliver: async (path: string, payload: unknown): Promise<{ ingest: Counts; worker: Counts }> => {
      await take();
      await postTo(path, payload);
      const ingest = await take();
      const worked = await workOffAll();
      if (worked !== 1) throw new Error(`${path} was to put one message into a queue, ${worked} were there.`);
      return { ingest, worker: await take() };
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
