import { stockHubV1Invoice } from '../../../../lib/webhooks/winkelstraat/orders.ts';
import { receivedAt, sample, without } from '../../../support/builders.ts';
import { faults, leaves, withNull } from './reader.ts';

const required = ['increment_id', 'order_increment_id'];
const payload = sample('stock-hub-v1-invoice');

test("the vendor's own example names its order, and changes nothing", () => {
  expect(stockHubV1Invoice.facts(payload, receivedAt)).toEqual([{ kind: 'no-change', orderId: '000000549' }]);
});

test.each(required)('%s is required, present and not null', (path) => {
  expect(faults(stockHubV1Invoice, without(payload, path))).toEqual([`${path} is required`]);
  expect(faults(stockHubV1Invoice, withNull(payload, path))).toHaveLength(1);
});

test('other fields may be absent or null', () => {
  const others = leaves(payload).filter((path) => !required.includes(path));

  expect(faults(stockHubV1Invoice, without(payload, ...others, 'items'))).toEqual([]);
  expect(faults(stockHubV1Invoice, withNull(payload, ...others))).toEqual([]);
});
