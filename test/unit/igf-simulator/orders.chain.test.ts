import { igf } from './igf.ts';

const { call, list, buy } = igf();

describe('the chain of an article that is forwarded several times', () => {
  beforeEach(async () => {
    for (const [listing, [from, to]] of [
      ['W-1', 'W-2'],
      ['W-2', 'W-3'],
      ['W-3', 'W-4'],
    ].entries()) {
      await list({ listingWebshopOrderId: from });
      await buy({ listingId: listing + 1, webshopOrderId: to });
    }
  });

  test.each(['W-2', 'W-3', 'W-4'])(
    'begins where the warehouse sent it, whichever order the request names (%s)',
    async (id) => {
      expect((await call('GET', `/orders/initial/${id}`)).body).toMatchObject({
        id: 1,
        listingWebshopOrderId: 'W-1',
      });
    },
  );

  test.each(['W-1', 'W-2', 'W-3'])('ends with its latest order (%s)', async (id) => {
    expect((await call('GET', `/orders/latest/${id}`)).body).toMatchObject({ id: 3, webshopOrderId: 'W-4' });
  });

  test('leaves out cancelled orders and other articles', async () => {
    await call('PUT', '/listings/cancel/3', {});
    await list({ sku: 'another', listingWebshopOrderId: 'W-3' });
    await buy({ listingId: 4, webshopOrderId: 'W-9' });
    expect((await call('GET', '/orders/latest/W-1')).body.id).toBe(2);
  });

  test('is that of the newest where one webshop order begins several', async () => {
    await list({ sku: 'another', listingWebshopOrderId: 'W-1' });
    await buy({ listingId: 4, webshopOrderId: 'W-2' });
    expect((await call('GET', '/orders/latest/W-1')).body.id).toBe(4);
    expect((await call('GET', '/orders/initial/W-2')).body.id).toBe(4);
    expect((await call('GET', '/orders/initial/W-3')).body.id).toBe(1);
  });

  test('ends although orders name each other in a ring', async () => {
    await list({ listingWebshopOrderId: 'W-4' });
    await buy({ listingId: 4, webshopOrderId: 'W-1' });
    expect((await call('GET', '/orders/initial/W-4')).status).toBe(200);
    expect((await call('GET', '/orders/latest/W-1')).status).toBe(200);
  });

  test('answers 404 to an order that was not forwarded', async () => {
    expect((await call('GET', '/orders/initial/W-1')).status).toBe(404);
    expect((await call('GET', '/orders/latest/W-4')).status).toBe(404);
  });
});
