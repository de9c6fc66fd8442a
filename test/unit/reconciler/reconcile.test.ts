import { IgfRejectedError, IgfUnavailableError } from '../../../lib/igf/errors.ts';
import { reconcile } from '../../../lib/reconciler/reconcile.ts';
import { linkToReturn } from '../../../lib/record/link.ts';
import type { ReturnItem } from '../../../lib/returns/return-item.ts';
import { keys } from '../../../lib/table/keys.ts';
import {
  atIgf,
  deployment,
  now,
  ofReturn,
  openingFact,
  policy,
  shipmentFact,
  situation,
} from '../../support/builders.ts';
import { FakeIgf } from '../../support/doubles/fake-igf.ts';
import { fails } from '../../support/doubles/igf-replies.ts';
import { inMemoryTable } from '../../support/doubles/in-memory-table.ts';
import { InMemoryTasksIndex } from '../../support/doubles/in-memory-tasks-index.ts';
import { logged } from '../worker/workplace.ts';

const lines = logged();
const ago = (minutes: number): string => new Date(Date.parse(now) - minutes * 60_000).toISOString();
const down = (status = 503) =>
  new IgfUnavailableError('GET /listings/{id}', `IGF answered ${status}`, { status, effect: 'not-done' });

/** Listed returns, one for each order `A`, `B`, …, with the listings 1, 2, …; the first has the oldest update. */
async function followed(count: number, ...changes: Partial<ReturnItem>[]) {
  const table = inMemoryTable();
  const igf = new FakeIgf();
  /** The calls that fail until a test mends them, such as `listings.get 7`, each with its error. */
  const failing = new Map<string, Error>();
  igf.otherwise = (effect, about) => {
    const error = failing.get(about.call.join(' '));
    return error ? fails(error)(effect, about) : effect();
  };
  const orderIds = Array.from({ length: count }, (_, index) => String.fromCharCode(65 + index));
  for (const [index, orderId] of orderIds.entries()) {
    const reached: Partial<ReturnItem> = {
      state: 'Listed',
      why: 'It was listed.',
      listingId: index + 1,
      lastUpdateAt: ago(600 - index),
      igf: atIgf('Listed'),
      ...changes[index],
    };
    const { item, order } = situation([openingFact({ orderId }), shipmentFact({ orderId })], reached);
    await table.write({ kind: 'return', content: item });
    igf.has({ id: index + 1, sku: 'sku-90' });
    for (const content of order.shipments) await table.write({ kind: 'shipment', content });
  }
  table.calls.length = 0;
  const calls = () => igf.calls.map((call) => call.join(' '));
  const index = new InMemoryTasksIndex(table, orderIds);
  const clock = { now: Date.parse(now), msLeft: 300_000 };
  /** The reason while IGF is down, if a test sets it. */
  const circuit = { refusal: (): string | undefined => undefined };
  let tokens = 0;
  const run = (options: { calls?: number; mode?: 'live' | 'observe' } = {}) =>
    reconcile(
      {
        table,
        igf,
        index,
        circuit: { refusal: () => circuit.refusal() },
        policy: policy({ mode: options.mode ?? 'live' }),
        claimLeaseMs: 390_000,
        deployment,
        now: () => clock.now,
        newToken: () => `token-${++tokens}`,
        notify: async () => {},
      },
      { calls: options.calls ?? 100 },
      () => clock.msLeft,
    );
  const item = (orderId: string): ReturnItem => {
    const [found] = table.order(orderId).returns;
    if (!found) throw new Error(`The table has no return of ${orderId}.`);
    return found;
  };
  return { table, igf, calls, failing, index, clock, run, item, circuit };
}

const order = (id: number, listingId: number, status = 'Matched', more: object = {}) => ({
  ...{ id, listingId, status, webshopOrderId: `WEB-${id}`, updatedAt: '2024-03-11T09:00:00.000Z' },
  ...more,
});
const bought = (id: number, status = 'Matched') => ({
  ...{ id, status, receiverId: 201, updatedAt: '2024-03-11T09:00:00.000Z' },
});

