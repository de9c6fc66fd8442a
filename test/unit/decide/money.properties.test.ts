import fc from 'fast-check';
import { decide } from '../../../lib/decide/decide.ts';
import { eventTypes } from '../../../lib/facts/vendor-terms.ts';
import type { IgfState } from '../../../lib/returns/igf-state.ts';
import type { Answer, ReturnItem } from '../../../lib/returns/return-item.ts';
import {
  anyClosing,
  anyCreditMemo,
  anyFacts,
  anyOpening,
  anyPolicy,
  anyRma,
} from '../../support/arbitraries.ts';
import { atIgf, context, now, situation } from '../../support/builders.ts';
import { runs } from '../../support/long-form.ts';

const money = ['refund-due', 'refund-presumed', 'closed-unrefunded'];

/** Any progress at IGF of a listed return. */
const anyProgress: fc.Arbitrary<Partial<ReturnItem>> = fc
  .record({
    state: fc.constantFrom('Listed', 'Matched', 'Labelled', 'Shipped', 'Completed', 'Cancelled'),
    events: fc.subarray([...eventTypes]),
    isLost: fc.boolean(),
    completedAt: fc.option(fc.constantFrom('2024-03-01T00:00:00.000Z', now), { nil: undefined }),
  })
  .map(({ state, events, isLost, completedAt }) => {
    const igf: IgfState = { ...atIgf(state), events, completedAt };
    const lost = { id: 3, status: 'Cancelled', cancelReason: 'NOT_DELIVERED_BY_CARRIER' };
    return { state, listingId: 7, igf: isLost ? { ...igf, order: lost } : igf };
  });

const anyMore = fc.array(fc.oneof(anyOpening, anyClosing, anyRma, anyCreditMemo), { maxLength: 3 });

const answered = (tasks: ReturnItem['tasks'] = []): Answer[] =>
  tasks.map((task) => ({ ...task, note: 'done', by: 'els', at: now }));

/** Checks a property for any listed return, and what is reported of it later. */
const always = (
  holds: (given: {
    decided: (more?: Partial<ReturnItem>, later?: boolean) => ReturnType<typeof decide>;
  }) => void,
): void =>
  fc.assert(
    fc.property(anyFacts, anyMore, anyProgress, anyPolicy, (facts, more, reached, policy) => {
      const decided = (change: Partial<ReturnItem> = {}, later = false) => {
        const { order, item } = situation(later ? [...facts, ...more] : facts, { ...reached, ...change });
        return decide(order, item, context({ policy }));
      };
      holds({ decided });
    }),
    runs(300),
  );

test('no amount is below zero or of a fraction of a cent', () => {
  let amounts = 0;
  always(({ decided }) => {
    for (const { amount } of decided({}, true).tasks ?? []) {
      if (amount === undefined) continue;
      amounts += 1;
      expect(amount).toBeGreaterThanOrEqual(0);
      expect(Number(amount.toFixed(2))).toBe(amount);
    }
  });
  expect(amounts).toBeGreaterThan(20);
});

test('money comes first whenever a refund is due, and only then', () => {
  let due = 0;
  always(({ decided }) => {
    const { refundDue, attention, tasks = [], action } = decided({}, true);
    // Until a cancellation has ended, what people must do stays as it was.
    if (action.kind === 'cancel') return;
    const paying = tasks.filter(({ task }) => money.includes(task));
    expect(paying).toEqual(refundDue ? [tasks[0]] : []);
    if (!refundDue) return;
    due += 1;
    expect(attention).toMatch(/^(Refund due|Closed unrefunded)/);
  });
  expect(due).toBeGreaterThan(20);
});

test('a settled return is settled for good, and no refund of it is asked for', () => {
  always(({ decided }) => {
    const { state, refundDue, tasks = [] } = decided({ state: 'Settled' }, true);
    expect({ state, refundDue }).toEqual({ state: 'Settled', refundDue: false });
    expect(tasks.filter(({ task }) => money.includes(task))).toEqual([]);
  });
});

test('a task that was done is asked for again only with another amount, whatever is reported later', () => {
  always(({ decided }) => {
    const answers = answered(decided().tasks);
    const { tasks = [] } = decided({ answers }, true);
    const again = tasks.filter((task) =>
      answers.some((answer) => answer.task === task.task && answer.amount === task.amount),
    );
    expect(again).toEqual([]);
  });
});

test('a refund that was paid by a person is settled', () => {
  let settled = 0;
  always(({ decided }) => {
    const { tasks = [], refundDue } = decided();
    if (!refundDue || !tasks.some(({ task }) => money.includes(task))) return;
    settled += 1;
    expect(decided({ answers: answered(tasks) })).toMatchObject({ state: 'Settled', refundDue: false });
  });
  expect(settled).toBeGreaterThan(20);
});
