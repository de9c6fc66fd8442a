import { creditMemoFact, openingFact } from '../../support/builders.ts';
import { decided, memoOf, merchant, reseller, tasks } from './handed-in.ts';

describe('a credit memo', () => {
  test('says when Winkelstraat pays', () => {
    expect(decided(merchant({}, memoOf({ status: 'FUNDED_BY_PLATFORM' }))).why).toMatch(
      /Winkelstraat pays\.$/,
    );
    expect(decided(merchant({}, memoOf())).why).toMatch(/refunds the sender\.$/);
  });

  test.each(['DEFICIENT', 'CANCELLED'] as const)('that is %s pays nothing', (status) => {
    expect(decided(merchant({}, memoOf({ status }))).state).toBe('Completed');
  });

  test('from before the refund is due is remembered', () => {
    const facts = merchant({}, memoOf());

    expect(decided(facts, { events: [] })).toMatchObject({ state: 'Completed', attention: undefined });
    expect(decided(facts).state).toBe('Settled');
  });

  test('with another amount settles, and both amounts are asked about', () => {
    expect(decided([...reseller(), creditMemoFact({ rowTotal: 250 })])).toMatchObject({
      state: 'Settled',
      attention:
        'Credit memo 000000037 refunds EUR 247.05, and the sender is owed EUR 267.05: check the refund.',
      tasks: [{ task: 'other-amount', amount: 247.05 }],
    });
    expect(decided([...reseller(), creditMemoFact()]).attention).toBeUndefined();
  });

  test('that takes back another one is asked about, also when it is settled', () => {
    const facts = [...reseller(), creditMemoFact(), creditMemoFact({ memoId: '38', reversal: true })];

    expect(tasks(decided(facts))).toEqual(['refund-due', 'reversed-credit-memo']);
    expect(tasks(decided(facts, {}, { state: 'Settled' }))).toEqual(['reversed-credit-memo']);
  });
});

describe('the amount of a credit memo', () => {
  const other = creditMemoFact({ rowTotal: 250 });

  test('is compared once it has settled a refund', () => {
    expect(tasks(decided([...reseller(), other]))).toEqual(['other-amount']);
    expect(decided([...reseller(), other], { events: [] }).attention).toBeUndefined();
  });

  test('is compared with nothing when it or the price is not known', () => {
    for (const facts of [
      [...reseller(), creditMemoFact({ rowTotal: undefined })],
      [openingFact({ returnFee: 2.95 }), other],
    ])
      expect(decided(facts)).toMatchObject({ state: 'Settled', attention: undefined });
  });
});

test('a refund that was taken back is asked about only when there was one', () => {
  const facts = [...reseller(), creditMemoFact({ reversal: true })];

  expect(tasks(decided(facts))).toContain('reversed-credit-memo');
  expect(decided(facts, { events: [] }).attention).toBeUndefined();
});
