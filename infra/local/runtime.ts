import { randomBytes, randomUUID } from 'node:crypto';
import type { RequestListener } from 'node:http';
import * as webhooks from '../../lib/igf/api/webhooks.ts';
import { igfClient } from '../../lib/igf/client.ts';
import { applySubscriptions } from '../../lib/webhooks/igf/subscribe.ts';
import { planSubscriptions, wantedSubscriptions } from '../../lib/webhooks/igf/subscriptions.ts';
import { narration } from '../cli/narration.ts';
import { noteLocalWorld, type RunningWorld, refuseSecondWorld, running } from '../local-world.ts';
import { type Clock, clockNow } from './clock.ts';
import { type CloudWatch, startCloudWatch } from './cloudwatch/start.ts';
import { type DeployedStack, type DeployOptions, deployLocally } from './deploy.ts';
import { type Addresses, localClients } from './endpoints.ts';
import { type EventSourceOptions, pollQueue, runOnSchedule, type ScheduleOptions } from './event-source.ts';
import type { GatewayEvent } from './http-api.ts';
import { accessKeyOf } from './iam/principals.ts';
import { Trails } from './page/trails.ts';
import { queueMetrics } from './sqs.ts';
import { type StackFunctionsOptions, stackFunctions, withProxies } from './stack-functions.ts';

/** Everything has a default: any free ports, the stage `local` of cdk.json, dynalite, real time, no output. */
export interface LocalRuntimeOptions
  extends Omit<DeployOptions, 'keys' | 'clock' | 'onGatewayEvent'>,
    Pick<StackFunctionsOptions, 'shortestClaimSeconds' | 'onInvocation' | 'accountConcurrency'> {
  /** How many times faster the local runtime's clock runs than the machine's. */
  readonly speed?: number;
  readonly secrets?: { readonly winkelstraat?: string; readonly igf?: string };
  readonly colours?: boolean;
  /** The columns of the terminal that shows the lines; without them no line is wrapped. */
  readonly columns?: () => number | undefined;
  /**
   * Starts proxies before the services. It gets the addresses of the services and returns those of the proxies, which the
   * functions and the polls of the queues call instead.
   */
  readonly proxies?: (services: Addresses) => Promise<Addresses>;
  /** Gets every line that a function logs, as CloudWatch would. */
  readonly onFunctionLog?: (line: string) => void;
  /** Where `--local` of the operator's commands finds it, see `localFolder`; without a folder it does not. */
  readonly folder?: string;
  /** Functions that neither their queue nor their schedule starts, by the ends of their names: a disabled trigger. */
  readonly withoutTriggers?: readonly string[];
}

/** The deployed stack, running on this machine until it is disposed of. */
export type LocalRuntime = Awaited<ReturnType<typeof start>>;

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

