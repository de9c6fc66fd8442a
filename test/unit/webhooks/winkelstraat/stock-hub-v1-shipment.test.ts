import { remarksOf } from '../../../../lib/webhooks/fields.ts';
import { stockHubV1Shipment } from '../../../../lib/webhooks/winkelstraat/orders.ts';
import { type Json, receivedAt, sample, stockHubShipment, without } from '../../../support/builders.ts';
import { faults, leaves, withNull } from './reader.ts';

const required = ['increment_id', 'order_increment_id', 'items.0.sku'];
const [example] = [sample('stock-hub-v1-shipment') as { shipping_address: Json }];
const withAddress = (overrides: Json) =>
  stockHubShipment({ shipping_address: { ...example.shipping_address, ...overrides } });

test("the vendor's own example is a shipment", () => {
  expect(
    JSON.parse(JSON.stringify(stockHubV1Shipment.facts(sample('stock-hub-v1-shipment'), receivedAt))),
  ).toEqual([
    {
      kind: 'shipment',
      orderId: '000000549',
      shipmentId: '000000288',
      status: 'IN_TRANSIT',
      createdAt: '2024-02-20T15:28:51.000Z',
      updatedAt: '2024-02-20T15:31:54.000Z',
      collectedAt: '2024-02-23T21:20:39.000Z',
      currency: 'EUR',
      poNumber: 'YOUR_ORDER_REFERENCE',
      track: { number: '1Z7E3V556825150AAP', carrier: 'ups' },
      items: [{ sku: 'wsnl199-5c9de5ad4681ed3eb551e7ee', quantity: 2, price: 270 }],
      address: {
        firstName: 'Jan',
        lastName: 'Jansen',
        email: 'jan.jansen@gwinkelstraat.nl',
        phone: '+31621510775',
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
  expect(faults(stockHubV1Shipment, without(stockHubShipment(), path))).toEqual([`${path} is required`]);
  expect(faults(stockHubV1Shipment, withNull(stockHubShipment(), path))).toHaveLength(1);
});

test('items are required, and at least one', () => {
  expect(faults(stockHubV1Shipment, without(stockHubShipment(), 'items'))).toEqual(['items is required']);
  expect(faults(stockHubV1Shipment, stockHubShipment({ items: [] }))).toHaveLength(1);
});

test('other fields may be absent or null', () => {
  const others = leaves(sample('stock-hub-v1-shipment')).filter((path) => !required.includes(path));

  expect(faults(stockHubV1Shipment, without(stockHubShipment(), ...others))).toEqual([]);
  expect(faults(stockHubV1Shipment, withNull(stockHubShipment(), ...others))).toEqual([]);
  expect(
    faults(stockHubV1Shipment, withNull(stockHubShipment(), 'shipping_address', 'origin_address', 'track')),
  ).toEqual([]);
});

test('fields that the document does not name are accepted', () => {
  expect(faults(stockHubV1Shipment, stockHubShipment({ brand_new: 1 }, { brand_new: [] }))).toEqual([]);
});

test('the house number is read in the form of the example and in the form of the schema', () => {
  const written = (parts: Json) =>
    stockHubV1Shipment.facts(withAddress({ house_number: undefined, ...parts }), receivedAt)[0]?.address
      ?.houseNumber;

  expect(written({ house_number: '12a' })).toBe('12a');
  expect(written({ houseNumber: '12b' })).toBe('12b');
  expect(written({ house_number: null, houseNumber: '12c' })).toBe('12c');
  expect(written({ house_number: '', houseNumber: '12d' })).toBe('12d');
});

test('the company is read beside the person', () => {
  const [fact] = stockHubV1Shipment.facts(
    withAddress({ company_name: 'Jansen B.V.', last_name: null, country_id: 'be' }),
    receivedAt,
  );

  expect(fact?.address).toMatchObject({ companyName: 'Jansen B.V.', lastName: undefined, country: 'BE' });
});

test('numbers that arrive as text are read', () => {
  const [fact] = stockHubV1Shipment.facts(
    stockHubShipment({}, { qty: '2', item_price_inc_tax: '270.00' }),
    receivedAt,
  );

  expect(fact?.items).toMatchObject([{ quantity: 2, price: 270 }]);
});

test('the customer is the receiver of the shipment, not its sender', () => {
  const [fact] = stockHubV1Shipment.facts(without(stockHubShipment(), 'shipping_address'), receivedAt);

  expect(fact?.address).toBeUndefined();
});

test('a status that is new is unknown, and an empty one is none', () => {
  expect(
    stockHubV1Shipment.facts(stockHubShipment({ status: 'OUT_FOR_DELIVERY' }), receivedAt)[0]?.status,
  ).toBe('UNKNOWN');
  expect(stockHubV1Shipment.facts(stockHubShipment({ status: 'delivered' }), receivedAt)[0]?.status).toBe(
    'DELIVERED',
  );
  for (const status of ['', null, [], 'null']) {
    expect(stockHubV1Shipment.facts(stockHubShipment({ status }), receivedAt)[0]?.status).toBeUndefined();
  }
});

test('a line that can not be used does not refuse its neighbours', () => {
  const payload = stockHubShipment({}, { sku: '' }, { sku: 'b', qty: 1, item_price_inc_tax: '1,250.00' });

  expect(faults(stockHubV1Shipment, payload)).toEqual([]);
  expect(stockHubV1Shipment.facts(payload, receivedAt)[0]?.items).toEqual([
    { sku: 'b', quantity: 1, price: 1250 },
  ]);
  expect(faults(stockHubV1Shipment, stockHubShipment({}, { sku: '' }))).toHaveLength(1);
});

test('the parts of an address may be numbers and lists of lines', () => {
  const parts = { house_number: 7, telephone: 31600000000, street: ['Edsger Dijkstraat', null, 'unit B'] };

  expect(stockHubV1Shipment.facts(withAddress(parts), receivedAt)[0]?.address).toMatchObject({
    houseNumber: '7',
    phone: '31600000000',
    street: 'Edsger Dijkstraat unit B',
  });
});

test('a name that lost a letter on its way is not told: it must not be on a label', () => {
  const payload = withAddress({ last_name: 'M\ufffdller', city: 'Gen&egrave;ve' });

  expect(stockHubV1Shipment.facts(payload, receivedAt)[0]?.address).toMatchObject({
    lastName: undefined,
    city: 'Genève',
  });
  expect(remarksOf(stockHubV1Shipment.schema, payload).unread).toEqual(['shipping_address.last_name']);
});

test('PHP’s empty list in the place of an object is none', () => {
  const [fact] = stockHubV1Shipment.facts(
    stockHubShipment({ track: [], shipping_address: [], origin_address: [] }),
    receivedAt,
  );

  expect(fact).toMatchObject({ track: undefined, address: undefined });
});
