import { remarksOf } from '../../../../lib/webhooks/fields.ts';
import { stockHubV1Rma } from '../../../../lib/webhooks/winkelstraat/rmas.ts';
import { receivedAt, sample, stockHubRma, without } from '../../../support/builders.ts';
import { faults, leaves, withNull } from './reader.ts';

const required = ['increment_id', 'order_increment_id', 'status', 'items.0.id', 'items.0.sku'];
const facts = (payload: unknown) => stockHubV1Rma.facts(payload, receivedAt);

test("the vendor's own example is an RMA and its item", () => {
  expect(JSON.parse(JSON.stringify(facts(sample('stock-hub-v1-rma'))))).toEqual([
    {
      kind: 'rma',
      orderId: '000000549',
      rmaId: '000000093',
      family: 'stock-hub',
      status: 'authorized',
      itemIds: ['90'],
      unusableItems: 0,
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
      rmaStatus: 'authorized',
      receivedAt,
      sku: 'wsnl199-5c9de5ad4681ed3eb551e7ee',
      parentSku: '381189',
      reference: '3G1MXE1MXVZF982',
      mpn: '3G1MXE1MXVZF982',
      size: 'S',
      reason: 'no_reason',
      resolution: 'refund',
      currency: 'EUR',
      poNumber: 'YOUR_ORDER_REFERENCE',
      quantityRequested: 1,
      returnFee: 2.95,
      rowReturnFee: 2.95,
    },
  ]);
});

test.each(required)('%s is required, present and not null', (path) => {
  expect(faults(stockHubV1Rma, without(stockHubRma(), path))).toEqual([`${path} is required`]);
  expect(faults(stockHubV1Rma, withNull(stockHubRma(), path))).toHaveLength(1);
});

test('items are required, and at least one', () => {
  expect(faults(stockHubV1Rma, without(stockHubRma(), 'items'))).toEqual(['items is required']);
  expect(faults(stockHubV1Rma, { ...stockHubRma(), items: [] })).toEqual(['items must have at least 1 item']);
});

describe('a header that ends the RMA', () => {
  const ending = ['denied', 'closed', 'processed_closed'];

  test.each(ending)('(%s) needs no items', (status) => {
    for (const items of [null, [], {}, false, '', undefined]) {
      const payload = stockHubRma({ status, items });
      expect(faults(stockHubV1Rma, payload)).toEqual([]);
      expect(facts(payload)).toEqual([expect.objectContaining({ kind: 'rma', status })]);
      expect(facts(payload)[0]).not.toHaveProperty('itemIds');
    }
  });

  test('counts items that can not be used', () => {
    const payload = stockHubRma({ status: 'closed' }, { id: null }, { sku: '' });
    expect(facts(payload)).toEqual([expect.objectContaining({ itemIds: [], unusableItems: 2 })]);
  });

  test('is no other status, known or not', () => {
    for (const status of ['authorized', 'received', 'approved_on_item', 'lost']) {
      expect(faults(stockHubV1Rma, stockHubRma({ status, items: null }))).toHaveLength(1);
    }
  });
});

test('one unusable item does not refuse its neighbours', () => {
  const payload = stockHubRma({}, { id: 1 }, { id: null }, { id: 3 }, { id: 4, sku: {} });
  expect(faults(stockHubV1Rma, payload)).toEqual([]);
  expect(facts(payload)).toMatchObject([
    { itemIds: ['1', '3'], unusableItems: 2 },
    { itemId: '1' },
    { itemId: '3' },
  ]);
});

test('an item that is named twice counts once', () => {
  expect(facts(stockHubRma({}, { id: 1 }, { id: '1' }))[0]).toMatchObject({
    itemIds: ['1'],
    unusableItems: 0,
  });
});

test('other fields may be absent or null', () => {
  const others = leaves(sample('stock-hub-v1-rma')).filter((path) => !required.includes(path));

  expect(others.length).toBeGreaterThan(15);
  expect(faults(stockHubV1Rma, without(stockHubRma(), ...others))).toEqual([]);
  expect(faults(stockHubV1Rma, withNull(stockHubRma(), ...others))).toEqual([]);
  expect(faults(stockHubV1Rma, withNull(stockHubRma(), 'track'))).toEqual([]);
});

