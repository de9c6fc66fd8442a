import { inspect } from 'node:util';
import type { ListingRequest } from '../../../lib/igf/api/listings.ts';
import { failureOf, scriptedServer } from './scripted-server.ts';
import { wholeClient } from './whole-client.ts';

const server = scriptedServer();
const igf = () => wholeClient(server);

const customer = {
  email: 'jan@example.com',
  lastName: 'Jansen',
  address: { street: 'Dijk', houseNr: '1', city: 'Zonnewijk', postalCode: '9012DE', country: 'NL' },
};
const aListing: ListingRequest = {
  sku: 'sku-90',
  productId: '381189',
  listingWebshopOrderId: '000000549',
  returnReason: 'too_big',
  originalPrice: 270.5,
  customer,
};
const anOrder = { listingId: 7, customer };
const aWarehouse = {
  name: 'Main',
  postalCode: '2645 JT',
  city: 'Delfgauw',
  countryCode: 'NL',
  houseNumber: '33a',
  street: 'Street',
};
const aCustomer = { email: 'jan@example.com', lastName: 'Jansen', address: {} };

/** Values that a caller could pass without type checks. */
// biome-ignore lint/suspicious/noExplicitAny: the test needs requests that the types forbid
type Anything = any;
const listing = (change: object): Anything => ({ ...aListing, ...change });

type Client = ReturnType<typeof igf>;
type Case = [string, (client: Client) => Promise<unknown>, string[]];

test.each<Case>([
  ['a field that is missing', ({ listings }) => listings.create(listing({ sku: undefined })), ['sku']],
  ['an empty id', ({ listings }) => listings.create(listing({ productId: '' })), ['productId']],
  [
    'a reason that is not in the list',
    ({ listings }) => listings.create(listing({ returnReason: 'te klein' })),
    ['returnReason'],
  ],
  [
    'a price that is a text',
    ({ listings }) => listings.create(listing({ originalPrice: '270' })),
    ['originalPrice'],
  ],
  [
    'a price that is no number',
    ({ listings }) => listings.create(listing({ originalPrice: Number.NaN })),
    ['originalPrice'],
  ],
  ['half an article', ({ listings }) => listings.create(listing({ quantity: 0.5 })), ['quantity']],
  [
    'null where the document has none',
    ({ listings }) => listings.create(listing({ returnReasonComment: null })),
    ['returnReasonComment'],
  ],
  [
    'a fault deep in the body',
    ({ listings }) =>
      listings.create(listing({ customer: { ...customer, address: { country: 'Nederland' } } })),
    ['customer.address.country'],
  ],
  [
    'a field that the document does not name',
    ({ listings }) => listings.create(listing({ customer: { ...customer, address: { houseNumber: '1' } } })),
    ['customer.address.houseNumber'],
  ],
  [
    'several faults at once',
    ({ listings }) => listings.create(listing({ sku: 1, customer: { address: {} } })),
    ['sku', 'customer.email', 'customer.lastName'],
  ],
  ['no body at all', ({ listings }) => listings.create(undefined as Anything), ['body']],
  [
    'a status that can’t be set',
    ({ listings }) => listings.update(7, { status: 'Cancelled' } as Anything),
    ['status'],
  ],
  [
    'a date without a time',
    ({ listings }) => listings.update(7, { lastUpdateDiscount: '2024-03-11' }),
    ['lastUpdateDiscount'],
  ],
  ['an id that is no integer', ({ listings }) => listings.get(7.5), ['id']],
  ['an id beyond 32 bits', ({ listings }) => listings.get(2 ** 31), ['id']],
  [
    'a reason to cancel that is not in the list',
    ({ listings }) => listings.cancel(7, 'BORED' as Anything),
    ['cancelReason'],
  ],
  ['no product ids', ({ listings }) => listings.ofProducts([]), ['ids']],
  ['an id in a list that is no integer', ({ listings }) => listings.all({ ids: [1, 2.5] }), ['ids.1']],
  ['a sku that would be another path', ({ listings }) => listings.ofSku('..'), ['skuId']],
  ['an empty sku', ({ listings }) => listings.ofSku(''), ['skuId']],
  [
    'a carrier that is not in the list',
    ({ orders }) => orders.create({ ...anOrder, carrierName: 'UPS' } as Anything),
    ['carrierName'],
  ],
  [
    'the key as the document writes it',
    ({ orders }) => orders.commit({ listingId: 7, Customer: customer } as Anything),
    ['customer', 'Customer'],
  ],
  ['feedback of 3', ({ shipments }) => shipments.setFeedback(9, 3), ['feedback']],
  [
    'a warehouse without its city',
    ({ warehouses }) => warehouses.create({ ...aWarehouse, city: undefined } as Anything),
    ['city'],
  ],
  ['an email without an @', ({ customers }) => customers.ban('jan'), ['body']],
  [
    'a customer without an address',
    ({ customers }) => customers.update(1, { ...aCustomer, address: undefined } as Anything),
    ['address'],
  ],
  [
    'an event that IGF does not send',
    ({ webhooks }) => webhooks.subscribe('LOST' as Anything, 'https://bridge.example'),
    ['eventType'],
  ],
  ['a text that is not a URL', ({ webhooks }) => webhooks.subscribe('REFUND', 'bridge'), ['url']],
  ['an event type in a path', ({ webhooks }) => webhooks.unsubscribe('../x' as Anything), ['eventType']],
  ['an empty key', ({ tenant }) => tenant.setApiKey(''), ['apiKey']],
  [
    'a country in words',
    ({ retailer }) => retailer.update({ countries: ['NL', 'Belgium'] }),
    ['countries.1'],
  ],
  ['half a day', ({ retailer }) => retailer.update({ matchingPeriod: 0.5 }), ['matchingPeriod']],
  [
    'a contract without data',
    ({ carrierContracts }) => carrierContracts.update(1, undefined as Anything),
    ['data'],
  ],
  [
    'a range without its end',
    ({ discounts }) => discounts.replace([{ minPrice: 0, maxDiscount: 1 } as Anything]),
    ['0.maxPrice'],
  ],
  [
    'a return without products',
    ({ returns }) => returns.create({ webshopOrderId: '1', customer } as Anything),
    ['products'],
  ],
])('%s is never sent', async (_what, call, paths) => {
  const error = await failureOf(call(igf()));

  expect(error).toMatchObject({ name: 'IgfRequestError', paths });
  expect(server.received).toEqual([]);
});

