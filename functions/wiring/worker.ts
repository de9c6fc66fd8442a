import { SQSClient } from '@aws-sdk/client-sqs';
import type { Context, SQSEvent } from 'aws-lambda';
import { readEnvironment, WorkerEnvironment } from '../../lib/config/environment.ts';
import { clientSettings } from '../../lib/runtime/aws-clients.ts';
import { senders } from '../../lib/webhooks/catalogue.ts';
import { sqsQueue } from '../../lib/worker/acknowledge.ts';
import { workerHandler } from '../../lib/worker/worker-handler.ts';
import { advanceWiring } from './advance.ts';

/** Wires one sender's worker: environment and clients once at cold start, then the handler. */
export function worker(senderName: string) {
  const environment = readEnvironment(WorkerEnvironment);
  const sender = senders.find(({ name }) => name === senderName);
  if (!sender) throw new Error(`The catalogue has no sender ${senderName}.`);
  const { dependencies, onInvocationStart } = advanceWiring(environment);
  const handler = workerHandler({
    ...dependencies,
    sender,
    random: () => Math.random(),
    queue: sqsQueue(new SQSClient(clientSettings), environment),
  });

  return (event: SQSEvent, context: Pick<Context, 'getRemainingTimeInMillis'>) => {
    onInvocationStart(() => context.getRemainingTimeInMillis());
    return handler(event, context);
  };
}
