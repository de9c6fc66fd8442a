import { renewalHour } from '../../lib/reconciler/reconcile.ts';
import type { ReturnItem } from '../../lib/returns/return-item.ts';
import { keys } from '../../lib/table/keys.ts';
import type { OpenTask } from '../../lib/table/open-task.ts';
import { day, eachReconciled, hour } from '../support/each-reconciled.ts';
import { rma, shipment } from '../support/webhooks.ts';

const { bridge, table, now, index, items, listed, run, later, isBought, states } = eachReconciled();

test('renews the documents of waiting returns in one hour of the day', async () => {
  const ofOrder = { order_increment_id: 'A' };
  await bridge().takes(shipment(ofOrder), rma(ofOrder, { reason: 'mouwen te wijd' }));
  const msUntil = (hourOfDay: number) => {
    const due = new Date(now() + 120 * day);
    return due.setUTCHours(hourOfDay, 30) - now();
  };
  const revision = async () => (await bridge().itemsOf('A'))['SHIPMENT#000000288']?.rev;
  await later(msUntil(renewalHour - 1));
  expect(await revision()).toBe(1);
  await later(msUntil(renewalHour) - 120 * day);
  expect(await revision()).toBe(2);
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
    const broken = { ...(await bridge().theReturn('A')), why: 42 };
    await table().write({ kind: 'return', content: broken as unknown as ReturnItem });
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
    const expiresAt = Math.floor(now() / 1000) - 1;
    await items().update(keys.return({ ...entry, orderId: 'A' }), { set: { expiresAt } });
    expect(await all('OPEN')).toEqual([]);
  });

  test('changes only the time of the last update by a poll', async () => {
    await listed('A');
    const before = (await bridge().itemsOf('A'))['RETURN#000000093#90'];
    await index().markPolled({ ...entry, orderId: 'A' }, at(0));
    const after = (await bridge().itemsOf('A'))['RETURN#000000093#90'];
    expect(after).toEqual({ ...before, lastUpdateAt: at(0), due: at(0) });
  });

  test('keeps the place of a return that waits for a person by now', async () => {
    await listed('A');
    const attentionSince = at(-5);
    await table().write({
      kind: 'return',
      content: { ...(await bridge().theReturn('A')), attention: 'Look at it.', attentionSince },
    });
    await index().markPolled({ ...entry, orderId: 'A' }, at(0));
    expect((await bridge().itemsOf('A'))['RETURN#000000093#90']).toMatchObject({
      ...{ task: 'ATTENTION', due: attentionSince, lastUpdateAt: at(0) },
    });
  });

  test('gets no item for a return that does not exist', async () => {
    await index().markPolled({ ...entry, orderId: 'nobody' }, at(0));
    expect(await bridge().itemsOf('nobody')).toEqual({});
  });
});
