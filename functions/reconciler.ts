import type { Context } from 'aws-lambda';
import { ReconcilerEnvironment, readEnvironment } from '../lib/config/environment.ts';
import { get as getRetailer } from '../lib/igf/api/retailer.ts';
import { all as allWebhooks } from '../lib/igf/api/webhooks.ts';
import { igfClient } from '../lib/igf/client.ts';
import { refreshRules, watchSubscriptions } from '../lib/reconciler/igf-account.ts';
import { type Report, reconcile } from '../lib/reconciler/reconcile.ts';
import { isoTime } from '../lib/runtime/time.ts';
import { tasksIndex } from '../lib/table/tasks-index.ts';
import { advanceWiring } from './wiring/advance.ts';

const environment = readEnvironment(ReconcilerEnvironment);
const { dynamodb, dependencies, transport, onInvocationStart } = advanceWiring(environment);
const { retailer, webhooks } = igfClient(transport, {
  retailer: { get: getRetailer },
  webhooks: { all: allWebhooks },
});
const ourHost = new URL(environment.API_URL).host;
const index = tasksIndex(dynamodb, {
  tableName: environment.TABLE_NAME,
  indexName: environment.TASKS_INDEX,
  now: dependencies.now,
});

/** Runs on a schedule. The handler does not use the event. */
export const handler = async (
  _event: unknown,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<Report> => {
  // These take two calls of the run's budget: the merchant's configuration at IGF, which the workers decide
  // by, and the webhook subscriptions.
  const { table, policy, now } = dependencies;
  const timeLeft = () => context.getRemainingTimeInMillis();
  onInvocationStart(timeLeft);
  if (policy.mode === 'live') {
    await refreshRules(retailer, table, now);
    await watchSubscriptions(webhooks, ourHost);
  }
  const report = await reconcile(
    { ...dependencies, index },
    { calls: environment.RECONCILE_CALLS - 2 },
    timeLeft,
  );
  await table.noteRun({ ...report, at: isoTime(now()) });
  return report;
};