describe('a missed webhook', () => {
  test('is repaired and counted: IGF has an order', async () => {
    const { igf, run, item } = await followed(2);
    igf.has({ id: 1 }).has(bought(2), [order(3, 2)]);
    expect(await run()).toEqual({ reviewed: 2, repaired: 1, failed: 0, calls: 3 });
    expect(item('A').state).toBe('Listed');
    expect(item('B')).toMatchObject({ state: 'Matched', igfOrderId: 3 });
    expect(lines).toContainEqual(expect.objectContaining({ step: 'reconciled', reviewed: 2, repaired: 1 }));
  });

  test('leaves pointers, so later events find the return, and events that waited are recorded', async () => {
    const { table, igf, run, item } = await followed(1);
    const shipment = { id: 9, orderId: 3, status: 'Labelled', order: { id: 3, listingId: 1 } };
    igf.has(bought(1, 'Labelled'), [order(3, 1, 'Labelled')], [shipment]);
    const early = { kind: 'igf' as const, event: 'SHIPPED' as const, igfShipmentId: 9 };
    await table.keepWaiting({ kind: 'SHIPMENT', id: 9 }, { eventId: 'early', fact: early, at: now });
    await run();
    const ref = { ...ofReturn, orderId: 'A' };
    expect(table.pointers.get(keys.igfObject({ kind: 'ORDER', id: 3 }))).toEqual(ref);
    expect(table.pointers.get(keys.igfObject({ kind: 'SHIPMENT', id: 9 }))).toEqual(ref);
    expect(item('A')).toMatchObject({ state: 'Shipped', igfShipmentId: 9 });
  });

  test('may be the end of matching: a poll after the deadline finds no order', async () => {
    const { igf, run, item } = await followed(1);
    igf.has({ id: 1, status: 'Cancelled', matchingDeadline: ago(60), updatedAt: ago(60) });
    expect(await run()).toMatchObject({ repaired: 1 });
    expect(item('A')).toMatchObject({ state: 'Unmatched' });
  });

  test('may be a cancellation before the deadline, also when it is noticed later', async () => {
    const { igf, run, item } = await followed(1);
    igf.has({ id: 1, status: 'Cancelled', matchingDeadline: ago(60), updatedAt: ago(70) });
    await run();
    expect(item('A').state).toBe('Cancelled');
  });
});

test('an order’s other returns are left to their own messages, which can be parked and redriven', async () => {
  const { table, igf, run, calls } = await followed(1);
  const waits = openingFact({ orderId: 'A', rmaId: 'another', itemId: 'another' });
  const { order, item } = situation([waits, shipmentFact({ orderId: 'A' })]);
  for (const content of order.shipments) await table.write({ kind: 'shipment', content });
  await table.write({ kind: 'return', content: item });
  const [, before] = table.order('A').returns;
  igf.has({ id: 1 });
  await run();
  expect(calls()).toEqual(['listings.get 1']);
  expect(before).toMatchObject({ itemId: 'another' });
  expect(table.order('A').returns[1]).toEqual(before);
});

describe('a return without news', () => {
  test('changes only in the time of its poll', async () => {
    const listing = { status: 'Available', updatedAt: ago(700) };
    const { igf, run, item } = await followed(1, { igf: { events: [], listing, offeredAt: ago(700) } });
    igf.has({ id: 1, ...listing });
    const { rev: _, ...before } = item('A');
    await run();
    const { rev: __, ...after } = item('A');
    expect(after).toEqual({ ...before, lastUpdateAt: now, igf: { ...before.igf, polledAt: now } });
  });

  test('is not polled again before its update is old enough', async () => {
    const { run, clock, calls } = await followed(1);
    await run();
    clock.now += 30 * 60_000;
    expect(await run()).toMatchObject({ reviewed: 0, calls: 0 });
    clock.now += 30 * 60_000;
    expect(await run()).toMatchObject({ reviewed: 1, calls: 1 });
    expect(calls()).toEqual(['listings.get 1', 'listings.get 1']);
  });
});

