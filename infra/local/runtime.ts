import { randomBytes } from 'node:crypto';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import { Policy } from '../../lib/config/policy.ts';
import * as webhooks from '../../lib/igf/api/webhooks.ts';
import { igfClient } from '../../lib/igf/client.ts';
import { keys } from '../../lib/table/keys.ts';
import { applySubscriptions } from '../../lib/webhooks/igf/subscribe.ts';
import { planSubscriptions, wantedSubscriptions } from '../../lib/webhooks/igf/subscriptions.ts';
import type { Ports } from '../local-services.ts';
import { type Clock, clockNow } from './clock.ts';
import { consoleLog } from './console-log.ts';
import { type DeployedStack, deployLocally } from './deploy.ts';
import type { DynamoDbEngine } from './dynamodb.ts';
import { type EventSourceOptions, pollQueue, runOnSchedule } from './event-source.ts';
import type { Addresses } from './identities.ts';
import type { Failure } from './lambda-function.ts';
import { localClients } from './local-clients.ts';
import type { LocalSecrets } from './secrets-manager.ts';
import { type StackFunctionsOptions, stackFunctions, withProxies } from './stack-functions.ts';

/** Everything has a default: any free ports, the usual stage of cdk.json, dynalite, real time, no output. */
export interface LocalRuntimeOptions {
  readonly ports?: Partial<Ports>;
  /** CDK context, as `cdk deploy -c` takes it. */
  readonly context?: Readonly<Record<string, unknown>>;
  /** How many times faster the local runtime's clock runs than the machine's. */
  readonly speed?: number;
  readonly secrets?: { readonly winkelstraat?: string; readonly igf?: string };
  readonly dynamodb?: DynamoDbEngine;
  /** Real seconds that a claim on a return item lasts at least, whatever the speed. */
  readonly shortestClaimSeconds?: number;
  /** One line for a person: progress while starting, then each step of a webhook. */
  readonly onLine?: (line: string) => void;
  readonly colours?: boolean;
  /** The time zone of the lines; the machine's own by default. */
  readonly timeZone?: string;
  /** A service ended by itself; the rest is of no use without it. */
  readonly onUnexpectedExit?: (error: Error) => void;
  /**
   * Starts proxies before the services. It gets the addresses of the services and returns those of the proxies, which the
   * functions and the polls of the queues call instead.
   */
  readonly proxies?: (services: Addresses) => Promise<Addresses>;
  /** Called with every invocation as it begins. */
  readonly onInvocation?: StackFunctionsOptions['onInvocation'];
  /** Gives up starting. */
  readonly signal?: AbortSignal;
}

/** The deployed stack, running on this machine until it is disposed of. */
export interface LocalRuntime extends AsyncDisposable {
  readonly stackName: string;
  readonly urls: Addresses;
  /** Name of the table. */
  readonly table: string;
  readonly engine: DynamoDbEngine;
  /** `observe`: the workers explain every decision and call nothing at IGF. */
  readonly mode: Policy['mode'];
  readonly queues: readonly LocalQueue[];
  /** Such as `POST /winkelstraat/stock-hub/v1/rma`. */
  readonly routes: readonly string[];
  readonly secrets: LocalSecrets;
  /** The time on the local runtime's clock, in milliseconds since the epoch. */
  now(): number;
}

export interface LocalQueue {
  readonly name: string;
  readonly url: string;
  readonly deadLetterUrl: string | undefined;
}

/**
 * Runs the synthesized stack. The template is the only description of it: nothing is repeated here.
 * @throws Error with one line when a port can't be taken or a setting is impossible
 */
export async function startLocalRuntime(options: LocalRuntimeOptions = {}): Promise<LocalRuntime> {
  const open = new AsyncDisposableStack();
  try {
    return await start(options, open);
  } catch (error) {
    // The reason of the failed start is what counts, also when a part then can't be closed.
    await open.disposeAsync().catch(() => {});
    throw error;
  }
}

