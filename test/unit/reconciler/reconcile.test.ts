import { IgfRejectedError } from '../../../lib/igf/errors.ts';
import { linkToReturn } from '../../../lib/record/link.ts';
import { keys } from '../../../lib/table/keys.ts';
import {
  atIgf,
  now,
  ofReturn,
  openingFact,
  policy,
  shipmentFact,
  situation,
} from '../../support/builders.ts';
import { logged } from '../worker/workplace.ts';
import { ago, bought, down, followed, order } from './followed.ts';

const lines = logged();

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
    await table.keepWaiting({ kind: 'SHIPMENT', id: 9 }, { eventId: 'early', fact: early }, now);
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