describe('the order of a run', () => {
  test('is by the oldest update, whether or not a person is needed', async () => {
    const flagged = { attention: 'Look at it.', attentionSince: ago(5000) };
    const { run, calls } = await followed(
      4,
      {},
      { ...flagged, lastUpdateAt: ago(50) },
      {},
      { ...flagged, lastUpdateAt: ago(800) },
    );
    await run();
    expect(calls()).toEqual(['listings.get 4', 'listings.get 1', 'listings.get 3', 'listings.get 2']);
  });
});

describe('a run ends at a limit, and the next run continues there:', () => {
  test('its number of calls', async () => {
    const { igf, run, calls } = await followed(9);
    expect(await run({ calls: 10 })).toEqual({
      ...{ reviewed: 7, repaired: 0, failed: 0, calls: 7 },
      stopped: 'this run has used all its calls',
    });
    igf.calls.length = 0;
    expect(await run({ calls: 10 })).toEqual({ reviewed: 2, repaired: 0, failed: 0, calls: 2 });
    expect(calls()).toEqual(['listings.get 8', 'listings.get 9']);
  });

  test('its number of calls, also those of the actions', async () => {
    const { table, igf, run, item } = await followed(1, { opening: { ...openingFact(), status: 'denied' } });
    igf.has(bought(1), [order(3, 1)]);
    const report = await run({ calls: 4 });
    expect(igf.calls.length).toBeLessThanOrEqual(4);
    expect(report.calls).toBe(igf.calls.length);
    expect(await run({ calls: 3 })).toMatchObject({ reviewed: 0, calls: 0 });
    expect(table.order('A').returns).toHaveLength(1);
    expect(item('A').state).toMatch(/^Cancel/);
  });

  test('its time', async () => {
    const { run, clock } = await followed(2);
    clock.msLeft = 38_999;
    expect(await run()).toMatchObject({ reviewed: 0, stopped: 'the time of this run is over' });
    clock.msLeft = 39_000;
    expect(await run()).toMatchObject({ reviewed: 2 });
  });

  test('five returns in a row without an answer', async () => {
    const { run, failing } = await followed(8);
    for (let id = 1; id <= 8; id += 1) failing.set(`listings.get ${id}`, down());
    expect(await run()).toEqual({
      ...{ reviewed: 5, repaired: 0, failed: 5, calls: 5 },
      stopped: 'ItGoesForward does not answer',
    });
    failing.delete('listings.get 7');
    expect(await run()).toMatchObject({ reviewed: 3, failed: 2 });
  });

  test('IGF is down: no return is polled, and none is moved to the back', async () => {
    const { igf, index, run, circuit } = await followed(8);
    const stopped = 'ItGoesForward does not answer';
    circuit.refusal = () => 'ItGoesForward is down';
    expect(await run()).toEqual({ reviewed: 0, repaired: 0, failed: 0, calls: 0, stopped });
    expect(index.polled).toEqual([]);
    circuit.refusal = () => (igf.calls.length >= 3 ? 'ItGoesForward is down' : undefined);
    expect(await run()).toEqual({ reviewed: 3, repaired: 0, failed: 0, calls: 3, stopped });
  });

  test('but failures that are not in a row do not end it', async () => {
    const { run, failing } = await followed(9);
    for (const id of [1, 2, 3, 4, 6, 7]) failing.set(`listings.get ${id}`, down());
    expect(await run()).toEqual({ reviewed: 9, repaired: 0, failed: 6, calls: 9 });
  });
});

