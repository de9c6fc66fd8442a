import { aCustomer, igf } from './igf.ts';

const { call, list } = igf();

async function idsOf(path: string): Promise<number[]> {
  const { status, body } = await call('GET', path);
  expect(status).toBe(200);
  return body.map((listing: { id: number }) => listing.id);
}

describe('finding listings', () => {
  test('shows those that are still available', async () => {
    await list();
    await list();
    await call('PUT', '/listings/cancel/1', { cancelReason: 'USER_CANCELLED' });
    await list();
    await call('PUT', '/listings/3', { status: 'Pending' });
    expect(await idsOf('/listings')).toEqual([2]);
  });

  test('shows all that were ever listed', async () => {
    await list();
    await list();
    await call('PUT', '/listings/cancel/1', {});
    expect(await idsOf('/listings/all')).toEqual([1, 2]);
  });

  test('narrows all listings to some ids, to a webshop order, or to both', async () => {
    await list({ listingWebshopOrderId: 'A 1' });
    await list({ listingWebshopOrderId: 'A 1' });
    await list({ listingWebshopOrderId: 'B' });
    expect(await idsOf('/listings/all?ids=1,3,99')).toEqual([1, 3]);
    expect(await idsOf('/listings/all?listingWebshopOrderId=A%201')).toEqual([1, 2]);
    expect(await idsOf('/listings/all?ids=2,3&listingWebshopOrderId=A%201')).toEqual([2]);
    expect(await idsOf('/listings/all?listingWebshopOrderId=nobody')).toEqual([]);
  });

  test.each(['ids=1%2C2', 'ids=one', 'ids=', 'ids=1&ids=2', 'ids=2147483648'])(
    'refuses %s',
    async (query) => {
      for (const path of ['/listings/all', '/listings/product']) {
        expect(await call('GET', `${path}?${query}`)).toMatchObject({
          status: 400,
          body: { errorCode: 'E1000', details: [{ path: 'ids' }] },
        });
      }
    },
  );

  test('finds by SKU, whatever characters it has', async () => {
    await list({ sku: 'rood/blauw 42%' });
    await list({ sku: 'x'.repeat(300) });
    expect(await idsOf(`/listings/sku/${encodeURIComponent('rood/blauw 42%')}`)).toEqual([1]);
    expect(await idsOf(`/listings/sku/${'x'.repeat(300)}`)).toEqual([2]);
    expect(await idsOf('/listings/sku/unknown')).toEqual([]);
  });

  test('finds a cancelled listing by its SKU too', async () => {
    await list({ sku: 'a' });
    await call('PUT', '/listings/cancel/1', {});
    expect(await idsOf('/listings/sku/a')).toEqual([1]);
  });

  test('finds by one product or several, as integers only', async () => {
    await list({ productId: '10' });
    await list({ productId: '20' });
    await list({ productId: '30-L' });
    expect(await idsOf('/listings/product/20')).toEqual([2]);
    expect(await idsOf('/listings/product?ids=10,20')).toEqual([1, 2]);
    expect((await call('GET', '/listings/product/30-L')).status).toBe(400);
    expect((await call('GET', '/listings/product')).status).toBe(400);
  });

  test('finds by the customer who sends the article', async () => {
    await list();
    await list({ customer: aCustomer({ email: 'piet@example.com' }) });
    expect(await idsOf('/listings/customer/2')).toEqual([2]);
  });

  test.each(['/listings/2', '/listings/nanoId/2'])('shows one listing at %s', async (path) => {
    await list();
    await list({ sku: 'the-second' });
    expect(await call('GET', path)).toMatchObject({ status: 200, body: { id: 2, sku: 'the-second' } });
  });

  test.each([
    ['GET', '/listings/7'],
    ['GET', '/listings/nanoId/7'],
    ['PUT', '/listings/7'],
    ['DELETE', '/listings/7'],
    ['PUT', '/listings/cancel/7'],
  ])('answers 404 to %s %s when there is no such listing', async (method, path) => {
    expect(await call(method, path)).toMatchObject({
      status: 404,
      body: { errorCode: 'E1404', message: 'Listing 7 does not exist' },
    });
  });

  test('answers 400 to an id that is not an integer', async () => {
    expect(await call('GET', '/listings/seven')).toMatchObject({
      status: 400,
      body: { details: [{ path: 'id' }] },
    });
  });
});
