import { stockHubV1CreditMemo } from '../../../../lib/webhooks/winkelstraat/credit-memos.ts';
import { type Json, receivedAt, sample, without } from '../../../support/builders.ts';
import { faults, leaves, withNull } from './reader.ts';

const required = ['increment_id', 'order_increment_id', 'items.0.sku'];
const payload = sample('stock-hub-v1-creditmemo') as { items: Json[] };
const facts = (...items: Json[]) =>
  stockHubV1CreditMemo.facts(
    { ...payload, items: items.map((item) => ({ ...payload.items[0], ...item })) },
    receivedAt,
  );

test("the vendor's own example is one line of a credit memo", () => {
  expect(stockHubV1CreditMemo.facts(payload, receivedAt)).toEqual([
    {
      kind: 'credit-memo',
      family: 'stock-hub',
      orderId: '000000549',
      memoId: '000000037',
      lineId: 'wsnl199-5c9de5ad4681ed3eb551e7ee~1',
      status: 'NONE',
      at: '2024-03-14T09:30:11.000Z',
      sku: 'wsnl199-5c9de5ad4681ed3eb551e7ee',
      quantity: 1,
      rowTotal: 270,
      returnFee: 2.95,
      currency: 'EUR',
      poNumber: 'YOUR_ORDER_REFERENCE',
      reversal: false,
    },
  ]);
});

test('every line is a fact, also two of one sku', () => {
  const lines = facts({ sku: 'a' }, { sku: 'b' }, { sku: 'a', qty: 2 });

  expect(lines.map(({ lineId, quantity }) => [lineId, quantity])).toEqual([
    ['a~1', 1],
    ['b~1', 1],
    ['a~2', 2],
  ]);
});

test.each([true, 1, '1', 'true', 'Yes', 'reversed'])('reversal %j takes an earlier memo back', (reversal) => {
  expect(facts({ reversal })[0]?.reversal).toBe(true);
});

test.each([false, 0, '0', 'false', 'No', '', null, [], {}])('reversal %j does not', (reversal) => {
  expect(facts({ reversal })[0]?.reversal).toBe(false);
});

test('without a date it has the time of its delivery', () => {
  expect(stockHubV1CreditMemo.facts(without(payload, 'created_at'), receivedAt)[0]?.at).toBe(receivedAt);
});

test.each(required)('%s is required, present and not null', (path) => {
  expect(faults(stockHubV1CreditMemo, without(payload, path))).toHaveLength(1);
  expect(faults(stockHubV1CreditMemo, withNull(payload, path))).toHaveLength(1);
});

test('other fields may be absent or null', () => {
  const others = leaves(payload).filter((path) => !required.includes(path));

  expect(faults(stockHubV1CreditMemo, without(payload, ...others))).toEqual([]);
  expect(faults(stockHubV1CreditMemo, withNull(payload, ...others))).toEqual([]);
});
