import type { Action } from '../../../lib/actions/action.ts';
import { none, refused, wait } from '../../../lib/actions/explain.ts';
import type { Decision } from '../../../lib/decide/decide.ts';
import { openingFact } from '../../support/builders.ts';
import { leaseSeconds, logged, workplace } from '../worker/workplace.ts';

logged();

function decided(action: Action, overrides: Partial<Decision> = {}) {
  const place = workplace({ facts: [openingFact()] });
  const item = place.item();
  const { state, why, attention } = item;
  const decision: Decision = { rule: 'list', state, why, attention, action, ...overrides };
  const attempt = { eventId: 'event-1', enqueuedAt: place.iso() };
  const { dependencies } = place;
  const context = {
    order: place.table.order(item.orderId),
    item,
    decision,
    attempt,
    dependencies,
    timeLeft: () => 30_000,
  };
  const acting = () => action.run(context);
  return { ...place, acting };
}

test('a decision without an action and without news writes nothing', async () => {
  const { acting, table } = decided(none());

  await expect(acting()).resolves.toMatchObject({ outcome: { kind: 'done' } });
  expect(table.calls).toEqual([]);
});

test.each([
  ['state', { state: 'AwaitingShipment' as const }],
  ['reason', { why: 'Another reason.' }],
  ['attention', { attention: 'Look at it.' }],
])('a decision without an action but with another %s is written', async (_what, overrides) => {
  const { acting, item } = decided(none(), overrides);

  await expect(acting()).resolves.toEqual({
    outcome: { kind: 'done' },
    item: expect.objectContaining(overrides),
  });
  expect(item()).toMatchObject({ ...overrides, rev: 2 });
});

test('the rule is stored with its explanation, and another rule alone causes no write', async () => {
  const { acting, item } = decided(none(), { rule: 'certain-no', why: 'Another reason.' });
  await acting();
  expect(item().rule).toBe('certain-no');

  const other = decided(none(), { rule: 'follow-igf' });
  await other.acting();
  expect(other.table.calls).toEqual([]);
});

test('a return that another worker wrote meanwhile is read and decided about again', async () => {
  const { acting, table, item } = decided(none(), { why: 'Another reason.' });
  table.touch(item());

  await expect(acting()).resolves.toEqual({ next: 'changed' });
  expect(item().why).not.toBe('Another reason.');
});

test.each([
  [leaseSeconds, leaseSeconds],
  [0.4, 1],
  [10.2, 11],
])('for a claim that lasts %d s more the message waits %d s', async (seconds, waits) => {
  const { iso } = workplace();
  const until = new Date(Date.parse(iso()) + seconds * 1000).toISOString();
  const { acting, table } = decided(wait({ until }));

  await expect(acting()).resolves.toMatchObject({
    outcome: { kind: 'busy', afterSeconds: waits },
  });
  expect(table.calls).toEqual([]);
});

test('a refused call is a permanent failure, with its reason', async () => {
  const { acting } = decided(refused({ reason: 'refused with 422' }));

  await expect(acting()).resolves.toMatchObject({
    outcome: { kind: 'permanent-failure', reason: 'refused with 422' },
  });
});
