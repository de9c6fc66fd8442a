import { calledThrough } from './called-through.ts';
import { type Clock, clockNow } from './clock.ts';
import { deployLocally } from './deployed-stack.ts';
import { type EventSourceOptions, pollQueue } from './event-source.ts';
import type { Addresses } from './identities.ts';
import { subscribeAtSimulator } from './igf-subscriptions.ts';
import { shortestClaimSeconds } from './lambda-environment.ts';
import { localClients } from './local-clients.ts';
import { type LocalSecrets, newIgfToken } from './local-secrets.ts';
import { narrator } from './narration.ts';
import { OpenParts } from './open-parts.ts';
import type { DynamoDbEngine, Ports } from './options.ts';
import { runOnSchedule, type ScheduleOptions } from './schedule.ts';
import { type StackFunctionsOptions, stackFunctions } from './stack-functions.ts';

/** Everything has a default: any free ports, the usual stage of cdk.json, dynalite, real time, no output. */
export interface LocalRuntimeOptions {
  readonly ports?: Partial<Ports>;
  /** CDK context, as `cdk deploy -c` takes it. */
  readonly context?: Readonly<Record<string, unknown>>;
  /** How many times faster than the machine's the local world's clock runs. */
  readonly speed?: number;
  readonly secrets?: { readonly winkelstraat?: string; readonly igf?: string };
  readonly dynamodb?: DynamoDbEngine;
  /** Real seconds that a claim on a return item lasts at least, whatever the speed. */
  readonly shortestClaimSeconds?: number;
  /** One line for a person: progress while starting, then each step of a webhook. */
  readonly onLine?: (line: string) => void;
  readonly colours?: boolean;
  /** In which the lines tell the time; the machine's own by default. */
  readonly timeZone?: string;
  /** A part of the running world died; what is left is of no use. */
  readonly onDeath?: (error: Error) => void;
  /**
   * Puts something between the functions and what they call (and between the queues and who polls them): gets the
   * addresses of the services, gives those that are called instead.
   */
  readonly between?: (addresses: Addresses) => Promise<Addresses>;
  /** Told of every invocation as it begins. */
  readonly onInvocation?: StackFunctionsOptions['onInvocation'];
  /** Gives up starting. */
  readonly signal?: AbortSignal;
}

/** The deployed stack, running on this machine. */
export interface LocalRuntime {
  readonly stackName: string;
  readonly urls: {
    readonly api: string;
    readonly dynamodb: string;
    readonly sqs: string;
    readonly igf: string;
  };
  /** Name of the table. */
  readonly table: string;
  readonly engine: DynamoDbEngine;
  readonly queues: readonly LocalQueue[];
  /** Such as `POST /winkelstraat/stock-hub/v1/rma`. */
  readonly routes: readonly string[];
  readonly secrets: LocalSecrets;
  /** What the local world's clock shows, in milliseconds since the epoch. */
  now(): number;
  /** Ends everything; a second call waits for the same end. */
  close(): Promise<void>;
}

export interface LocalQueue {
  readonly name: string;
  readonly url: string;
  readonly deadLetterUrl: string | undefined;
}

/**
 * Builds the local world from the synthesized stack: nothing that the template says is said here again.
 * @throws PortUnavailable, WrongOption or the stack's line about a setting: each one clear line.
 */
export async function startLocalRuntime(options: LocalRuntimeOptions = {}): Promise<LocalRuntime> {
  const parts = new OpenParts(options.signal, options.onDeath ?? (() => {}));
  try {
    return await build(options, parts);
  } catch (error) {
    await parts.close();
    throw error;
  }
}

async function build(options: LocalRuntimeOptions, parts: OpenParts): Promise<LocalRuntime> {
  const { onLine = () => {}, colours = false, timeZone, speed = 1, dynamodb: engine = 'dynalite' } = options;
  const clock: Clock = { startedAt: Date.now(), speed };
  const now = (): number => clockNow(clock);
  const tell = (line: string): void => {
    if (!parts.closing()) onLine(line);
  };
  const narrate = narrator({ write: tell, colours, now, ...(timeZone && { timeZone }) });
  const keys = {
    winkelstraat: 'local-winkelstraat-key',
    igf: 'local-igf-key',
    igfToken: newIgfToken(),
    ...options.secrets,
  };

  const { assembly, addresses, api, igf, stack, clients, secrets } = await deployLocally(
    {
      ports: { api: 0, dynamodb: 0, sqs: 0, igf: 0, ...options.ports },
      engine,
      keys,
      context: options.context ?? {},
      clock,
      onGatewayEvent: narrate.gateway,
      onLine: tell,
    },
    parts,
  );
  const { stackName } = assembly;

  const called = (await options.between?.(addresses)) ?? addresses;
  const running = calledThrough(stack, addresses, called);
  const functions = stackFunctions(running, {
    addresses: called,
    clock,
    shortestClaimSeconds: options.shortestClaimSeconds ?? shortestClaimSeconds,
    onLog: (name, line) => narrate.log(shortName(name, stackName), line),
    ...(options.onInvocation && { onInvocation: options.onInvocation }),
  });
  for (const lambda of functions.values()) parts.keep(lambda);
  api.serve({ routes: stack.routes, stageName: stack.stageName, functions });
  // Whatever stands before SQS stands before those who poll it, too.
  const { sqs } = called === addresses ? clients : parts.keep(localClients(called));
  for (const source of stack.eventSources) {
    const lambda = functions.get(source.function.name);
    if (!lambda) continue;
    const name = shortName(lambda.name, stackName);
    const onFailure: EventSourceOptions['onFailure'] = (failure, attempt) =>
      narrate.attemptFailed(name, failure, attempt);
    const onError = (error: Error): void => narrate.trouble('polling the queue', error);
    parts.keep(pollQueue({ source, lambda, sqs, speed, onFailure, onError }));
  }
  for (const schedule of stack.schedules) {
    const lambda = functions.get(schedule.function.name);
    if (!lambda) continue;
    const onFailure: ScheduleOptions['onFailure'] = ({ errorType, errorMessage }) =>
      narrate.trouble(shortName(lambda.name, stackName), new Error(`${errorType}: ${errorMessage}`));
    parts.keep(runOnSchedule({ schedule, lambda, speed, onFailure }));
  }
  tell('Subscribing at the IGF simulator …');
  const subscribed = { igfUrl: igf.url, apiKey: keys.igf, apiUrl: addresses.api, token: keys.igfToken };
  await parts.all(subscribeAtSimulator(subscribed));
  igf.markBaseline();
  parts.signal.throwIfAborted();
  return {
    stackName,
    urls: { api: addresses.api, dynamodb: addresses.dynamodb, sqs: addresses.sqs, igf: addresses.igf },
    table: stack.tables[0]?.name ?? '',
    engine,
    queues: stack.queues.map(({ name, url, deadLetterArn }) => ({
      name,
      url,
      deadLetterUrl: stack.queues.find(({ arn }) => arn === deadLetterArn)?.url,
    })),
    routes: stack.routes.map(({ routeKey }) => routeKey),
    secrets,
    now,
    close: () => parts.close(),
  };
}

/** A function's name without the stack's, as a person says it. */
const shortName = (name: string, stackName: string): string => name.replace(`${stackName}-`, '');
