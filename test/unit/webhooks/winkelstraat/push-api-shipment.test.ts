import { pushApiV1Shipment, pushApiV2Shipment } from '../../../../lib/webhooks/winkelstraat/orders.ts';
import { receivedAt, sample, without } from '../../../support/builders.ts';
import { faults, leaves, withNull } from './reader.ts';

const required = ['order_id', 'shipment_id', 'items.0.sku'];
const reported = {
  kind: 'shipment',
  orderId: '000000549',
  shipmentId: '000000284',
  updatedAt: '2024-01-26T21:46:12.000Z',
  items: [{ sku: 'wsnl199-wsnl199-5c9de5ad4681ed3eb551e7ee', quantity: 1, price: 271 }],
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
};
const facts = (version: 1 | 2, payload: unknown) =>
  JSON.parse(
    JSON.stringify((version === 1 ? pushApiV1Shipment : pushApiV2Shipment).facts(payload, receivedAt)),
  );

test("the vendor's own example of version 1 is a shipment, with customer and price", () => {
  expect(facts(1, sample('push-api-v1-shipment'))).toEqual([{ ...reported, version: 1 }]);
});

test("the vendor's own example of version 2 also has the purchase order", () => {
  expect(facts(2, sample('push-api-v2-shipment'))).toEqual([
    { ...reported, version: 2, poNumber: 'YOUR_ORDER_REFERENCE' },
  ]);
});

test('no token and no URL becomes a fact', () => {
  expect(JSON.stringify(facts(2, sample('push-api-v2-shipment')))).not.toMatch(/https?:|CS70ed/);
});

describe.each([
  [pushApiV1Shipment, sample('push-api-v1-shipment')],
  [pushApiV2Shipment, sample('push-api-v2-shipment')],
])('$name', (webhook, payload) => {
  test.each(required)('%s is required, present and not null', (path) => {
    expect(faults(webhook, without(payload, path))).toHaveLength(1);
    expect(faults(webhook, withNull(payload, path))).toHaveLength(1);
  });

  test('other fields may be absent or null', () => {
    const others = leaves(payload).filter((path) => !required.includes(path));

    expect(faults(webhook, without(payload, ...others))).toEqual([]);
    expect(faults(webhook, withNull(payload, ...others))).toEqual([]);
    expect(faults(webhook, withNull(payload, 'shipping_address'))).toEqual([]);
  });
});
