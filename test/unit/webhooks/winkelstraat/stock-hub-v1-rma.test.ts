import * as z from 'zod/mini';
import { stockHubRmaFacts, stockHubV1Rma } from '../../../../lib/webhooks/winkelstraat/stock-hub-v1-rma.ts';
import { receivedAt, sample, stockHubRma, without } from '../../../support/builders.ts';
import { faults, leaves, withNull } from './reader.ts';

const required = [
  'increment_id',
  'order_increment_id',
  'status',
  'items.0.id',
  'items.0.sku',
  'items.0.status',
];
const facts = (payload: unknown) => stockHubRmaFacts(payload, receivedAt);

test("the vendor's own example is an RMA and its item", () => {
  expect(JSON.parse(JSON.stringify(facts(sample('stock-hub-v1-rma'))))).toEqual([
    {
      kind: 'rma',
      orderId: '000000549',
      rmaId: '000000093',
      status: 'authorized',
      receivedAt,
      currency: 'EUR',
      poNumber: 'YOUR_ORDER_REFERENCE',
      requestedAt: '2024-03-08T13:25:19.000Z',
      track: { number: '1Z97W143680086AAP', carrier: 'ups' },
    },
    {
      kind: 'opening',
      family: 'stock-hub',
      orderId: '000000549',
      rmaId: '000000093',
      itemId: '90',
      status: 'authorized',
      receivedAt,
      sku: 'wsnl199-5c9de5ad4681ed3eb551e7ee',
      parentSku: '381189',
      reference: '3G1MXE1MXVZF982',
      reason: 'no_reason',
      resolution: 'refund',
      currency: 'EUR',
      poNumber: 'YOUR_ORDER_REFERENCE',
      quantityRequested: 1,
      returnFee: 2.95,
    },
  ]);
});

test.each(required)('%s is required, present and not null', (path) => {
  expect(faults(stockHubV1Rma, without(stockHubRma(), path))).toEqual([`${path} is required`]);
  expect(faults(stockHubV1Rma, withNull(stockHubRma(), path))).toHaveLength(1);
});

test('items are required, and at least one', () => {
  expect(faults(stockHubV1Rma, without(stockHubRma(), 'items'))).toEqual(['items is required']);
  expect(faults(stockHubV1Rma, { ...stockHubRma(), items: [] })).toEqual([
    'items must have at least 1 item(s)',
  ]);
});

test('other fields may be absent or null', () => {
  const others = leaves(sample('stock-hub-v1-rma')).filter((path) => !required.includes(path));

  expect(others.length).toBeGreaterThan(15);
  expect(faults(stockHubV1Rma, without(stockHubRma(), ...others))).toEqual([]);
  expect(faults(stockHubV1Rma, withNull(stockHubRma(), ...others))).toEqual([]);
  expect(faults(stockHubV1Rma, withNull(stockHubRma(), 'track'))).toEqual([]);
});

test('fields that the document does not name are accepted and kept', () => {
  const payload = stockHubRma({ brand_new: { nested: [1] } }, { brand_new: true });

  expect(z.parse(stockHubV1Rma.schema, payload)).toMatchObject({
    brand_new: { nested: [1] },
    items: [{ brand_new: true }],
  });
});

test('every item is read with its own status', () => {
  const payload = stockHubRma(
    { status: 'authorized' },
    { id: 90, status: 'pending' },
    { id: 91, status: 'received' },
  );

  expect(facts(payload).slice(1)).toMatchObject([
    { itemId: '90', status: 'pending' },
    { itemId: '91', status: 'received' },
  ]);
});

test.each(['denied', 'closed', 'processed_closed'])('a header that is %s applies to its items', (status) => {
  expect(facts(stockHubRma({ status }))[1]).toMatchObject({ status: 'authorized', rmaStatus: status });
});

test.each(['pending', 'received', 'approved', 'rejected'])(
  'a header that is %s does not apply to its items',
  (status) => {
    expect(facts(stockHubRma({ status }))[1]).toHaveProperty('rmaStatus', undefined);
  },
);

test('numbers that arrive as text are read', () => {
  const payload = stockHubRma(
    {},
    { id: '90', qty_requested: '2', qty_approved: '1.0000', item_return_fee: '2.95' },
  );

  expect(facts(payload)[1]).toMatchObject({ itemId: '90', quantityRequested: 2, quantityApproved: 1 });
});

test('an empty text counts as absent', () => {
  const payload = stockHubRma({ date_received: '' }, { reason: '', parent_sku: ' ', qty_approved: '' });

  expect(facts(payload)[1]).toMatchObject({
    reason: undefined,
    parentSku: undefined,
    quantityApproved: undefined,
  });
});

test.each([
  ['a status that the document does not have', stockHubRma({ status: 'lost' }), 'status must be one of'],
  ['a list in place of an object', stockHubRma({ track: [] }), 'track must be'],
  ['a text in place of the items', { ...stockHubRma(), items: 'none' }, 'items must be'],
  ['half a unit', stockHubRma({}, { qty_requested: 1.5 }), 'items.0.qty_requested must be a whole number'],
  ['no date', stockHubRma({ date_requested: 'soon' }), 'date_requested must be a date'],
])('%s is refused with a message that repeats no value', (_what, payload, fault) => {
  expect(faults(stockHubV1Rma, payload)).toEqual([expect.stringContaining(fault)]);
});

test.each([null, [], 'text', 7, true])('a body that is %j is refused', (body) => {
  expect(faults(stockHubV1Rma, body)).toHaveLength(1);
});
