import { stockHubV1Order } from '../../../../lib/webhooks/winkelstraat/orders.ts';
import { receivedAt, sample, without } from '../../../support/builders.ts';
import { faults, leaves, withNull } from './reader.ts';

const required = ['increment_id', 'items.0.sku'];
const payload = sample('stock-hub-v1-order');

test("the vendor's own example is an order, with what was ordered and for whom", () => {
  expect(JSON.parse(JSON.stringify(stockHubV1Order.facts(payload, receivedAt)))).toEqual([
    {
      kind: 'sales-order',
      orderId: '000000549',
      createdAt: '2024-02-20T15:20:02.000Z',
      updatedAt: '2024-02-20T15:21:40.000Z',
      currency: 'EUR',
      poNumber: 'YOUR_ORDER_REFERENCE',
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
  expect(faults(stockHubV1Order, without(payload, path))).toHaveLength(1);
  expect(faults(stockHubV1Order, withNull(payload, path))).toHaveLength(1);
});

test('other fields may be absent or null', () => {
  const others = leaves(payload).filter((path) => !required.includes(path));

  expect(faults(stockHubV1Order, without(payload, ...others))).toEqual([]);
  expect(faults(stockHubV1Order, withNull(payload, ...others))).toEqual([]);
  expect(faults(stockHubV1Order, withNull(payload, 'shipping_address', 'billing_address'))).toEqual([]);
});

test('the receiver is who gets the order, not who pays for it', () => {
  expect(stockHubV1Order.facts(without(payload, 'shipping_address'), receivedAt)[0]?.address).toBeUndefined();
});
