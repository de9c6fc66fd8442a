import { randomUUID } from 'node:crypto';
import { startIgfSimulator } from '../../infra/igf-simulator/simulator.ts';
import { defaultPolicy, type Policy } from '../../lib/config/policy.ts';
import { reconcilerClaimLeaseSeconds, reconcilerTimeoutSeconds } from '../../lib/config/timing.ts';
import { IgfUnavailableError } from '../../lib/igf/errors.ts';
import { workerIgf } from '../../lib/igf/worker-igf.ts';
import { type Report, reconcile } from '../../lib/reconciler/reconcile.ts';
import type { ReturnItem } from '../../lib/returns/return-item.ts';
import { bridgeTable } from '../../lib/table/bridge-table.ts';
import type { OpenTask } from '../../lib/table/orders.ts';
import { tasksIndex } from '../../lib/table/tasks-index.ts';
import { Bridge } from '../support/bridge.ts';
import { deployment } from '../support/builders.ts';
import { igfKey } from '../support/igf.ts';
import { rma, shipment } from '../support/webhooks.ts';
import { startDeadlineMs, startWorld, type World } from '../support/world.ts';

const hour = 3_600_000;
const day = 24 * hour;

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
}, startDeadlineMs);
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

/** Nobody has subscribed to any webhook, so IGF reports nothing of what happens. */
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

interface RunOptions {
  calls?: number;
  mode?: Policy['mode'];
  /** Listings for which IGF gives no answer. */
  unanswered?: readonly number[];
  pageSize?: number;
}

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

test('every return reaches its right end without any webhook', async () => {
  const ends: Record<string, [state: string, attention: RegExp | undefined]> = {
    completed: ['Completed', /^Refund due: EUR/],
    settled: ['Settled', undefined],
    'cancelled-with-buyer': ['Cancelled', /^Serve WEB-3 from stock/],
    'cancelled-without': ['Cancelled', undefined],
    'not-handed-in': ['DeadlinePassed', /^Serve WEB-5 from stock/],
    'nobody-bought': ['Unmatched', undefined],
    lost: ['Shipped', /^Refund due: .* Parcel lost: serve/],
  };
  const at = await listed(...Object.keys(ends));
  const listing = (name: string): number => at[name] ?? 0;
  for (const name of ['completed', 'settled', 'cancelled-with-buyer', 'not-handed-in', 'lost'])
    await isBought(listing(name));
  await later(hour);
  for (const name of ['completed', 'settled'])
    for (const event of ['LABELED', 'SHIPPED', 'COMPLETED']) await happens(event, listing(name));
  for (const event of ['LABELED', 'SHIPPED']) await happens(event, listing('lost'));
  await endsSilently('NOT_DELIVERED_BY_CARRIER', listing('lost'));
  for (const name of ['cancelled-with-buyer', 'cancelled-without'])
    await happens('RETURN_CANCELED', listing(name));
  for (let days = 0; days < 16; days += 1) await later(day);
  await bridge.takes(rma({ order_increment_id: 'settled', status: 'processed_closed' }));

  for (const [name, [state, attention]] of Object.entries(ends)) {
    const item = await bridge.theReturn(name);
    expect([name, item.state]).toEqual([name, state]);
    if (attention) expect(item.attention).toMatch(attention);
    else expect([name, item.attention]).toEqual([name, undefined]);
  }
});

