import { randomUUID } from 'node:crypto';
import { startIgfSimulator } from '../../infra/igf-simulator/simulator.ts';
import { defaultPolicy, type Policy } from '../../lib/config/policy.ts';
import { reconcilerClaimLeaseSeconds, reconcilerTimeoutSeconds } from '../../lib/config/timing.ts';
import { IgfUnavailableError } from '../../lib/igf/errors.ts';
import { workerIgf } from '../../lib/igf/worker-igf.ts';
import { type Report, reconcile } from '../../lib/reconciler/reconcile.ts';
import { bridgeTable } from '../../lib/table/bridge-table.ts';
import { tableItems } from '../../lib/table/dynamodb.ts';
import { tasksIndex } from '../../lib/table/tasks-index.ts';
import { Bridge } from './bridge.ts';
import { deployment } from './builders.ts';
import { igfKey } from './igf.ts';
import { rma, shipment } from './webhooks.ts';
import { startWorld, type World } from './world.ts';

/** In milliseconds. */
export const hour = 3_600_000;
export const day = 24 * hour;

interface RunOptions {
  calls?: number;
  mode?: Policy['mode'];
  /** Listings for which IGF gives no answer. */
  unanswered?: readonly number[];
  pageSize?: number;
}

/**
 * Starts one world for the tests of a file, and gives each test a fresh bridge and an IGF whose clock the test moves. Nobody
 * has subscribed to any webhook, so IGF reports nothing of what happens.
 */
export function eachReconciled() {
  let world: World;
  let simulator: Awaited<ReturnType<typeof startIgfSimulator>>;
  let bridge: Bridge;
  /** How far the clock of IGF and the reconciler is ahead of the machine's. */
  let passedMs = 0;
  const now = () => Date.now() + passedMs;

  beforeAll(async () => {
    const started = await startWorld();
    simulator = await startIgfSimulator({ port: 0, apiKey: igfKey, now });
    world = { ...started, addresses: { ...started.addresses, igf: simulator.url } };
  });
  afterAll(async () => {
    await simulator?.close();
    await world?.close();
  });
  beforeEach(async () => {
    passedMs = 0;
    await control('DELETE', '');
    bridge = new Bridge(world, await world.deploy());
  });

  async function control(method: string, path: string, body?: object): Promise<unknown> {
    const url = `${new URL(simulator.url).origin}/_simulator${path}`;
    const response = await fetch(url, { method, ...(body && { body: JSON.stringify(body) }) });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.status === 204 ? undefined : response.json();
  }

  const happens = (eventType: string, listingId: number) =>
    control('POST', '/events', { eventType, listingId });
  const endsSilently = (cancelReason: string, listingId: number) =>
    control('POST', '/cancellations', { cancelReason, listingId });
  const isBought = (listingId: number) =>
    control('POST', '/orders', { listingId, webshopOrderId: `WEB-${listingId}` });

  /** Lists an article of each of these orders at IGF. @returns the listing of each order */
  async function listed(...orderIds: string[]): Promise<Record<string, number>> {
    for (const orderId of orderIds) {
      await bridge.takes(shipment({ order_increment_id: orderId }), rma({ order_increment_id: orderId }));
    }
    const items = await Promise.all(orderIds.map((orderId) => bridge.theReturn(orderId)));
    return Object.fromEntries(items.map(({ orderId, listingId = 0 }) => [orderId, listingId]));
  }

  const index = (pageSize?: number) =>
    tasksIndex(world.dynamodb, {
      tableName: bridge.stack.table,
      indexName: 'tasks',
      now,
      ...(pageSize && { pageSize }),
    });

  function run({ calls = 300, mode = 'live', unanswered = [], pageSize }: RunOptions = {}): Promise<Report> {
    const igf = workerIgf({ baseUrl: simulator.url, apiKey: async () => igfKey, timeoutMs: 2000, now });
    const get: typeof igf.listings.get = async (id) => {
      if (unanswered.includes(id)) throw new IgfUnavailableError('GET', 'no answer', { effect: 'unknown' });
      return igf.listings.get(id);
    };
    return reconcile(
      {
        table: bridgeTable(world.dynamodb, bridge.stack.table),
        index: index(pageSize),
        igf: { ...igf, listings: { ...igf.listings, get } },
        policy: { ...defaultPolicy, mode },
        claimLeaseMs: reconcilerClaimLeaseSeconds * 1000,
        deployment,
        now,
        newToken: () => randomUUID(),
        notify: async () => {},
      },
      { calls },
      () => reconcilerTimeoutSeconds * 1000,
    );
  }

  /** Time passes, and the reconciler runs. */
  const later = (ms: number, options?: RunOptions): Promise<Report> => {
    passedMs += ms;
    return run(options);
  };

  const states = async (...orderIds: string[]): Promise<string[]> =>
    Promise.all(orderIds.map(async (orderId) => (await bridge.theReturn(orderId)).state));

  return {
    bridge: () => bridge,
    table: () => bridgeTable(world.dynamodb, bridge.stack.table),
    items: () => tableItems(world.dynamodb, bridge.stack.table),
    now,
    index,
    listed,
    run,
    later,
    happens,
    endsSilently,
    isBought,
    states,
  };
}