describe('a return whose poll fails', () => {
  test.each([
    ['IGF does not answer', down(500)],
    ['IGF refuses', new IgfRejectedError('GET /listings/{id}', 400, undefined)],
    ['something unexpected fails', new TypeError('no')],
  ])('delays no other, and is behind them in the next run: %s', async (_why, error) => {
    const { igf, run, clock, index, item, calls, failing } = await followed(3);
    igf.has(bought(2), [order(3, 2)]);
    failing.set('listings.get 1', error);
    failing.set('listings.ofSku sku-90', error);
    expect(await run()).toMatchObject({ reviewed: 3, repaired: 1, failed: 1 });
    expect(index.polled).toEqual(['A']);
    expect(item('A')).toMatchObject({ state: 'Listed', lastUpdateAt: now });
    igf.calls.length = 0;
    clock.now += 20 * 60_000;
    expect(await run()).toMatchObject({ reviewed: 0 });
    clock.now += 40 * 60_000;
    await run();
    expect(calls()).toContain('listings.get 1');
  });

  test('keeps the answers that came before the failure', async () => {
    const { igf, run, item, failing } = await followed(1);
    igf.has(bought(1));
    failing.set('orders.ofListing 1', down());
    expect(await run()).toMatchObject({ reviewed: 1, repaired: 1 });
    expect(item('A')).toMatchObject({ state: 'Matched', lastUpdateAt: now });
    expect(item('A').igf?.polledAt).toBeUndefined();
    expect(await run()).toMatchObject({ reviewed: 0 });
  });

  test('is advanced by the answers that came: a lost parcel needs no answer about shipments', async () => {
    const { igf, run, item, failing } = await followed(1, {
      state: 'Shipped',
      igf: { ...atIgf('Shipped'), events: ['SHIPPED'] },
      igfOrderId: 3,
    });
    const lost = order(3, 1, 'Cancelled', { cancelReason: 'NOT_DELIVERED_BY_CARRIER', updatedAt: now });
    igf.has({ ...bought(1, 'Cancelled'), updatedAt: now }, [lost]);
    failing.set('shipments.ofListing 1', down());
    await run();
    expect(item('A')).toMatchObject({
      state: 'Shipped',
      attention: expect.stringMatching(/^Refund due: .* Parcel lost/),
    });
  });

  test('may have an order at IGF that belongs to another return', async () => {
    const { table, igf, run, item } = await followed(1);
    await linkToReturn(
      { kind: 'ORDER', id: 3 },
      { ...ofReturn, orderId: 'Z' },
      { table, now: () => Date.parse(now), policy: policy() },
    );
    igf.has(bought(1), [order(3, 1)]);
    expect(await run()).toMatchObject({ reviewed: 1, failed: 1 });
    expect(item('A')).toMatchObject({ state: 'Listed' });
  });

  test('does not count as failed when another worker is busy with it', async () => {
    const pendingCall = {
      operation: 'cancel' as const,
      request: '',
      token: 'of another',
      until: new Date(Date.parse(now) + 60_000).toISOString(),
    };
    const { run } = await followed(1, { pendingCall });
    expect(await run()).toMatchObject({ reviewed: 1, failed: 0 });
  });
});

test('an entry of the index that is out of date causes no poll', async () => {
  const { table, index, run, calls } = await followed(1, { lastUpdateAt: ago(1) });
  const [item] = table.order('A').returns;
  if (item) index.stale.push({ ...item, task: 'OPEN', lastUpdateAt: ago(600) });
  expect(await run()).toMatchObject({ reviewed: 0, calls: 0 });
  expect(calls()).toEqual([]);
});

test('mode=observe polls and writes nothing', async () => {
  const { table, run, calls } = await followed(2);
  expect(await run({ mode: 'observe' })).toMatchObject({ reviewed: 0, calls: 0 });
  expect(calls()).toEqual([]);
  expect(table.calls).toEqual(['readUnmappedTerms']);
});

test('each run has its own event id, so a refusal is not repeated as if its message was redriven', async () => {
  const { igf, run, clock, item, calls, failing } = await followed(1, {
    opening: { ...openingFact(), status: 'denied' },
  });
  failing.set('listings.cancel 1', new IgfRejectedError('PUT /listings/cancel/{listingId}', 409, undefined));
  await run();
  expect(item('A')).toMatchObject({ state: 'Cancelling', refusal: { eventId: 'reconciler-token-1' } });
  igf.calls.length = 0;
  clock.now += 3_600_000;
  await run();
  expect(calls()).not.toContain('listings.cancel 1');
});
