import type { OrderFact } from '../../../lib/facts/facts.ts';
import { creditedAmount, creditMemoOf } from '../../../lib/returns/credit-memos.ts';
import type { CreditMemo, OrderSnapshot } from '../../../lib/returns/order.ts';
import { ofReturn, openingFact, orderOf, rmaFact } from '../../support/builders.ts';

const memo = (overrides: Partial<CreditMemo> = {}): CreditMemo => ({
  ...{ rev: 1, orderId: ofReturn.orderId, memoId: 'M1', lineId: '1', family: 'push-api', status: 'NONE' },
  ...{ sku: 'sku-a', quantity: 1, at: '2024-03-20T10:00:00.000Z' },
  ...overrides,
});

interface Requested {
  rmaId?: string;
  itemId?: string;
  sku?: string;
  requestedAt?: string;
}

/** A return that was requested on 1 March. */
const requested = ({
  rmaId = 'R1',
  itemId = '1',
  sku = 'sku-a',
  requestedAt,
}: Requested = {}): OrderFact[] => [
  rmaFact({ rmaId, requestedAt: requestedAt ?? '2024-03-01T10:00:00.000Z' }),
  openingFact({ rmaId, itemId, sku }),
];

const foundIn = (order: OrderSnapshot, creditMemos: CreditMemo[]) =>
  order.returns.map((item) => {
    const finding = creditMemoOf({ ...order, creditMemos }, item);
    return finding && `${finding.is} by ${finding.memo.memoId}`;
  });

const found = (memos: CreditMemo[], ...facts: OrderFact[][]) => foundIn(orderOf(...facts.flat()), memos);

test('a memo pays the only return of its article', () => {
  const other = requested({ itemId: '2', sku: 'sku-b' });

  expect(found([memo()], requested(), other)).toEqual(['paid by M1', undefined]);
});

test('the article may be written differently', () => {
  const written = memo({ sku: 'WSNL199-wsnl199-5c9d' });

  expect(found([written], requested({ sku: 'wsnl199-5C9D' }))).toEqual(['paid by M1']);
});

test('a memo of two units does not pay a return of two units and one of one unit', () => {
  const two = [openingFact({ rmaId: 'R2', itemId: '2', sku: 'sku-a', quantityRequested: 2 })];

  expect(found([memo({ quantity: 2 })], requested(), two)).toEqual(['unclear by M1', 'unclear by M1']);
  expect(found([memo({ quantity: 3 })], requested(), two)).toEqual(['paid by M1', 'paid by M1']);
  expect(found([memo()], two)).toEqual(['paid by M1']);
});

test('a memo from before the request pays nothing', () => {
  expect(found([memo({ at: '2024-03-01T10:00:00.000Z' })], requested())).toEqual([undefined]);
});

test('without a date of the request the first webhook counts', () => {
  const [, opening] = requested();
  const facts = opening ? [opening] : [];

  expect(found([memo()], facts)).toEqual(['paid by M1']);
  expect(found([memo({ at: '2024-03-02T10:00:00.000Z' })], facts)).toEqual([undefined]);
});

test('it is unclear which of two returns a memo of one unit pays', () => {
  expect(found([memo()], requested(), requested({ itemId: '2' }))).toEqual([
    'unclear by M1',
    'unclear by M1',
  ]);
});

test('two memos of one unit leave it unclear which of two returns each pays', () => {
  const memos = [memo(), memo({ memoId: 'M2', lineId: '2', at: '2024-03-21T10:00:00.000Z' })];

  expect(found(memos, requested(), requested({ itemId: '2' }))).toEqual(['unclear by M2', 'unclear by M2']);
});

test('a memo of two units pays both returns', () => {
  expect(found([memo({ quantity: 2 })], requested(), requested({ itemId: '2' }))).toEqual([
    'paid by M1',
    'paid by M1',
  ]);
});

test('a return that has a memo is not meant by a later one', () => {
  const later = requested({ rmaId: 'R2', requestedAt: '2024-03-25T10:00:00.000Z' });
  const memos = [memo({ memoId: 'M2', at: '2024-03-30T10:00:00.000Z' }), memo()];

  expect(found(memos, requested(), later)).toEqual(['paid by M1', 'paid by M2']);
});

test('a return that both families reported counts once', () => {
  const first = rmaFact({ rmaId: 'R1', family: 'stock-hub', requestedAt: '2024-03-01T10:00:00.000Z' });
  const returns = [openingFact({ rmaId: 'R1', sku: 'sku-a' })].flatMap((fact) => [
    fact,
    { ...fact, itemId: 'A', family: 'push-api' as const },
  ]);
  const order = orderOf(first, ...returns);
  const second = { ...first, family: 'push-api' as const, second: true, rev: 0 };

  expect(foundIn({ ...order, rmas: [...order.rmas, second] }, [memo()])).toEqual(['paid by M1', undefined]);
});

test('a memo that takes back an earlier one leaves its return unpaid', () => {
  const back = memo({ memoId: 'M2', at: '2024-03-22T10:00:00.000Z', reversal: true });

  expect(found([back, memo()], requested())).toEqual(['reversed by M2']);
});

test.each(['DEFICIENT', 'CANCELLED'] as const)('%s pays nothing', (status) => {
  expect(found([memo({ status })], requested())).toEqual([undefined]);
});

test('Winkelstraat may fund the refund', () => {
  expect(found([memo({ status: 'FUNDED_BY_PLATFORM' })], requested())).toEqual(['paid by M1']);
});

test('a status that was not readable leaves it unclear', () => {
  expect(found([memo({ status: undefined })], requested())).toEqual(['unclear by M1']);
});

test('a memo of stock-hub has no status and pays', () => {
  expect(found([memo({ family: 'stock-hub', status: undefined })], requested())).toEqual(['paid by M1']);
});

test('a line of no units pays nothing', () => {
  expect(found([memo({ quantity: 0 })], requested())).toEqual([undefined]);
});

test('the amount is the share of the line less the return fee', () => {
  expect(creditedAmount(memo({ rowTotal: 540, quantity: 2, returnFee: 2.95 }), 1)).toBe(267.05);
  expect(creditedAmount(memo({ rowTotal: 1, returnFee: 2.95 }), 1)).toBe(0);
  expect(creditedAmount(memo(), 1)).toBeUndefined();
});