test('fields that the document does not name are accepted', () => {
  const payload = stockHubRma({ brand_new: { nested: [1] } }, { brand_new: true });

  expect(facts(payload)).toEqual(facts(stockHubRma()));
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

test.each(['pending', 'received', 'approved_on_item', 'rejected', 'denied', 'closed'])(
  'a header that is %s stands beside the status of each item',
  (status) => {
    expect(facts(stockHubRma({ status }))).toMatchObject([
      { status },
      { status: 'authorized', rmaStatus: status },
    ]);
  },
);

test('a status that the document does not have is recorded as it was sent', () => {
  expect(facts(stockHubRma({ status: ' Half_Closed ' }, { status: 'lost' }))).toMatchObject([
    { unknownStatus: 'Half_Closed' },
    { unknownStatus: 'lost' },
  ]);
  for (const fact of facts(stockHubRma({ status: 'half_closed' }, { status: 'lost' }))) {
    expect(fact).toMatchObject({ unknownStatus: expect.any(String) });
    expect(fact).not.toHaveProperty('status');
  }
});

test('an item without a status has none', () => {
  for (const status of [null, '', [], undefined, false]) {
    const [, item] = facts(stockHubRma({}, { status }));
    expect(item).toMatchObject({ rmaStatus: 'authorized' });
    expect(item).not.toHaveProperty('status');
    expect(item).not.toHaveProperty('unknownStatus');
  }
});

test('what arrived, what the merchant decided and the fee of the line are read', () => {
  const payload = stockHubRma(
    {},
    { qty_returned: 1, merchant_resolution: 'Afgewezen', row_line_return_fee: '5,90', mpn: 'M1', size: 42 },
  );

  expect(facts(payload)[1]).toMatchObject({
    quantityReturned: 1,
    merchantResolution: 'Afgewezen',
    rowReturnFee: 5.9,
    mpn: 'M1',
    size: '42',
  });
});

test('a purchase order that was sent as a number is no order number', () => {
  for (const fact of facts(stockHubRma({ po_number: 4711 }))) {
    expect(fact).toMatchObject({ uncertainPoNumber: '4711' });
    expect(fact).not.toHaveProperty('poNumber');
  }
});

test('an order or an RMA that is a number is refused, because it may have lost zeros', () => {
  const why = 'must be text: as a JSON number it may have lost leading zeros';
  expect(faults(stockHubV1Rma, stockHubRma({ order_increment_id: 549, increment_id: 93 }))).toEqual([
    `increment_id ${why}`,
    `order_increment_id ${why}`,
  ]);
});

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
  ['an empty status', stockHubRma({ status: '' }), 'status must be a status such as authorized'],
  ['a text in place of the items', { ...stockHubRma(), items: 'none' }, 'items must be a list'],
])('%s is refused with a message that repeats no value', (_what, payload, fault) => {
  expect(faults(stockHubV1Rma, payload)).toEqual([expect.stringContaining(fault)]);
});

test('what can not be read of an optional field counts as not sent, and its path is known', () => {
  const payload = stockHubRma(
    { track: 'ups', date_requested: 'soon', po_number: 4711 },
    { qty_requested: 1.5 },
    { reason: { code: 7 } },
  );

  expect(faults(stockHubV1Rma, payload)).toEqual([]);
  expect(facts(payload)).toMatchObject([
    { kind: 'rma', track: undefined, requestedAt: undefined },
    { quantityRequested: undefined },
    { reason: undefined },
  ]);
  expect(remarksOf(stockHubV1Rma.schema, payload)).toEqual({
    unread: ['date_requested', 'po_number', 'track', 'items.0.qty_requested', 'items.1.reason'],
    unusable: [],
  });
});

test.each([null, [], 'text', 7, true])('a body that is %j is refused', (body) => {
  expect(faults(stockHubV1Rma, body)).toHaveLength(1);
});
