import { inModule, type Mutation } from './mutation.ts';

const schedule = inModule<typeof import('../../lib/config/retry-schedule.ts')>(
  'lib/config/retry-schedule.ts',
);
const disposition = inModule<typeof import('../../lib/worker/disposition.ts')>('lib/worker/disposition.ts');
const worker = inModule<typeof import('../../lib/worker/worker-handler.ts')>('lib/worker/worker-handler.ts');
const decision = inModule<typeof import('../../lib/rules/steps.ts')>('lib/rules/steps.ts');
const redrive = inModule<typeof import('../../infra/ops/dlq/redrive-messages.ts')>(
  'infra/ops/dlq/redrive-messages.ts',
);
const table = inModule<typeof import('../../lib/table/bridge-table.ts')>('lib/table/bridge-table.ts');

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
  worker('parked-after-acknowledging', 'workerHandler', {
    breaks: 'a message that must be parked is acknowledged without being in the DLQ',
    becomes: (original, override) => (dependencies) =>
      original({ ...dependencies, queue: override(dependencies.queue, { park: async () => {} }) }),
    tests: ['test/integration/parking.test.ts'],
  }),
  worker('parked-unrecorded', 'workerHandler', {
    breaks: 'a message goes into the DLQ although the table could not record it',
    becomes: (original, override) => (dependencies) => {
      const { table: real } = dependencies;
      const recordDelivery: typeof real.recordDelivery = (attempt) =>
        real.recordDelivery(attempt).catch(() => {});
      return original({ ...dependencies, table: override(real, { recordDelivery }) });
    },
    tests: ['test/integration/parking.test.ts'],
  }),
  decision('redriven-and-blocked', 'blockedByRefusal', {
    breaks: 'a redriven message does not run again, because its call was refused before',
    becomes: (original) => (item, request, attempt) =>
      original(item, request, { ...attempt, enqueuedAt: '' }),
    tests: ['test/unit/rules/blocked-by-refusal.test.ts', 'test/integration/parking.test.ts'],
  }),
  redrive('deleted-before-sent', 'redriveMessages', {
    breaks: 'a message leaves the DLQ although its queue does not have it',
    becomes: (original, override) => (sqs, queue, options) => {
      const send = async (command: { input: object }) => {
        const sent = sqs.send(command as never);
        return 'MessageBody' in command.input ? (sent as Promise<unknown>).catch(() => ({})) : sent;
      };
      return original(override(sqs, { send: send as typeof sqs.send }), queue, options);
    },
    tests: ['test/integration/redrive.test.ts'],
  }),
  table('retry-over-done', 'bridgeTable', {
    breaks: 'the retry of a parallel attempt overwrites a delivery that is done',
    becomes: (original, override) => (client, tableName) => {
      const real = original(client, tableName);
      // An attempt that began later counts.
      return override(real, {
        recordDelivery: (attempt) => real.recordDelivery({ ...attempt, begunAt: '9999-01-01T00:00:00.000Z' }),
      });
    },
    tests: ['test/integration/delivery-item.test.ts', 'test/integration/exactly-once.test.ts'],
  }),
];
