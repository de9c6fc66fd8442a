import { placeIn } from '../../../infra/ops/find/find.ts';

const returned = {
  ...{ pk: 'ORDER#549', sk: 'RETURN#93#90', orderId: '549', rmaId: '93', itemId: '90', listingId: 12 },
  igf: { shipment: { label: '3S AB 12' } },
  relatedShipments: [{ orderId: '700', track: 'JVGL1' }],
};
const delivered = {
  ...{ pk: 'ORDER#549', sk: 'EVENT#1f0c77a2bb', correlationId: 'ab12cd34', webhook: 'push-api/v2/rma' },
  payload: '{"rma":{"id":"94"}}',
};

const waiting = {
  ...{ pk: 'IGF#LISTING#5', sk: 'POINTER' },
  waiting: new Set([
    JSON.stringify({ eventId: 'e1', fact: {} }),
    JSON.stringify({ eventId: 'e2-ab', fact: {} }),
  ]),
};

test.each([
  ['549', returned, { kind: 'order', id: '549', as: 'order' }],
  ['93', returned, { kind: 'return', id: '93/90', as: 'RMA' }],
  ['93/90', returned, { kind: 'return', as: 'return' }],
  ['12', returned, { kind: 'return', as: 'listing' }],
  ['3sab12', returned, { kind: 'return', as: 'track' }],
  ['700', returned, { kind: 'return', as: 'order' }],
  ['1F0C', delivered, { kind: 'delivery', id: '1f0c77a2bb', as: 'event' }],
  ['ab12cd', delivered, { kind: 'delivery', as: 'correlation id' }],
  ['94', delivered, { kind: 'delivery', orderId: '549', as: 'text' }],
  ['PO-1', { pk: 'ORDER#549', sk: 'SALES-ORDER', poNumber: 'po-1' }, { kind: 'order', as: 'PO' }],
  ['AB-1', { pk: 'ORDER#549', sk: 'SHIPMENT#4', items: [{ sku: 'ab-1' }] }, { kind: 'order', as: 'sku' }],
  ['5', waiting, { kind: 'message', id: 'e1', orderId: null }],
  ['e2-a', waiting, { kind: 'message', id: 'e2-ab', orderId: null }],

  [
    '549',
    { pk: 'REJECTED#7', sk: 'REJECTED', id: '7', body: '{"order":"549"}' },
    { kind: 'rejected', id: '7' },
  ],
])('%s is found', (typed, item, place) => {
  expect(placeIn(item, typed)).toMatchObject(place);
});

test.each([
  ['1f0', delivered],
  ['90', returned],
  ['x'.repeat(80), returned],
  ['549', { pk: 'BRIDGE', sk: 'BRIDGE' }],
  ['549', { pk: 'ORDER#700', sk: 'SERVED-BY#549#93#90', forwarded: { orderId: '549' } }],
])('%s is not found', (typed, item) => {
  expect(placeIn(item, typed)).toBeUndefined();
});
