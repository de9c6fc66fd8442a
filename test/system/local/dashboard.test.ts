import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import * as z from 'zod/mini';
import type { MetricName } from '../../../infra/local/cloudwatch/metrics.ts';
import { stackResources } from '../../../infra/local/resources.ts';
import type { LocalRuntime } from '../../../infra/local/runtime.ts';
import { mergeRejection } from '../../../lib/quarantine/rejected-delivery.ts';
import { rejectedItems } from '../../../lib/quarantine/rejected-items.ts';
import { addSeconds, isoTime } from '../../../lib/runtime/time.ts';
import { deliveries } from '../../../lib/table/deliveries.ts';
import { tableItems } from '../../../lib/table/dynamodb.ts';
import { metricsOf, widgetsOf } from '../../screenshots/widgets.ts';
import { anAttempt, type Json, pushApiRma } from '../../support/builders.ts';
import { eventually, patienceMs } from '../../support/eventually.ts';
import { startRuntime } from '../../support/local-runtime.ts';
import { synthesizedStack } from '../../support/template.ts';

let runtime: LocalRuntime;
beforeAll(async () => {
  runtime = await startRuntime({ speed: 300 });
});
afterAll(() => runtime?.[Symbol.asyncDispose]());

let orders = 0;

/** A new return that is forwarded. */
async function newReturn(version = '1.0'): Promise<number> {
  orders += 1;
  const order = { ...(pushApiRma().order as Json), order_id: `order-${orders}` };
  const answer = await fetch(`${runtime.urls.api}/winkelstraat/push-api/v2/rma`, {
    method: 'POST',
    headers: {
      'x-api-key': 'local-winkelstraat-key',
      'content-type': 'application/json',
      'x-version': version,
    },
    body: JSON.stringify(pushApiRma({ rma_id: `R${orders}`, order })),
  });
  return answer.status;
}

async function igf(path: string, body?: Json): Promise<void> {
  const url = new URL(`/_simulator/${path}`, runtime.urls.igf);
  const init = body ? { method: 'POST', body: JSON.stringify(body) } : { method: 'DELETE' };
  expect(await fetch(url, init)).toMatchObject({ ok: true });
}

/** A webhook that was rejected twenty hours ago, and one that was parked. The watch counts both. */
async function leaveWaiting(): Promise<void> {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({ endpoint: runtime.urls.dynamodb, region: runtime.urls.region, credentials }),
  );
  const items = tableItems(client, runtime.table);
  const now = isoTime(runtime.now());
  const rejection = {
    ...{ schema: 1 as const, webhook: 'stock-hub/v1/rma', version: '1.0', correlationId: 'c', errors: [] },
    ...{
      id: 'rejected',
      delivery: 'one',
      receivedAt: addSeconds(now, -20 * 60 * 60),
      body: Buffer.from('{'),
    },
  };
  await rejectedItems(items, runtime.now).write(mergeRejection(undefined, rejection));
  await deliveries(items).recordDelivery(anAttempt({ outcome: 'parked', at: now }));
  client.destroy();
}

const received = async () =>
  (await (await fetch(`${runtime.urls.api}/_local/metrics`)).json()) as MetricName[];

const emitted = (name: string): Promise<unknown> =>
  eventually(name, async () => (await received()).some((metric) => metric.name === name));

/** `AWS/Lambda Errors FunctionName=…` */
const written = ({ namespace, name, dimensions = {} }: MetricName): string =>
  [
    namespace,
    name,
    ...Object.entries(dimensions)
      .map((pair) => pair.join('='))
      .sort(),
  ].join(' ');

/** The metrics that the dashboard of the running template names. */
async function shownMetrics(): Promise<string[]> {
  const assembly = await synthesizedStack(AbortSignal.timeout(patienceMs));
  const resources = stackResources(assembly, runtime.urls);
  const [dashboard] = resources('AWS::CloudWatch::Dashboard', { DashboardBody: z.string() });
  return [...new Set(widgetsOf(dashboard?.properties.DashboardBody).flatMap(metricsOf).map(written))];
}

test('the local runtime emits every metric that the dashboard names', async () => {
  const shown = await shownMetrics();
  expect(shown.length).toBeGreaterThan(30);

  runtime.secrets.set('igf', {});
  expect(await newReturn()).toBe(202);
  await emitted('secret-unreadable');
  runtime.secrets.set('igf', { current: 'local-igf-key' });
  for (const [operation, status, metric] of [
    ['*', 401, 'igf-key-refused'],
    ['*', 503, 'igf-down-seconds'],
    // The reconciler reads the listings of the returns that have waited.
    ['GET /listings/{id}', 404, 'path-in-doubt'],
  ] as const) {
    await igf('faults', { operation, status, times: 1000 });
    expect(await newReturn()).toBe(202);
    await emitted(metric);
    await igf('faults');
  }
  await leaveWaiting();
  // Its body is kept, and shown by the queue of the quarantine.
  expect(await newReturn('')).toBe(406);

  const missing = async () => {
    const emitted = new Set((await received()).map(written));
    return shown.filter((metric) => !emitted.has(metric));
  };
  await eventually('every metric', async () => (await missing()).length === 0).catch(() => {});
  expect(await missing()).toEqual([]);
});
