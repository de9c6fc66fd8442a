import {
  pushApiV1OrderItem,
  pushApiV2OrderItem,
} from '../../../../lib/webhooks/winkelstraat/credit-memos.ts';
import { type Json, receivedAt, sample, without } from '../../../support/builders.ts';
import { faults, leaves, withNull } from './reader.ts';

const required = ['order.order_id', 'order_item.sku', 'update.creditmemo_item_id'];
const example = sample('push-api-v2-order-item') as { update: Json };
const fact = (update: Json = {}) =>
  pushApiV2OrderItem.facts({ ...example, update: { ...example.update, ...update } }, receivedAt)[0];

describe.each([
  [pushApiV1OrderItem, sample('push-api-v1-order-item')],
  [pushApiV2OrderItem, sample('push-api-v2-order-item')],
])('$name', (webhook, payload) => {
  test("the vendor's own example is a line of a credit memo", () => {
    expect(webhook.facts(payload, receivedAt)).toEqual([
      {
        kind: 'credit-memo',
        family: 'push-api',
        orderId: '000000549',
        memoId: '000000061',
        lineId: 'YMB',
        status: 'NONE',
        at: '2024-02-14T10:02:31.000Z',
        sku: 'wsnl199-wsnl199-5c9de5ad4681ed3eb551e7ee',
        quantity: 1,
      },
    ]);
  });

  test.each(required)('%s is required, present and not null', (path) => {
    expect(faults(webhook, without(payload, path))).toHaveLength(1);
    expect(faults(webhook, withNull(payload, path))).toHaveLength(1);
  });

  test('other fields may be absent or null', () => {
    const others = leaves(payload).filter((path) => !required.includes(path));

    expect(faults(webhook, without(payload, ...others))).toEqual([]);
    expect(faults(webhook, withNull(payload, ...others))).toEqual([]);
  });
});

test('the memo is named by creditmemo_id, by id as the example writes it, or by its line', () => {
  expect(fact({ creditmemo_id: '000000099' })).toMatchObject({ memoId: '000000099' });
  expect(fact()).toMatchObject({ memoId: '000000061' });
  expect(fact({ id: null })).toMatchObject({ memoId: 'YMB', lineId: 'YMB' });
});

test.each([
  ['funded_by_platform', 'FUNDED_BY_PLATFORM'],
  [' DEFICIENT ', 'DEFICIENT'],
  ['Cancelled', 'CANCELLED'],
  ['LOST', undefined],
  ['', undefined],
  [null, undefined],
])('the status %j is read as %j', (told, status) => {
  expect(fact({ status: told })).toMatchObject({ kind: 'credit-memo', status });
});

test('without a date it has the time of its delivery', () => {
  const [undated] = pushApiV2OrderItem.facts(without(example, 'order_item.updated_at'), receivedAt);

  expect(undated).toMatchObject({ at: receivedAt });
});

test('another event than a credit memo changes nothing', () => {
  expect(fact({ order_type_event: 'creditmemo' })).toMatchObject({ kind: 'credit-memo' });
  expect(fact({ order_type_event: 'SHIPPED' })).toEqual({ kind: 'no-change', orderId: '000000549' });
});
