import { inModule, type Mutation } from './mutation.ts';

const delivery = inModule<typeof import('../../lib/ingest/delivery.ts')>('lib/ingest/delivery.ts');
const worker = inModule<typeof import('../../lib/worker/worker-handler.ts')>('lib/worker/worker-handler.ts');

const queue = inModule<typeof import('../../infra/constructs/queue-with-dlq.ts')>(
  'infra/constructs/queue-with-dlq.ts',
);
const recordFacts = inModule<typeof import('../../lib/record/record-facts.ts')>('lib/record/record-facts.ts');
const link = inModule<typeof import('../../lib/record/link.ts')>('lib/record/link.ts');
const locate = inModule<typeof import('../../lib/record/locate-return.ts')>('lib/record/locate-return.ts');
const merge = inModule<typeof import('../../lib/returns/merge.ts')>('lib/returns/merge.ts');
const notice = inModule<typeof import('../../lib/worker/publish-notice.ts')>('lib/worker/publish-notice.ts');
const advance = inModule<typeof import('../../lib/worker/advance.ts')>('lib/worker/advance.ts');
const poll = inModule<typeof import('../../lib/reconciler/poll-igf.ts')>('lib/reconciler/poll-igf.ts');
const cancel = inModule<typeof import('../../lib/actions/cancel.ts')>('lib/actions/cancel.ts');
const refund = inModule<typeof import('../../lib/rules/igf-progress.ts')>('lib/rules/igf-progress.ts');

/** Nothing lost: from the answer 202 to the end of the return. */
export const nothingLost: readonly Mutation[] = [
  delivery('answered-before-stored', 'enqueueDelivery', {
    breaks: '202 is answered although SQS did not take the message',
    becomes: (original) => (webhook, accepted, enqueue) =>
      original(webhook, accepted, (message) => enqueue(message).catch(() => {})),
    tests: ['test/integration/ingest.test.ts'],
  }),
  delivery('not-waited-for-sqs', 'enqueueDelivery', {
    breaks: '202 is answered while the message is still on its way to SQS',
    becomes: (original) => (webhook, accepted, enqueue) =>
      original(webhook, accepted, async (message) => void enqueue(message)),
    tests: ['test/integration/ingest.test.ts'],
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
  queue('batch-failures-off', 'QueueWithDlq', {
    breaks: 'a message that failed is deleted with its batch',
    becomes: (Original) =>
      class extends Original {
        override addEventSource(...args: Parameters<InstanceType<typeof Original>['addEventSource']>): void {
          super.addEventSource(...args);
          const mapping = this.node.findChild('EventSource').node.defaultChild ?? {};
          Object.assign(mapping, { functionResponseTypes: undefined });
        }
      },
    tests: ['test/synth/queues.test.ts'],
  }),
  recordFacts('known-fact-swallowed', 'recordFacts', {
    breaks: 'a webhook with known facts does not advance its order again',
    becomes: (original) => async (orderId, facts, table) => {
      const recorded = await original(orderId, facts, table);
      return recorded.written > 0 ? recorded : { ...recorded, order: { ...recorded.order, returns: [] } };
    },
    tests: ['test/system/crash/winkelstraat-worker.test.ts'],
  }),
  notice('notified-before-publishing', 'publishNotice', {
    breaks: 'a notice is marked as published before it is, and a crash in between loses it',
    becomes: (original) => (item, eventId, dependencies) =>
      original(item, eventId, {
        ...dependencies,
        notify: async (published) => {
          const { returns } = await dependencies.table.readOrder(item.orderId);
          const same = returns.find(({ rmaId, itemId }) => rmaId === item.rmaId && itemId === item.itemId);
          const content = same && { ...same, notifiedOf: item.tasks };
          if (content) await dependencies.table.write({ kind: 'return', content });
          await dependencies.notify(published);
        },
      }),
    tests: ['test/system/crash/winkelstraat-worker.test.ts'],
  }),
  locate('waiting-skipped', 'locateReturn', {
    breaks: 'an event that comes before its return is linked does not wait for it',
    becomes: (original, override) => (fact, waitingId, dependencies) =>
      original(fact, waitingId, {
        ...dependencies,
        table: override(dependencies.table, { keepWaiting: async () => 'kept' as const }),
      }),
    tests: ['test/unit/worker/igf-events.test.ts'],
  }),
  link('waiting-never-read', 'recordWaiting', {
    breaks: 'an event that waited for its return is never recorded',
    becomes: () => async () => {},
    tests: ['test/unit/worker/igf-events.test.ts'],
  }),
  locate('links-from-the-far-end', 'locateReturn', {
    breaks: 'a crash between two pointers leaves an IGF object without its own',
    becomes: (original) => async (fact, waitingId, dependencies) => {
      const located = await original(fact, waitingId, dependencies);
      return located && { ...located, unlinked: located.unlinked.toReversed() };
    },
    tests: ['test/system/crash/igf-worker.test.ts'],
  }),
  merge('older-fact-wins', 'shipmentVersion', {
    breaks: 'a late webhook overwrites newer data of a shipment',
    becomes: () => () => ['', 0, 0],
    tests: ['test/unit/returns/merge.shipments.test.ts'],
  }),
  poll('ended-without-its-order', 'pollIgf', {
    breaks: 'a parcel that the carrier lost is taken for a return that its sender cancelled',
    becomes: (original, override) => (item, igf, polledAt) => {
      const ofListing = (id: number) => igf.orders.ofListing(id).catch(() => []);
      return original(item, override(igf, { orders: override(igf.orders, { ofListing }) }), polledAt);
    },
    tests: ['test/unit/reconciler/poll-igf.test.ts'],
  }),
  cancel('cancelled-without-its-buyer', 'cancelListing', {
    breaks: 'a maintenance page with status 200 hides who bought a listing that the bridge cancels',
    becomes: (original, override) => (data) => {
      const action = original(data);
      const run: typeof action.run = (context) => {
        const { igf } = context.dependencies;
        const ofListing = (id: number) => igf.orders.ofListing(id).catch(() => []);
        const orders = override(igf.orders, { ofListing });
        const dependencies = { ...context.dependencies, igf: override(igf, { orders }) };
        return action.run({ ...context, dependencies });
      };
      return override(action, { run });
    },
    tests: ['test/unit/actions/cancel.test.ts'],
  }),
  cancel('bought-meanwhile', 'cancelListing', {
    breaks: 'a buyer is missed who bought a listing before its cancellation of unknown outcome',
    becomes: (original, override) => (data) => {
      const action = original(data);
      const run: typeof action.run = (context) => {
        const { igf } = context.dependencies;
        const orders = override(igf.orders, { ofListing: async () => [] });
        const dependencies = { ...context.dependencies, igf: override(igf, { orders }) };
        return action.run(action.checkFirst ? { ...context, dependencies } : context);
      };
      return override(action, { run });
    },
    tests: ['test/unit/actions/cancel.test.ts'],
  }),
  refund('refund-waited-for', 'isRefundPresumed', {
    breaks: 'a refund whose only announcement was lost is never due',
    becomes: () => () => false,
    tests: ['test/unit/decide/refund.test.ts', 'test/integration/reconciler.test.ts'],
  }),
  advance('refused-to-nobody', 'advance', {
    breaks:
      'IGF refuses a call of the reconciler for another return of the order, and no message can be redriven',
    becomes: (original) => async (order, attempt, dependencies, timeLeft) =>
      original(await dependencies.table.readOrder(order.orderId), attempt, dependencies, timeLeft),
    tests: ['test/unit/reconciler/reconcile.test.ts'],
  }),
];