test('the error names the operation and the paths, and no value', async () => {
  const error = await failureOf(
    igf().listings.create(listing({ customer: { ...customer, email: 'Jan Jansen', lastName: 5 } })),
  );

  expect(error.message).toBe(
    "POST /listings: the request was not sent, it does not fit IGF's document at customer.email, customer.lastName",
  );
  expect(inspect(error, { depth: 9 })).not.toMatch(/Jan Jansen|Dijk/);
});

test.each<[string, (client: Client) => Promise<unknown>, object]>([
  [
    'a null field is sent as null',
    ({ listings }) => listings.update(7, { status: null, discountValue: 0.5 }),
    { body: '{"status":null,"discountValue":0.5}' },
  ],
  [
    'an optional field is left out',
    ({ orders }) => orders.create(anOrder),
    { body: JSON.stringify(anOrder) },
  ],
  [
    'a body that is a text is JSON',
    ({ customers }) => customers.ban('jan@example.com'),
    { path: '/api/v1/customer/ban', body: '"jan@example.com"' },
  ],
  [
    'ids are separated by unescaped commas',
    ({ listings }) => listings.all({ ids: [1, 2] }),
    { path: '/api/v1/listings/all?ids=1,2' },
  ],
  [
    'a filter that is not given is not in the query',
    ({ listings }) => listings.all(),
    { path: '/api/v1/listings/all' },
  ],
  [
    'a buyer’s address filters the available listings',
    ({ listings }) => listings.available({ ip: '2001:db8::1' }),
    { path: '/api/v1/listings?ip=2001%3Adb8%3A%3A1' },
  ],
  [
    'details are an option',
    ({ orders }) => orders.details({ listingId: 7 }),
    { path: '/api/v1/orders?listingId=7&options=ordersDetails' },
  ],
  [
    'an email in a path is encoded',
    ({ customers }) => customers.ofEmail('jan+1@example.com'),
    { path: '/api/v1/customer/email/jan%2B1%40example.com' },
  ],
  [
    'an id may be the text that the document says',
    ({ shipments }) => shipments.setDelivered('9'),
    { method: 'PUT', path: '/api/v1/shipments/9/delivered', body: '' },
  ],
])('%s', async (_what, call, expected) => {
  server.answers(200, { id: 7 });

  await call(igf());

  expect(server.received).toMatchObject([expected]);
});

test('a request without a body has no content type, because some servers refuse that', async () => {
  server.answers(200, { id: 9 });

  await igf().shipments.setDelivered(9);

  expect(server.received[0]?.headers).not.toHaveProperty('content-type');
});
