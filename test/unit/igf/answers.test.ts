import { failureOf, scriptedServer } from './scripted-server.ts';
import { wholeClient } from './whole-client.ts';

const server = scriptedServer();
const igf = () => wholeClient(server);
type Client = ReturnType<typeof igf>;

test.each<[string, (client: Client) => Promise<unknown>, unknown, object]>([
  [
    'a shipment’s status',
    ({ shipments }) => shipments.get(1),
    { id: 1, status: 'Labelled - when label is generated' },
    { status: 'Labelled' },
  ],
  [
    'an unknown status',
    ({ shipments }) => shipments.get(1),
    { id: 1, status: 'Lost - by the carrier' },
    { status: 'Lost' },
  ],
  [
    'the status of the order within',
    ({ shipments }) => shipments.get(1),
    { id: 1, order: { status: 'Matched - when the order is created' } },
    { order: { status: 'Matched' } },
  ],
  [
    'why an order was cancelled',
    ({ orders }) => orders.get(1),
    { id: 1, cancelReason: 'NOT_DELIVERED_BY_CARRIER - When the carrier does not deliver the order' },
    { cancelReason: 'NOT_DELIVERED_BY_CARRIER' },
  ],
  [
    'whether an item can be forwarded',
    ({ info }) => info.forwardable({ items: [] }),
    [{ status: 'Available - in this country' }],
    [{ status: 'Available' }] as object,
  ],
])('%s is read by its first word', async (_what, call, answer, expected) => {
  server.answers(200, answer);

  await expect(call(igf())).resolves.toMatchObject(expected);
});

test.each([
  ['available', 'Available'],
  ['PENDING', 'Pending'],
  ['matched', 'Matched'],
  ['labeled', 'Labelled'],
  ['SHIPPED', 'Shipped'],
  ['completed - when it was delivered', 'Completed'],
  ['cancelled', 'Cancelled'],
  ['Canceled', 'Cancelled'],
  ['CANCELED - when the order is canceled', 'Cancelled'],
  ['LoSt', 'LoSt'],
])('the state "%s" is %s: case and spelling make no difference', async (text, status) => {
  server.answers(200, { id: 1, status: text });

  await expect(igf().listings.get(1)).resolves.toMatchObject({ status });
  await expect(igf().orders.get(1)).resolves.toMatchObject({ status });
  await expect(igf().shipments.get(1)).resolves.toMatchObject({ status });
  await expect(igf().info.forwardable({})).resolves.toMatchObject([{ status }]);
});

test('cancel reasons and event types are read in any case', async () => {
  server.answers(200, { id: 1, cancelReason: 'not_delivered_by_carrier', eventType: 'shipped' });

  await expect(igf().orders.get(1)).resolves.toMatchObject({ cancelReason: 'NOT_DELIVERED_BY_CARRIER' });
  await expect(igf().webhooks.all()).resolves.toMatchObject([{ eventType: 'SHIPPED' }]);
});

test.each(['LABELED', 'Cancelled'])('the event type %s is no state', async (eventType) => {
  server.answers(200, { id: 1, eventType });

  await expect(igf().webhooks.all()).resolves.toMatchObject([{ eventType }]);
});

test('only ids are required: other fields may be null, absent or new', async () => {
  server.answers(200, { id: 1, label: null, warehouse: { name: null }, order: {}, brandNew: [1] });

  await expect(igf().shipments.get(1)).resolves.toEqual({
    id: 1,
    label: null,
    warehouse: { name: null },
    order: {},
    brandNew: [1],
  });
});

test('numbers and ids that come as texts are read as numbers', async () => {
  server.answers(200, { id: '7', originalPrice: '100.50', senderId: '501', discountValue: 4 });

  await expect(igf().listings.get(7)).resolves.toEqual({
    id: 7,
    originalPrice: 100.5,
    senderId: 501,
    discountValue: 4,
  });
});

test.each<[string, (client: Client) => Promise<unknown>]>([
  ['orders', ({ orders }) => orders.ofListing(1)],
  ['shipments', ({ shipments }) => shipments.ofOrder(1)],
  ['the retailer', ({ retailer }) => retailer.get()],
  ['items', ({ info }) => info.forwardable({})],
])('one object in place of a list of %s is read as a list of one', async (_what, call) => {
  server.answers(200, { id: 7 });

  await expect(call(igf())).resolves.toMatchObject([{ id: 7 }]);
});

test.each<[string, (client: Client) => Promise<unknown>]>([
  ['deleting a listing', ({ listings }) => listings.remove(7)],
  ['deleting an order', ({ orders }) => orders.remove(7)],
  ['rejecting an order', ({ orders }) => orders.reject(7)],
  ['subscribing', ({ webhooks }) => webhooks.subscribe('REFUND', 'https://bridge.example/')],
  ['changing the retailer', ({ retailer }) => retailer.update({ name: 'A' })],
  ['enabling discounts', ({ retailer }) => retailer.enableDiscount()],
])('the answer of %s may be empty', async (_what, call) => {
  server.answers(200, '');

  await expect(call(igf())).resolves.toBeUndefined();
});

test('a shipment without its id is rejected', async () => {
  server.answers(200, { status: 'Labelled' });

  expect(await failureOf(igf().shipments.setDelivered(1))).toMatchObject({ name: 'IgfContractError' });
});

test('an item’s order with details has no id, and needs none', async () => {
  server.answers(200, [{ sku: 'sku-90', webshopOrderId: 'W-2' }]);

  await expect(igf().orders.details()).resolves.toEqual([{ sku: 'sku-90', webshopOrderId: 'W-2' }]);
});