async function start(options: LocalRuntimeOptions, open: AsyncDisposableStack) {
  const { speed = 1, dynamodb: engine = 'dynalite', colours = false, columns } = options;
  const { onLine, onUnexpectedExit = () => {} } = options;
  if (options.folder !== undefined) refuseSecondWorld(options.folder);
  const clock: Clock = { startedAt: Date.now(), speed };
  const now = (): number => clockNow(clock);
  const write = (line: string): void => {
    if (!open.disposed) onLine?.(line);
  };
  const log = narration({ write, colours, now, columns });
  const secretValues = {
    winkelstraat: 'local-winkelstraat-key',
    igf: 'local-igf-key',
    // The secret last segment of the URLs that IGF posts to.
    igfToken: randomBytes(24).toString('base64url'),
    ...options.secrets,
  };
  let cloudWatch: CloudWatch | undefined;
  const onGatewayEvent = (event: GatewayEvent): void => {
    if (event.kind === 'logged') cloudWatch?.answered(event.context);
    else log.gateway(event);
  };
  const deployed = await deployLocally(
    { ...options, keys: secretValues, clock, onGatewayEvent, onLine: write, onUnexpectedExit },
    open,
  );
  const { stackName, stage, addresses, igf, stack, outputs, secrets, iam } = deployed;
  cloudWatch = open.use(
    startCloudWatch({
      stack,
      measure: (queue) => queueMetrics(addresses.sqs, queue),
      now,
      onChange: log.alarm,
    }),
  );
  const { region: _region, igf: _igf, ...endpoints } = addresses;
  const world = running({ id: randomUUID(), pid: process.pid, stage, clock, endpoints, outputs });
  await startFunctions(deployed, { ...options, clock, log, cloudWatch, world }, open);

  write('Subscribing at the IGF simulator …');
  await subscribe(igf.url, secretValues.igf, wantedSubscriptions(addresses.api, secretValues.igfToken));
  igf.markBaseline();
  options.signal?.throwIfAborted();
  if (options.folder !== undefined) {
    const note = noteLocalWorld(world, options.folder);
    open.defer(() => note[Symbol.dispose]());
  }
  const urlOf = (queue: string | undefined) => stack.queues.find(({ arn }) => arn === queue)?.url;
  return {
    stackName,
    urls: addresses,
    table: stack.tables[0]?.name ?? '',
    engine,
    settings: stage.settings,
    queues: stack.queues.map(({ name, url, deadLetterArn }) => ({
      name,
      url,
      deadLetterUrl: urlOf(deadLetterArn),
    })),
    routes: stack.routes.map(({ routeKey }) => routeKey),
    secrets,
    iam,
    /** The time on the local runtime's clock, in milliseconds since the epoch. */
    now,
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}

/** Connects the functions with their routes, queues and schedules, and the page with what they log. */
async function startFunctions(
  { stackName, stack, addresses, api }: DeployedStack,
  options: LocalRuntimeOptions & {
    readonly clock: Clock;
    readonly log: ReturnType<typeof narration>;
    readonly cloudWatch: CloudWatch;
    readonly world: RunningWorld;
  },
  open: AsyncDisposableStack,
): Promise<void> {
  const { clock, log, cloudWatch, world, proxies, onFunctionLog, withoutTriggers = [] } = options;
  const { speed } = clock;
  const shortName = (name: string): string => name.replace(`${stackName}-`, '');
  const trails = new Trails();
  const called = (await proxies?.(addresses)) ?? addresses;
  const started = stackFunctions(withProxies(stack, addresses, called), {
    ...options,
    addresses: called,
    onLog: (name, line) => {
      log.functionLog(shortName(name), line);
      cloudWatch.functionLog(line);
      trails.take(line);
      onFunctionLog?.(line);
    },
  });
  for (const lambda of started.values()) open.use(lambda);
  const hasTrigger = (name: string): boolean => !withoutTriggers.some((end) => name.endsWith(end));
  const functions = new Map([...started].map(([name, lambda]) => [name, cloudWatch.counted(lambda)]));
  const { report: alarms, received: metrics } = cloudWatch;
  let site: Promise<RequestListener> | undefined;
  // A start does not wait for the code of the page.
  const local: RequestListener = async (...exchange) => {
    site ??= import('./page/site.ts').then((page) =>
      page.localSite({ stackName, world, alarms, metrics, trails }),
    );
    (await site)(...exchange);
  };
  api.serve({ ...stack, functions, local });

  for (const source of stack.eventSources) {
    const lambda = functions.get(source.function.name);
    if (!lambda || !hasTrigger(lambda.name)) continue;
    // Lambda polls with the role of the function, and through the proxies.
    const { sqs } = open.use(localClients(called, accessKeyOf(lambda.name)));
    const onFailure: EventSourceOptions['onFailure'] = (failure, attempt) =>
      log.attemptFailed(shortName(lambda.name), failure, attempt);
    const onError = ({ message }: Error): void => log.trouble('polling the queue', message);
    open.use(pollQueue({ source, lambda, sqs, speed, onFailure, onError }));
  }
  for (const schedule of stack.schedules) {
    const lambda = functions.get(schedule.function.name);
    if (!lambda || !hasTrigger(lambda.name)) continue;
    const onFailure: ScheduleOptions['onFailure'] = ({ errorType, errorMessage }) =>
      log.trouble(shortName(lambda.name), `${errorType}: ${errorMessage}`);
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
