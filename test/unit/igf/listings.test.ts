import type { ListingRequest } from '../../../lib/igf/api/listings.ts';
import { apiKey, failureOf, scriptedServer } from './scripted-server.ts';

const igf = scriptedServer();

const request: ListingRequest = {
  sku: 'sku-90',
  productId: '381189',
  listingWebshopOrderId: '000000549',
  returnReason: 'no_reason',
  returnReasonComment: '[000000093/90]',
  originalPrice: 270,
  quantity: 1,
  maxQuantity: 2,
  customer: {
    email: 'jan.jansen@example.com',
    lastName: 'Jansen',
    language: 'nl',
    address: { street: 'Edsger Dijkstraat', city: 'Zonnewijk', postalCode: '9012DE', country: 'NL' },
  },
};

test('a listing is created by posting it as JSON, with the api-key', async () => {
  igf.answers(201, { id: 7, status: 'Available' });

  await expect(igf.client().listings.create(request)).resolves.toMatchObject({ id: 7, status: 'Available' });

  const [call] = igf.received;
  expect(igf.received).toHaveLength(1);
  expect(call).toMatchObject({ method: 'POST', path: '/api/v1/listings' });
  expect(JSON.parse(call?.body ?? '')).toEqual(request);
  expect(call?.headers).toMatchObject({ 'api-key': apiKey, 'content-type': 'application/json' });
});

test('a listing is cancelled on behalf of its customer', async () => {
  igf.answers(200, { id: 7, status: 'Cancelled' });

  await igf.client().listings.cancel(7);

  expect(igf.received).toMatchObject([
    { method: 'PUT', path: '/api/v1/listings/cancel/7', body: '{"cancelReason":"USER_CANCELLED"}' },
  ]);
});

test.each([
  ['by its number', (client: ReturnType<typeof igf.client>) => client.listings.get(7), '/listings/7'],
  [
    'by the order of the webshop',
    (client: ReturnType<typeof igf.client>) => client.listings.ofWebshopOrder('PO 1&2'),
    '/listings/all?listingWebshopOrderId=PO+1%262',
  ],
  [
    'by the sku, whatever characters it has',
    (client: ReturnType<typeof igf.client>) => client.listings.ofSku('a/b c?d#é'),
    '/listings/sku/a%2Fb%20c%3Fd%23%C3%A9',
  ],
])('listings are found %s', async (_how, find, path) => {
  igf.answers(200, { id: 7 });

  await find(igf.client());

  expect(igf.received).toMatchObject([{ method: 'GET', path: `/api/v1${path}`, body: '' }]);
});

test.each([
  ['a list', [{ id: 7 }, { id: 8 }], [7, 8]],
  ['one object', { id: 7 }, [7]],
  ['nothing', [], []],
])('listings in the form of %s are read as a list', async (_what, answer, ids) => {
  igf.answers(200, answer);

  const found = await igf.client().listings.ofSku('sku-90');

  expect(found.map(({ id }) => id)).toEqual(ids);
});

test.each([
  ['Available', 'Available'],
  ['Labelled - when label is generated', 'Labelled'],
  ['Cancelled- by the customer', 'Cancelled'],
  [' Pending ', 'Pending'],
])('the status "%s" is read as %s', async (status, word) => {
  igf.answers(200, { id: 7, status });

  await expect(igf.client().listings.get(7)).resolves.toMatchObject({ status: word });
});

test('only the id of a listing is required, and unknown fields are kept', async () => {
  igf.answers(200, { id: 7, sku: null, status: null, sender: null, brandNew: { nested: true } });

  await expect(igf.client().listings.get(7)).resolves.toMatchObject({ id: 7, brandNew: { nested: true } });
});

test('a base URL may end with a slash', async () => {
  igf.answers(200, { id: 7 });

  await igf.client({ baseUrl: `${igf.address()}//` }).listings.get(7);

  expect(igf.received).toMatchObject([{ path: '/api/v1/listings/7' }]);
});

describe('an answer that does not match the document', () => {
  test.each([
    ['no JSON', '<html>Welcome</html>'],
    ['nothing', ''],
    ['cut JSON', '{"id": 7'],
    ['no id', { sku: 'sku-90' }],
    ['an id that is no number', { id: 'seven' }],
    ['null', 'null'],
  ])('is reported as such: %s', async (_what, answer) => {
    igf.answers(201, answer);

    const error = await failureOf(igf.client().listings.create(request));

    expect(error).toMatchObject({ name: 'IgfContractError', operation: 'POST /listings' });
  });

  test('leads to an error that names the fields, but none of their values', async () => {
    igf.answers(200, { id: 'Jan Jansen', sender: 'jan@example.com' });

    const { message } = await failureOf(igf.client().listings.get(7));

    expect(message).toContain('id, sender');
    expect(message).not.toMatch(/Jan|example/);
  });
});
