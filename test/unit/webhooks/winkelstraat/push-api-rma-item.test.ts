import { pushApiV1RmaItem, pushApiV2RmaItem } from '../../../../lib/webhooks/winkelstraat/rmas.ts';
import { receivedAt, rmaItemPayload, sample, without } from '../../../support/builders.ts';
import { faults, leaves, withNull } from './reader.ts';

const required = ['rma.rma_id', 'order.order_id', 'rma_item.rma_item_id', 'rma_item.sku'];
const fact = (payload: unknown) =>
  pushApiV1RmaItem.facts(payload, receivedAt).find((reported) => reported.kind === 'closing');

test("the vendor's own example is read in the bridge's terms", () => {
  expect(JSON.parse(JSON.stringify(fact(sample('push-api-v1-rma-item'))))).toEqual({
    kind: 'closing',
    family: 'push-api',
    orderId: '000000549',
    rmaId: '000000078',
    itemId: 'YEK',
    updatedAt: '2024-02-08T22:07:46.236Z',
    sku: 'wsnl199-wsnl199-5c9de5ad4681ed3eb551e7ee',
    reference: '3G1MXE1MXVZF982',
    articleNumber: '3G1MXE1MXVZF982 L',
    size: 'L',
    requestedAt: '2024-02-01T11:44:03.000Z',
    reason: 'Meer bezorgd dan besteld',
    resolution: 'Terugbetalen',
    price: 271,
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
  });
});

test('makes its RMA known, without a status', () => {
  expect(pushApiV1RmaItem.facts(sample('push-api-v1-rma-item'), receivedAt)[0]).toEqual({
    kind: 'rma',
    family: 'push-api',
    orderId: '000000549',
    rmaId: '000000078',
    requestedAt: '2024-02-01T11:44:03.000Z',
    arrivedAt: undefined,
    receivedAt,
  });
});

test.each(required)('%s is required, present and not null', (path) => {
  expect(faults(pushApiV1RmaItem, without(rmaItemPayload(), path))).toEqual([`${path} is required`]);
  expect(faults(pushApiV1RmaItem, withNull(rmaItemPayload(), path))).toHaveLength(1);
});

test('version 2 reports the same facts', () => {
  const newer = sample('push-api-v2-rma-item');

  expect(faults(pushApiV2RmaItem, newer)).toEqual([]);
  expect(fact(newer)).toEqual(fact(sample('push-api-v1-rma-item')));
});

test.each(['rma', 'order', 'rma_item'])('%s is required', (path) => {
  expect(faults(pushApiV1RmaItem, without(rmaItemPayload(), path))).toEqual([`${path} is required`]);
});

test('other fields may be absent or null', () => {
  const others = leaves(sample('push-api-v1-rma-item')).filter((path) => !required.includes(path));

  expect(faults(pushApiV1RmaItem, without(rmaItemPayload(), ...others))).toEqual([]);
  expect(faults(pushApiV1RmaItem, withNull(rmaItemPayload(), ...others))).toEqual([]);
  expect(faults(pushApiV1RmaItem, withNull(rmaItemPayload(), 'order.shipping_address'))).toEqual([]);
});

test('what arrived and what the merchant decided are read', () => {
  const payload = rmaItemPayload({
    rma_item: { qty_returned: '2.0000', retailer_resolution: ' Terugbetalen ' },
    rma: { date_received: '08-03-2024 14:25:19', date_requested: '2024-03-01' },
  });

  expect(fact(payload)).toMatchObject({
    quantityReturned: 2,
    merchantResolution: 'Terugbetalen',
    arrivedAt: '2024-03-08T14:25:19.000Z',
    requestedAt: '2024-03-01T00:00:00.000Z',
  });
});

test('has the time of its updated_at, or of its delivery without one', () => {
  expect(fact(rmaItemPayload({ rma_item: { updated_at: '2024-05-01 10:00:00' } }))?.updatedAt).toBe(
    '2024-05-01T10:00:00.000Z',
  );
  expect(fact(rmaItemPayload({ rma_item: { updated_at: null } }))?.updatedAt).toBe(receivedAt);
});