describe('a forwarding without webhooks', () => {
  test('is followed to its completion', async () => {
    const { A = 0 } = await listed('A');
    await isBought(A);
    await later(hour);
    expect(await states('A')).toEqual(['Matched']);
    await happens('LABELED', A);
    await later(hour);
    expect(await bridge.theReturn('A')).toMatchObject({
      state: 'Labelled',
      igfShipmentId: expect.any(Number),
    });
    await happens('SHIPPED', A);
    await later(hour);
    expect(await states('A')).toEqual(['Shipped']);
    await happens('COMPLETED', A);
    expect(await later(hour)).toMatchObject({ reviewed: 1, repaired: 1, calls: 3 });
    expect(await states('A')).toEqual(['Completed']);
    expect(await bridge.theReturn('A')).not.toMatchObject({ refundDue: true });
    expect(await later(82 * hour)).toMatchObject({ reviewed: 0 });
  });

  test('is followed to its refund, which no answer shows: it is due 84 hours after the arrival', async () => {
    const { A = 0 } = await listed('A');
    await isBought(A);
    for (const event of ['LABELED', 'SHIPPED', 'COMPLETED']) await happens(event, A);
    await later(hour);
    expect(await later(84 * hour)).toMatchObject({ reviewed: 1, repaired: 1, calls: 0 });
    expect(await bridge.theReturn('A')).toMatchObject({
      ...{ state: 'Completed', refundDue: true },
      attention: expect.stringMatching(/^Refund due: EUR/),
    });
    expect(await later(10 * day)).toMatchObject({ reviewed: 0 });
    await bridge.takes(rma({ order_increment_id: 'A', status: 'processed_closed' }));
    expect(await states('A')).toEqual(['Settled']);
  });

  test('is followed in one step when many events were missed', async () => {
    const { A = 0 } = await listed('A');
    await isBought(A);
    for (const event of ['LABELED', 'SHIPPED', 'COMPLETED']) await happens(event, A);
    expect(await later(hour)).toMatchObject({ repaired: 1 });
    expect(await states('A')).toEqual(['Completed']);
  });

  test('ends as Unmatched when nobody bought it in time, and not before', async () => {
    await listed('A');
    await later(13 * day);
    expect(await states('A')).toEqual(['Listed']);
    expect(await later(84 * hour)).toMatchObject({ repaired: 1 });
    expect(await bridge.theReturn('A')).toMatchObject({ state: 'Unmatched' });
    expect((await bridge.theReturn('A')).attention).toBeUndefined();
  });

  test('needs a person before its deadline, ends at the deadline, and goes on when it is handed in after all', async () => {
    const { A = 0 } = await listed('A');
    await isBought(A);
    await later(hour);
    expect((await bridge.theReturn('A')).attention).toBeUndefined();
    await later(5.5 * day);
    expect(await bridge.theReturn('A')).toMatchObject({
      state: 'Matched',
      attention: expect.stringMatching(/^Not labelled yet/),
    });
    await happens('LABELED', A);
    await later(hour);
    expect(await states('A')).toEqual(['Labelled']);
    expect((await bridge.theReturn('A')).attention).toBeUndefined();
    await later(2 * day);
    expect(await bridge.theReturn('A')).toMatchObject({
      state: 'DeadlinePassed',
      attention: expect.stringMatching(/^Serve WEB-1 from stock/),
    });
    await happens('SHIPPED', A);
    expect(await later(hour)).toMatchObject({ reviewed: 0 });
    await later(day);
    expect(await bridge.theReturn('A')).toMatchObject({
      state: 'DeadlinePassed',
      attention: expect.stringMatching(/^Handed in after all/),
    });
  });

  test('is cancelled when IGF bans the customer', async () => {
    const { A = 0 } = await listed('A');
    await isBought(A);
    await later(hour);
    await endsSilently('CUSTOMER_BANNED', A);
    await later(hour);
    expect(await bridge.theReturn('A')).toMatchObject({
      state: 'Cancelled',
      why: 'ItGoesForward banned the customer and cancelled the order.',
      attention: expect.stringMatching(/^Serve WEB-1/),
    });
  });

  test('is found to have lost its parcel', async () => {
    const { A = 0 } = await listed('A');
    await isBought(A);
    await happens('LABELED', A);
    await happens('SHIPPED', A);
    await endsSilently('NOT_DELIVERED_BY_CARRIER', A);
    await later(hour);
    expect(await bridge.theReturn('A')).toMatchObject({
      state: 'Shipped',
      attention: expect.stringMatching(/^Refund due: .* Parcel lost: serve/),
    });
  });
});

