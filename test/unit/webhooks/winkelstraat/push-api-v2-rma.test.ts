import { remarksOf } from '../../../../lib/webhooks/fields.ts';
import { pushApiV2Rma } from '../../../../lib/webhooks/winkelstraat/rmas.ts';
import { type Json, pushApiRma, receivedAt, sample, without } from '../../../support/builders.ts';
import { faults, leaves, withNull } from './reader.ts';

const required = ['rma_id', 'status', 'items.0.rma_item_id', 'items.0.sku', 'order.order_id'];
const facts = (payload: unknown) => pushApiV2Rma.facts(payload, receivedAt);

test("the vendor's own example is an RMA and its item, with customer and price", () => {
  expect(JSON.parse(JSON.stringify(facts(sample('push-api-v2-rma'))))).toEqual([
    {
      kind: 'rma',
      orderId: '000000549',
      rmaId: '000000078',
      family: 'push-api',
      status: 'authorized',
      itemIds: ['YEK'],
      unusableItems: 0,
      receivedAt,
      requestedAt: '2024-02-01T11:44:03.000Z',
      track: { number: '1Z97W1439114675551', carrier: 'ups' },
    },
    {
      kind: 'opening',
      family: 'push-api',
      orderId: '000000549',
      rmaId: '000000078',
      itemId: 'YEK',
      rmaStatus: 'authorized',
      receivedAt,
      sku: 'wsnl199-wsnl199-5c9de5ad4681ed3eb551e7ee',
      reference: '3G1MXE1MXVZF982',
      articleNumber: '3G1MXE1MXVZF982 L',
      size: 'S',
      reason: 'Meer bezorgd dan besteld',
      resolution: 'Terugbetalen',
      price: 271,
      quantityRequested: 1,
      address: {
        firstName: 'Jan',
        lastName: 'Jansen',
        email: 'jan.jansen@gwinkelstraat.nl',
        street: 'Edsger Dijkstraat',
        houseNumber: '12',
        postcode: '9012DE',
        city: 'Zonnewijk',
        country: 'NL',
      },
    },
  ]);
});

test.each(required)('%s is required, present and not null', (path) => {
  expect(faults(pushApiV2Rma, without(pushApiRma(), path))).toEqual([`${path} is required`]);
  expect(faults(pushApiV2Rma, withNull(pushApiRma(), path))).toHaveLength(1);
});

test.each(['items', 'order'])('%s are required', (path) => {
  expect(faults(pushApiV2Rma, without(pushApiRma(), path))).toEqual([`${path} is required`]);
});

test('other fields may be absent or null', () => {
  const others = leaves(sample('push-api-v2-rma')).filter((path) => !required.includes(path));

  expect(faults(pushApiV2Rma, without(pushApiRma(), ...others))).toEqual([]);
  expect(faults(pushApiV2Rma, withNull(pushApiRma(), ...others))).toEqual([]);
  expect(faults(pushApiV2Rma, withNull(pushApiRma(), 'shipment', 'order.address'))).toEqual([]);
});

test('its items have no status of their own, only the header’s', () => {
  for (const status of ['received', 'denied', 'partially_authorized']) {
    const [header, item] = facts(pushApiRma({ status }));
    expect(header).toMatchObject({ status });
    expect(item).toMatchObject({ rmaStatus: status });
    expect(item).not.toHaveProperty('status');
  }
  const [header, item] = facts(pushApiRma({ status: 'lost' }));
  expect(header).toMatchObject({ unknownStatus: 'lost' });
  expect(item).toMatchObject({ rmaStatus: undefined });
});

test('a header that ends the RMA needs no items', () => {
  expect(facts(pushApiRma({ status: 'closed', items: null }))).toMatchObject([
    { kind: 'rma', status: 'closed' },
  ]);
  expect(faults(pushApiV2Rma, pushApiRma({ status: 'authorized', items: null }))).toHaveLength(1);
});

test('one object for a list of one is the list, and the reverse', () => {
  const { items, order } = sample('push-api-v2-rma') as { items: Json[]; order: Json };
  const payload = { ...pushApiRma(), items: items[0], order: [order] };

  expect(facts(payload)).toEqual(facts(pushApiRma()));
  expect(facts([pushApiRma()])).toEqual(facts(pushApiRma()));
  expect(facts({ ...pushApiRma(), items: { 3: items[0] } })).toEqual(facts(pushApiRma()));
});

test('a zero date is no date', () => {
  for (const date_received of ['0000-00-00 00:00:00', '-0001-11-30T00:00:00+00:00']) {
    const payload = pushApiRma({ date_received });
    expect(facts(payload)[0]).toMatchObject({ arrivedAt: undefined });
    expect(remarksOf(pushApiV2Rma.schema, payload).unread).toEqual([]);
  }
});

test('each item is one unit', () => {
  const payload = pushApiRma({}, { rma_item_id: 'A' }, { rma_item_id: 'B', sku: 'sku-B' });

  expect(facts(payload).slice(1)).toMatchObject([
    { itemId: 'A', quantityRequested: 1 },
    { itemId: 'B', sku: 'sku-B', quantityRequested: 1 },
  ]);
});

test('the one name of the customer is split at the family name', () => {
  const { address } = sample('push-api-v2-rma').order as { address: Json };
  const order = { order_id: '1', address: { ...address, name: 'Jan van der Berg' } };

  expect(facts(pushApiRma({ order }))[1]).toMatchObject({
    address: { firstName: 'Jan', lastName: 'van der Berg' },
  });
});

test('a price that arrives as text is read', () => {
  expect(facts(pushApiRma({}, { price: '271.00' }))[1]).toMatchObject({ price: 271 });
});
