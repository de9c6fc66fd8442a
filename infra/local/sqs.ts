import { host, region } from '../local-services.ts';
import { type Clock, followClock } from './clock.ts';
import { guard } from './iam/guard.ts';
import { type LocalServer, portUnavailable } from './listen.ts';
import { type LifecycleHooks, startServerThread } from './server-thread.ts';

export interface SqsOptions {
  readonly port: number;
  readonly clock: Clock;
  /** See `guard`. */
  readonly iam?: string;
}

/**
 * Starts SQS (`fauxqs`) in a thread of its own. That thread's `Date` follows the clock of the local runtime, so visibility
 * timeouts, delays, ages and receive times scale by themselves. Polling never waits for the work of other parts.
 * @throws Error with one line when the port can't be taken
 */
export const startSqs = (options: SqsOptions, hooks: LifecycleHooks): Promise<LocalServer> =>
  startServerThread(import.meta.url, serveSqs, options, hooks).catch(portUnavailable('sqs', options.port));

/** The actions whose answer contains queue URLs. */
const urlActions = new Set(['AmazonSQS.CreateQueue', 'AmazonSQS.GetQueueUrl', 'AmazonSQS.ListQueues']);

/** Runs inside the thread, which imports it by its name. @public */
export async function serveSqs({ port, clock, iam }: SqsOptions) {
  followClock(clock);
  const { buildApp } = await import('fauxqs');
  const sqs = buildApp({ logger: false, defaultRegion: region });
  // One region: a client that signs for another one still finds the queues.
  sqs.addHook('onRequest', async ({ headers }) => {
    headers.authorization = headers.authorization?.replace(/(Credential=[^/]+\/\d{8}\/)[^/]+/, `$1${region}`);
  });
  // The emulator names queues by http://sqs.<region>.localhost. That name does not resolve everywhere, and the SDK calls
  // a queue at its URL's host.
  sqs.addHook('onSend', async ({ headers }, _reply, payload) => {
    if (typeof payload !== 'string' || !urlActions.has(String(headers['x-amz-target']))) return payload;
    return payload.replaceAll(/http:\/\/sqs\.[^/"]+\//g, `${url}/`);
  });
  guard(sqs.server, iam);
  const url = await sqs.listen({ port, host });
  return { url };
}
