import { inModule, type Mutation } from './mutation.ts';

const exactlyOnce = inModule<typeof import('../../lib/actions/exactly-once.ts')>(
  'lib/actions/exactly-once.ts',
);
const findListing = inModule<typeof import('../../lib/actions/list-once.ts')>('lib/actions/list-once.ts');
const list = inModule<typeof import('../../lib/actions/list.ts')>('lib/actions/list.ts');
const cancel = inModule<typeof import('../../lib/actions/cancel.ts')>('lib/actions/cancel.ts');
const table = inModule<typeof import('../../lib/table/bridge-table.ts')>('lib/table/bridge-table.ts');
const notice = inModule<typeof import('../../lib/worker/publish-notice.ts')>('lib/worker/publish-notice.ts');
const rejected = inModule<typeof import('../../lib/quarantine/rejected-delivery.ts')>(
  'lib/quarantine/rejected-delivery.ts',
);

/** Nothing twice: one listing, one call, one notice. */
export const nothingTwice: readonly Mutation[] = [
  exactlyOnce('lease-removed', 'exactlyOnce', {
    breaks: 'a claim ends before its call, so two workers call IGF for one return',
    becomes: (original) => (context, call) => {
      const { dependencies } = context;
      const claimLeaseMs = -dependencies.claimLeaseMs;
      return original({ ...context, dependencies: { ...dependencies, claimLeaseMs } }, call);
    },
    tests: ['test/unit/worker/exactly-one-listing.properties.test.ts'],
  }),
  findListing('adoption-removed', 'findListing', {
    breaks: 'a listing whose answer was lost is not found again, and is made twice',
    becomes: () => async () => undefined,
    tests: ['test/unit/worker/exactly-one-listing.properties.test.ts'],
  }),
  table('condition-dropped', 'bridgeTable', {
    breaks: 'a write no longer depends on what it was made from, so the slower worker erases the faster one',
    becomes: (original, override) => (client, tableName) => {
      const real = original(client, tableName);
      return override(real, {
        // Each write raises the revision by one. In a test an item has few.
        write: async (entity) => {
          const { content } = entity;
          for (let changes = 0; changes < 20; changes += 1) {
            if ((await real.write(entity)) === 'written') return 'written';
            content.rev += 1;
          }
          return 'changed';
        },
      });
    },
    tests: ['test/integration/exactly-once.test.ts', 'test/integration/bridge-table.test.ts'],
  }),
  table('claim-completed-by-anybody', 'bridgeTable', {
    breaks: 'a late worker stores the outcome of a claim that is no longer its own',
    becomes: (original, override) => (client, tableName) => {
      const real = original(client, tableName);
      return override(real, {
        completeClaim: async (item, token, outcome) => {
          const { returns } = await real.readOrder(item.orderId);
          const stored = returns.find(({ rmaId, itemId }) => rmaId === item.rmaId && itemId === item.itemId);
          return real.completeClaim(item, stored?.pendingCall?.token ?? token, outcome);
        },
      });
    },
    tests: ['test/integration/bridge-table.test.ts'],
  }),
  list('listed-without-looking', 'listReturn', {
    breaks: 'a worker that comes after a crashed one lists again without asking IGF',
    becomes: (original) => (data) => original({ ...data, checkFirst: false }),
    tests: ['test/system/crash/winkelstraat-worker.test.ts'],
  }),
  cancel('cancelled-without-looking', 'cancelListing', {
    breaks: 'a cancellation with an unknown outcome is made again without asking IGF',
    becomes: (original) => (data) => original({ ...data, checkFirst: false }),
    tests: ['test/system/crash/winkelstraat-worker.test.ts'],
  }),
  exactlyOnce('refusal-believed', 'exactlyOnce', {
    breaks: 'IGF refuses a listing that it has already made, and the bridge takes it as not listed',
    becomes: (original) => (context, call) => original(context, { ...call, believesRefusal: true }),
    tests: ['test/unit/worker/listing-refused.test.ts'],
  }),
  notice('notice-not-marked', 'publishNotice', {
    breaks: 'every webhook publishes the same notice again',
    becomes:
      (original) =>
      ({ notifiedOf: _, ...item }, eventId, dependencies) =>
        original(item, eventId, dependencies),
    tests: ['test/unit/worker/publish-notice.test.ts', 'test/integration/attention.test.ts'],
  }),
  rejected('duplicate-counted', 'mergeRejection', {
    breaks: 'a rejected delivery that SQS hands over twice is counted twice',
    becomes: (original) => (known, rejection) =>
      original(known && { ...known, recentDeliveries: [] }, rejection),
    tests: ['test/unit/quarantine/rejected-delivery.test.ts'],
  }),
];
