import { publishPendingNotices } from '../../../lib/reconciler/due-returns.ts';
import type { Notice } from '../../../lib/returns/notice.ts';
import type { ReturnItem } from '../../../lib/returns/return-item.ts';
import { deployment, now, openingFact, policy, situation } from '../../support/builders.ts';
import { FakeIgf } from '../../support/doubles/fake-igf.ts';
import { inMemoryTable } from '../../support/doubles/in-memory-table.ts';
import { InMemoryTasksIndex } from '../../support/doubles/in-memory-tasks-index.ts';
import { logged } from '../worker/workplace.ts';

const lines = logged();

/** Returns of the orders `A`, `B`, …, which all need a person. */
async function flagged(...reached: Partial<ReturnItem>[]) {
  const table = inMemoryTable();
  const orderIds = reached.map((_, index) => String.fromCharCode(65 + index));
  for (const [index, orderId] of orderIds.entries()) {
    const { item } = situation([openingFact({ orderId })], { state: 'Completed', ...reached[index] });
    await table.write({ kind: 'return', content: item });
  }
  const notices: Notice[] = [];
  const clock = { now: Date.parse(now) };
  const notify: { failure?: Error } = {};
  const dependencies = {
    table,
    igf: new FakeIgf(),
    index: new InMemoryTasksIndex(table, orderIds),
    policy: policy(),
    claimLeaseMs: 120_000,
    deployment,
    now: () => clock.now,
    newToken: () => 'token',
    notify: async (notice: Notice) => {
      if (notify.failure) throw notify.failure;
      notices.push(notice);
    },
  };
  const run = (msLeft = 300_000) => publishPendingNotices(dependencies, 'reconciler-1', () => msLeft);
  return {
    table,
    notices,
    notify,
    clock,
    run,
    notifiedOf: (orderId: string) => table.order(orderId).returns[0]?.notifiedOf,
  };
}

const tasks = [{ task: 'refund-due', amount: 5 }];
const refund = { attention: 'Refund due: process the RMA at Winkelstraat.', tasks };

test('a notice that was not published is published once', async () => {
  const { run, notices, notifiedOf } = await flagged(refund, {}, { ...refund, notifiedOf: tasks });
  await run();
  await run();

  expect(notices.map(({ subject }) => subject)).toEqual(['[prod] Order A: Refund due']);
  expect(notifiedOf('A')).toEqual(tasks);
});

test('an unmapped term has one notice for all its returns, and none once it is mapped', async () => {
  const text = { field: 'reason' as const, text: 'mouwen te wijd' };
  const unmapped = {
    state: 'NeedsMapping' as const,
    unmappedTerm: text,
    attention: 'Unknown reason: map it.',
    tasks: [{ task: 'unmapped-term' }],
  };
  const { run, notices, notifiedOf, table } = await flagged(unmapped, unmapped);
  await run();
  expect(notices).toEqual([]);

  await table.noteUnmapped(text, now);
  table.mappings.push({ ...text, meaning: 'too_big' });
  await run();
  expect(notices).toEqual([]);

  table.mappings.pop();
  await run();
  await run();
  expect(notices).toHaveLength(1);
  expect([notifiedOf('A'), notifiedOf('B')]).toEqual([unmapped.tasks, unmapped.tasks]);
});

test('a notice that an attempt is publishing right now is left to it', async () => {
  const until = new Date(Date.parse(now) + 1000).toISOString();
  const { run, notices } = await flagged({ ...refund, noticeLease: { tasks, until } });
  await run();

  expect(notices).toEqual([]);
});

test('one return that cannot be read delays no other', async () => {
  const { run, notices, table } = await flagged(refund, refund);
  table.beforeNext('readOrder', () => {
    throw new Error('unreadable');
  });
  await run();

  expect(notices).toHaveLength(1);
});

test('a notice that cannot be published now is left to the next run', async () => {
  const { run, notify, notifiedOf } = await flagged(refund);
  notify.failure = new Error('SNS is down');
  await run();

  expect(notifiedOf('A')).toBeUndefined();
});

test('a notice that SNS refuses is tried again with every run, each of which raises the alarm', async () => {
  const { run, notify, clock, notifiedOf, notices } = await flagged(refund);
  notify.failure = Object.assign(new Error('Subject'), { name: 'InvalidParameterValueException' });
  for (let hours = 0; hours < 3; hours += 1) {
    await run();
    clock.now += 60 * 60 * 1000;
  }

  const alarms = lines.filter((line) => Object(line).step === 'not-notified');
  expect(alarms).toHaveLength(3);
  expect(notifiedOf('A')).toBeUndefined();

  delete notify.failure;
  await run();
  expect(notices).toHaveLength(1);
});

test('no notice is begun that the run has no time to finish', async () => {
  const { run, notices } = await flagged(refund);
  await run(29_000);

  expect(notices).toEqual([]);
});