async function start(options: LocalRuntimeOptions, open: AsyncDisposableStack): Promise<LocalRuntime> {
  const { speed = 1, dynamodb: engine = 'dynalite', colours = false, timeZone, signal } = options;
  const { onLine = () => {}, onUnexpectedExit = () => {} } = options;
  const clock: Clock = { startedAt: Date.now(), speed };
  const now = (): number => clockNow(clock);
  const write = (line: string): void => {
    if (!open.disposed) onLine(line);
  };
  const log = consoleLog({ write, colours, now, ...(timeZone && { timeZone }) });
  const secretValues = {
    winkelstraat: 'local-winkelstraat-key',
    igf: 'local-igf-key',
    // The secret last segment of the URLs that IGF posts to.
    igfToken: randomBytes(24).toString('base64url'),
    ...options.secrets,
  };

  const deployed = await deployLocally(
    {
      ports: { api: 0, dynamodb: 0, sqs: 0, igf: 0, ...options.ports },
      engine,
      keys: secretValues,
      context: options.context ?? {},
      clock,
      onGatewayEvent: log.gateway,
      onLine: write,
      onUnexpectedExit,
      ...(signal && { signal }),
    },
    open,
  );
  const { stackName, addresses, igf, stack, secrets } = deployed;
  const mode = modeOf(stack);
  await noteMode(deployed, mode);
  await startFunctions(deployed, { ...options, clock, log }, open);

  write('Subscribing at the IGF simulator …');
  await subscribe(igf.url, secretValues.igf, wantedSubscriptions(addresses.api, secretValues.igfToken));
  igf.markBaseline();
  signal?.throwIfAborted();
  return {
    stackName,
    urls: addresses,
    table: stack.tables[0]?.name ?? '',
    engine,
    mode,
    queues: stack.queues.map(({ name, url, deadLetterArn }) => ({
      name,
      url,
      deadLetterUrl: stack.queues.find(({ arn }) => arn === deadLetterArn)?.url,
    })),
    routes: stack.routes.map(({ routeKey }) => routeKey),
    secrets,
    now,
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}

/** The mode that the workers have. */
function modeOf({ functions }: DeployedStack['stack']): Policy['mode'] {
  const policy = functions.map(({ environment }) => environment.POLICY).find((text) => text !== undefined);
  return z.parse(Policy, JSON.parse(policy ?? '{}')).mode;
}

/** Stores the mode for `npx bridge … --local`, which reads it from the outputs of a deployed stack. */
async function noteMode({ stack, clients }: DeployedStack, mode: string): Promise<void> {
  const { pk, sk } = keys.bridge;
  for (const { name: TableName } of stack.tables) {
    const Item = { pk: { S: pk }, sk: { S: sk }, mode: { S: mode } };
    await clients.dynamodb.send(new PutItemCommand({ TableName, Item }));
  }
}

/** Connects the functions with their routes, queues and schedules. */
async function startFunctions(
  { stackName, stack, addresses, api, clients }: DeployedStack,
  options: LocalRuntimeOptions & { readonly clock: Clock; readonly log: ReturnType<typeof consoleLog> },
  open: AsyncDisposableStack,
): Promise<void> {
  const { clock, log, proxies, onInvocation } = options;
  const { speed } = clock;
  const shortName = (name: string): string => name.replace(`${stackName}-`, '');
  const called = (await proxies?.(addresses)) ?? addresses;
  const functions = stackFunctions(withProxies(stack, addresses, called), {
    addresses: called,
    clock,
    shortestClaimSeconds: options.shortestClaimSeconds,
    onLog: (name, line) => log.functionLog(shortName(name), line),
    ...(onInvocation && { onInvocation }),
  });
  for (const lambda of functions.values()) open.use(lambda);
  api.serve({ routes: stack.routes, stageName: stack.stageName, functions });

  // The polls of the queues go through the proxies, too.
  const { sqs } = called === addresses ? clients : open.use(localClients(called));
  for (const source of stack.eventSources) {
    const lambda = functions.get(source.function.name);
    if (!lambda) continue;
    const onFailure: EventSourceOptions['onFailure'] = (failure, attempt) =>
      log.attemptFailed(shortName(lambda.name), failure, attempt);
    const onError = (error: Error): void => log.trouble('polling the queue', error);
    open.use(pollQueue({ source, lambda, sqs, speed, onFailure, onError }));
  }
  for (const schedule of stack.schedules) {
    const lambda = functions.get(schedule.function.name);
    if (!lambda) continue;
    const onFailure = ({ errorType, errorMessage }: Failure): void =>
      log.trouble(shortName(lambda.name), new Error(`${errorType}: ${errorMessage}`));
    open.use(runOnSchedule({ schedule, lambda, speed, onFailure }));
  }
}

/** Subscribes the local routes at the simulator, as `npx bridge igf subscribe` does for a deployed stage. */
async function subscribe(
  baseUrl: string,
  apiKey: string,
  wanted: ReturnType<typeof wantedSubscriptions>,
): Promise<void> {
  const client = igfClient({ baseUrl, apiKey: async () => apiKey, timeoutMs: 5000 }, { webhooks });
  const plan = planSubscriptions(wanted, await client.webhooks.all());
  for (const { step, error } of await applySubscriptions(plan, client.webhooks)) {
    if (error) throw new Error(`The simulator did not take the subscription to ${step.eventType}.`);
  }
}
