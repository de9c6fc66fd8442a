import { inModule, type Mutation } from './mutation.ts';

const delivery = inModule<typeof import('../../lib/ingest/delivery.ts')>('lib/ingest/delivery.ts');
const worker = inModule<typeof import('../../lib/worker/worker-handler.ts')>('lib/worker/worker-handler.ts');

/** Nothing lost: from the answer 202 to the end of the return. */
export const nothingLost: readonly Mutation[] = [
  delivery('answered-before-stored', 'enqueueDelivery', {
    breaks: '202 is answered although SQS did not take the message',
    becomes: (original) => (webhook, accepted, correlationId, dependencies) =>
      original(webhook, accepted, correlationId, {
        ...dependencies,
        enqueue: (message) => dependencies.enqueue(message).catch(() => {}),
      }),
    tests: ['test/integration/ingest.test.ts'],
  }),
  delivery('not-waited-for-sqs', 'enqueueDelivery', {
    breaks: '202 is answered while the message is still on its way to SQS',
    becomes: (original) => (webhook, accepted, correlationId, dependencies) =>
      original(webhook, accepted, correlationId, {
        ...dependencies,
        enqueue: async (message) => void dependencies.enqueue(message),
      }),
    tests: ['test/system/crash/ingest.test.ts'],
  }),
  worker('failures-acknowledged', 'workerHandler', {
    breaks: 'a failed attempt counts as done',
    becomes: (original) => (dependencies) => {
      const handle = original(dependencies);
      return async (event, context) => {
        await handle(event, context);
        return { batchItemFailures: [] };
      };
    },
    tests: ['test/integration/retry-promise.test.ts'],
  }),
  worker('acknowledged-before-work', 'workerHandler', {
    breaks: 'a message is acknowledged while its work still runs, and is lost when the worker dies',
    becomes: (original) => (dependencies) => {
      const handle = original(dependencies);
      return async (event, context) => {
        void handle(event, context);
        return { batchItemFailures: [] };
      };
    },
    tests: ['test/system/crash/winkelstraat-worker.test.ts'],
  }),
];
