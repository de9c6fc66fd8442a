import { inModule, type Mutation } from './mutation.ts';

const schedule = inModule<typeof import('../../lib/config/retry-schedule.ts')>(
  'lib/config/retry-schedule.ts',
);
const disposition = inModule<typeof import('../../lib/worker/disposition.ts')>('lib/worker/disposition.ts');
const queue = inModule<typeof import('../../functions/wiring/sqs-queue.ts')>('functions/wiring/sqs-queue.ts');
const deliveryItem = inModule<typeof import('../../lib/table/delivery-item.ts')>(
  'lib/table/delivery-item.ts',
);

/** Retried for 24 hours, parked with its reason, run again on redrive. */
export const retryAndRedrive: readonly Mutation[] = [
  disposition('promise-by-count', 'dispose', {
    breaks: 'a message is parked after a number of receives instead of after 24 hours',
    becomes: (original) => (outcome, receive, now, random) =>
      original(outcome, { ...receive, sentAt: receive.receiveCount > 5 ? 0 : now }, now, random),
    tests: ['test/unit/worker/disposition.test.ts', 'test/integration/retry-promise.test.ts'],
  }),
  schedule('promise-never-over', 'promiseIsOver', {
    breaks: 'a message that failed for 24 hours is retried for ever instead of being parked with its reason',
    becomes: () => () => false,
    tests: ['test/unit/worker/disposition.test.ts', 'test/integration/retry-promise.test.ts'],
  }),
  queue('parked-after-acknowledging', 'sqsQueue', {
    breaks: 'a message that is to be parked is acknowledged without being in the DLQ',
    becomes: (original) => (sqs, environment) => ({ ...original(sqs, environment), park: async () => {} }),
    tests: ['test/integration/parking.test.ts'],
  }),
  deliveryItem('retry-over-done', 'deliveryUpdate', {
    breaks: 'the retry of a parallel attempt overwrites a delivery that is done',
    becomes: (original) => (attempt) => {
      const { ConditionExpression: _, ExpressionAttributeValues: values = {}, ...update } = original(attempt);
      const { ':begunAt': _begun, ':surelyBefore': _before, ':parked': _parked, ...used } = values;
      return { ...update, ExpressionAttributeValues: used };
    },
    tests: ['test/integration/delivery-item.test.ts', 'test/integration/exactly-once.test.ts'],
  }),
];
