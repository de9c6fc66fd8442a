import { workerData } from 'node:worker_threads';
import { followClock } from './clock.ts';
import { host } from './listen.ts';
import { reportReady } from './server-thread.ts';
import type { SqsThreadOptions } from './sqs-server.ts';

const { port, region, clock } = workerData as SqsThreadOptions;

/** Actions whose answer holds queue URLs. */
const urlActions = new Set(['AmazonSQS.CreateQueue', 'AmazonSQS.GetQueueUrl', 'AmazonSQS.ListQueues']);

await reportReady(async () => {
  followClock(clock);
  const { buildApp } = await import('fauxqs');
  const sqs = buildApp({ logger: false, defaultRegion: region });
  // One region: a client that happens to sign for another still finds the queues.
  sqs.addHook('onRequest', async ({ headers }) => {
    headers.authorization = headers.authorization?.replace(/(Credential=[^/]+\/\d{8}\/)[^/]+/, `$1${region}`);
  });
  // The emulator names queues by http://sqs.<region>.localhost, which does not resolve everywhere, and the SDK calls a
  // queue at its URL's host.
  sqs.addHook('onSend', async ({ headers }, _reply, payload) => {
    if (typeof payload !== 'string' || !urlActions.has(String(headers['x-amz-target']))) return payload;
    return payload.replaceAll(/http:\/\/sqs\.[^/"]+\//g, `${address}/`);
  });
  const address = await sqs.listen({ port, host });
  return address;
});