describe('a run', () => {
  test('continues where the call limit ended the one before', async () => {
    const orderIds = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'];
    const at = await listed(...orderIds);
    for (const orderId of orderIds) await isBought(at[orderId] ?? 0);
    const budget = { calls: 10, pageSize: 2 };
    const first = await later(hour, budget);
    expect(first).toMatchObject({ reviewed: 4, repaired: 4, calls: 8 });
    expect(await run(budget)).toMatchObject({ reviewed: 4, repaired: 4, calls: 8 });
    expect(await run(budget)).toMatchObject({ reviewed: 0, calls: 0 });
    expect(new Set(await states(...orderIds))).toEqual(new Set(['Matched']));
  });

  test('reviews the others when IGF gives no answer about one listing', async () => {
    const { A = 0, B = 0, C = 0 } = await listed('A', 'B', 'C');
    await isBought(C);
    expect(await later(hour, { unanswered: [A] })).toMatchObject({ reviewed: 3, repaired: 1, failed: 1 });
    expect(await states('A', 'B', 'C')).toEqual(['Listed', 'Listed', 'Matched']);
    expect(await run({ unanswered: [A] })).toMatchObject({ reviewed: 0 });
    await isBought(A);
    await isBought(B);
    expect(await later(hour)).toMatchObject({ reviewed: 3, repaired: 2 });
    expect(await states('A', 'B')).toEqual(['Matched', 'Matched']);
  });

  test('reviews the others when a person has changed one item into something else', async () => {
    const { A = 0, B = 0 } = await listed('A', 'B');
    await isBought(B);
    const table = bridgeTable(world.dynamodb, bridge.stack.table);
    const broken = { ...(await bridge.theReturn('A')), why: 42 };
    await table.write({ kind: 'return', content: broken as unknown as ReturnItem });
    expect(A).toBeGreaterThan(0);
    expect(await later(hour)).toMatchObject({ reviewed: 2, repaired: 1, failed: 1 });
    expect(await run()).toMatchObject({ reviewed: 0 });
  });

  test('polls nothing in mode=observe', async () => {
    const { A = 0 } = await listed('A');
    await isBought(A);
    expect(await later(hour, { mode: 'observe' })).toMatchObject({ reviewed: 0, calls: 0 });
    expect(await states('A')).toEqual(['Listed']);
  });
});

describe('the index of open tasks', () => {
  const all = async (kind: OpenTask['task'], until?: string, pageSize?: number): Promise<string[]> => {
    const orderIds: string[] = [];
    for await (const { orderId } of index(pageSize).waiting(kind, until)) orderIds.push(orderId);
    return orderIds;
  };
  const entry = { task: 'OPEN' as const, rmaId: '000000093', itemId: '90' };
  const at = (hours: number) => new Date(Date.UTC(2100, 0, 1, hours)).toISOString();

  test('is read on all pages, longest waiting first, and up to a time', async () => {
    await listed('A', 'B', 'C');
    for (const [hours, orderId] of ['C', 'A', 'B'].entries()) {
      await index().markPolled({ ...entry, orderId }, at(hours));
    }
    expect(await all('OPEN', undefined, 1)).toEqual(['C', 'A', 'B']);
    expect(await all('OPEN', at(1))).toEqual(['C', 'A']);
    expect(await all('ATTENTION')).toEqual([]);
  });

  test('leaves out expired items that are not deleted yet', async () => {
    await listed('A');
    const table = bridgeTable(world.dynamodb, bridge.stack.table);
    const over = { ...(await bridge.theReturn('A')), expiresAt: Math.floor(now() / 1000) - 1 };
    await table.write({ kind: 'return', content: over as ReturnItem });
    expect(await all('OPEN')).toEqual([]);
  });

  test('changes only the time of the last update by a poll', async () => {
    await listed('A');
    const before = (await bridge.itemsOf('A'))['RETURN#000000093#90'];
    await index().markPolled({ ...entry, orderId: 'A' }, at(0));
    const after = (await bridge.itemsOf('A'))['RETURN#000000093#90'];
    expect(after).toEqual({ ...before, lastUpdateAt: at(0), due: at(0) });
  });

  test('keeps the place of a return that waits for a person by now', async () => {
    await listed('A');
    const table = bridgeTable(world.dynamodb, bridge.stack.table);
    const attentionSince = at(-5);
    await table.write({
      kind: 'return',
      content: { ...(await bridge.theReturn('A')), attention: 'Look at it.', attentionSince },
    });
    await index().markPolled({ ...entry, orderId: 'A' }, at(0));
    expect((await bridge.itemsOf('A'))['RETURN#000000093#90']).toMatchObject({
      ...{ task: 'ATTENTION', due: attentionSince, lastUpdateAt: at(0) },
    });
  });

  test('gets no item for a return that does not exist', async () => {
    await index().markPolled({ ...entry, orderId: 'nobody' }, at(0));
    expect(await bridge.itemsOf('nobody')).toEqual({});
  });
});
