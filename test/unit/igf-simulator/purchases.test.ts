import { aBuyer, allStatuses, anOrder, igf } from './igf.ts';

const { call, control, list, buy, label, event, statuses, clock } = igf();

describe('a purchase on demand', () => {
  const purchase = (body: object) => control('POST', '/orders', body);

  test('makes up the buyer and the webshop order', async () => {
    await list();
    expect(await purchase({ listingId: 1 })).toMatchObject({
      status: 201,
      body: {
        id: 1,
        status: 'Matched',
        webshopOrderId: 'bought-1',
        receiver: { email: 'buyer@example.com' },
      },
    });
    expect((await statuses()).listing).toBe('Matched');
  });

  test('takes the buyer and the webshop order of the request', async () => {
    await list();
    const details = { listingId: 1, customer: aBuyer(), webshopOrderId: 'W-7', webshopOrderItemId: '8' };
    expect((await purchase(details)).body).toMatchObject({
      webshopOrderId: 'W-7',
      webshopOrderItemId: '8',
      receiver: { email: 'bo@example.com' },
    });
  });

  test.each([
    ['cancelled', () => call('PUT', '/listings/cancel/1', {})],
    [
      'past its deadline',
      async () => {
        clock.now += 30 * 24 * 60 * 60 * 1000;
      },
    ],
    ['pending', () => call('PUT', '/listings/1', { status: 'Pending' })],
  ])('happens to a listing that is %s', async (_what, make) => {
    await list();
    await make();
    expect((await purchase({ listingId: 1 })).status).toBe(201);
    expect(await statuses()).toMatchObject({ listing: 'Matched', order: 'Matched' });
  });

  test('after a cancelled order is the order that the listing has from then on', async () => {
    await list();
    await buy();
    await label();
    await event('RETURN_DEADLINE_PASSED');
    expect((await purchase({ listingId: 1, webshopOrderId: 'W-9' })).body.id).toBe(2);
    expect((await call('GET', '/orders?listingId=1')).body.webshopOrderId).toBe('W-9');
    await event('COMPLETED');
    expect(await statuses()).toEqual(allStatuses('Completed'));
    expect((await call('GET', '/orders/1')).body.status).toBe('Cancelled');
  });

  test.each([
    ['Matched', async () => {}, 'Cancelled'],
    ['Labelled', () => event('LABELED'), 'Cancelled'],
    ['Shipped', () => event('SHIPPED'), 'Cancelled'],
    ['Completed', () => event('COMPLETED'), 'Completed'],
  ])(
    'happens to a listing with an order, and takes the place of that order: %s',
    async (_status, make, earlier) => {
      await list();
      await purchase({ listingId: 1 });
      await make();
      expect(await purchase({ listingId: 1, webshopOrderId: 'W-9' })).toMatchObject({ status: 201 });
      expect(await statuses()).toMatchObject({ listing: 'Matched', order: 'Matched' });
      expect((await call('GET', '/orders?listingId=1')).body.webshopOrderId).toBe('W-9');
      expect((await call('GET', '/orders/1')).body.status).toBe(earlier);
    },
  );

  test('takes the place of an order that awaits its payment', async () => {
    await list();
    await call('POST', '/orders/commit', anOrder());
    expect((await purchase({ listingId: 1 })).status).toBe(201);
    expect(await statuses()).toMatchObject({ listing: 'Matched', order: 'Matched' });
    expect((await call('POST', '/orders/finalize/1', { action: 'CONFIRM' })).status).toBe(400);
  });

  test('leaves nothing behind when the listing is deleted', async () => {
    await list();
    for (const eventType of ['LABELED', 'COMPLETED']) {
      await purchase({ listingId: 1 });
      await event(eventType);
    }
    await purchase({ listingId: 1 });
    await call('DELETE', '/listings/1');
    expect((await call('GET', '/orders')).body).toEqual([]);
    expect((await call('GET', '/shipments')).body).toEqual([]);
  });

  test('is of a banned buyer too, which IGF itself refuses', async () => {
    await list();
    await call('PUT', '/retailer', { bannedEmails: ['bo@example.com'] });
    expect((await call('POST', '/orders', anOrder())).status).toBe(400);
    expect((await purchase({ listingId: 1, customer: aBuyer() })).status).toBe(201);
  });

  test('is refused for an unknown listing, and with an unknown field', async () => {
    expect((await purchase({ listingId: 1 })).status).toBe(404);
    expect((await purchase({ listing: 1 })).body.message).toMatch(/listingId: is required/);
  });
});
