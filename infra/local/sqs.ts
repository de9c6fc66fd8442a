import * as z from 'zod/mini';
import { host } from '../local-services.ts';
import { type Clock, followClock } from './clock.ts';
import { guard } from './iam/guard.ts';
import type { LocalServer } from './listen.ts';
import { type LifecycleHooks, startServerThread } from './server-thread.ts';

export interface SqsOptions {
  readonly port: number;
  /** Of every queue. */
  readonly region: string;
  readonly clock: Clock;
  /** See `guard`. */
  readonly iam?: string;
}

/**
 * Starts SQS (`fauxqs`) in a thread of its own, whose `Date` follows the local clock: timeouts, delays, ages and
 * receive times scale by themselves. Polling never waits for the work of other parts.
 */
export const startSqs = (options: SqsOptions, hooks: LifecycleHooks): Promise<LocalServer> =>
  startServerThread(import.meta.url, serveSqs, options, hooks);

/** The actions whose answer contains queue URLs. */
const urlActions = new Set(['AmazonSQS.CreateQueue', 'AmazonSQS.GetQueueUrl', 'AmazonSQS.ListQueues']);

/** Runs inside the thread, which imports it by its name. @public */
export async function serveSqs({ port, region, clock, iam }: SqsOptions) {
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
  sqs.addHook('preSerialization', async ({ url }, _reply, answer) =>
    url.endsWith(withMetrics) ? metricsOf(answer) : answer,
  );
  const url = await sqs.listen({ port, host });
  return { url };
}

/** At the end of the emulator's own URL of a queue, which shows all its messages. */
const withMetrics = '?metrics';
const Message = z.object({ sentTimestamp: z.number(), approximateReceiveCount: z.number() });
const Inspected = z.object({
  messages: z.object({ ready: z.array(Message), inflight: z.array(z.object({ message: Message })) }),
});
export type QueueMetrics = ReturnType<typeof metricsOf>;

/** The metrics that SQS writes about a queue, by their names. */
function metricsOf(queue: unknown) {
  const { ready, inflight } = z.parse(Inspected, queue).messages;
  const messages = [...ready, ...inflight.map(({ message }) => message)];
  // SQS leaves out what was received three times.
  const recent = messages.filter(({ approximateReceiveCount }) => approximateReceiveCount < 3);
  const oldest = recent.reduce((time, { sentTimestamp }) => Math.min(time, sentTimestamp), Date.now());
  return {
    ApproximateNumberOfMessagesVisible: ready.length,
    ApproximateNumberOfMessagesNotVisible: inflight.length,
    ApproximateAgeOfOldestMessage: (Date.now() - oldest) / 1000,
  };
}

export async function queueMetrics(sqs: string, queue: string): Promise<QueueMetrics> {
  return (await (await fetch(`${sqs}/_fauxqs/queues/${queue}${withMetrics}`)).json()) as QueueMetrics;
}
