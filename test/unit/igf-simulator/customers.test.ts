import { aBuyer, aCustomer, aListing, anAddress, anOrder, aRegularReturn, aWarehouse, igf } from './igf.ts';

const { call, list, buy, label, statuses, event } = igf();

const shown = { id: 1, addressId: 1001, email: 'jan@example.com', lastName: 'de Vries', customerStatus: 1 };

describe('a customer', () => {
  beforeEach(() => list());

  test.each(['/customer/1', '/customer/email/jan@example.com', '/customer/email/JAN%40example.com'])(
    'is found at %s',
    async (path) => {
      expect(await call('GET', path)).toMatchObject({ status: 200, body: shown });
    },
  );

  test.each([
    ['GET', '/customer/7'],
    ['GET', '/customer/seven'],
    ['GET', '/customer/email/nobody@example.com'],
    ['PUT', '/customer/7'],
    ['DELETE', '/customer/7'],
  ])('that does not exist is answered 404 by %s %s', async (method, path) => {
    expect((await call(method, path)).status).toBe(404);
  });

  test('is changed wherever it is shown', async () => {
    const change = aCustomer({ lastName: 'Jansen', username: 'jan', phone: '1', language: 'nl' });
    expect(await call('PUT', '/customer/1', change)).toMatchObject({
      status: 200,
      body: { ...shown, lastName: 'Jansen', username: 'jan', phone: '1', language: 'nl' },
    });
    expect((await call('GET', '/listings/1')).body.sender.lastName).toBe('Jansen');
  });

  test('is the first of those with the same email', async () => {
    await list({ customer: aCustomer({ address: anAddress({ city: 'Utrecht' }) }) });
    expect((await call('GET', '/customer/email/jan@example.com')).body.id).toBe(1);
  });

  test('is known by its new address from then on', async () => {
    const address = anAddress({ city: 'Utrecht' });
    await call('PUT', '/customer/1', aCustomer({ address }));
    expect((await list({ customer: aCustomer({ address }) })).senderId).toBe(1);
    expect((await list()).senderId).toBe(2);
  });

  test.each(['email', 'lastName', 'address'])('is not changed without %s', async (field) => {
    expect(await call('PUT', '/customer/1', aCustomer({ [field]: undefined }))).toMatchObject({
      status: 400,
      body: { details: [{ path: field, message: 'is required' }] },
    });
  });

  test('is deleted when it takes part in nothing any more', async () => {
    expect((await call('DELETE', '/customer/1')).status).toBe(400);
    await call('DELETE', '/listings/1');
    expect((await call('DELETE', '/customer/1')).status).toBe(204);
    expect((await call('GET', '/customer/1')).status).toBe(404);
  });

  test.each([
    ['receives something', () => buy({ customer: aBuyer() })],
    [
      'returned something to the warehouse',
      async () => {
        await call('POST', '/warehouse', aWarehouse());
        await call('POST', '/returns', aRegularReturn({ customer: aBuyer() }));
      },
    ],
  ])('is not deleted while it %s', async (_what, make) => {
    await make();
    expect((await call('DELETE', '/customer/2')).status).toBe(400);
  });
});

describe('banning a customer', () => {
  const ban = (email: unknown) => call('POST', '/customer/ban', email);

  beforeEach(() => list());

  test('answers the customer, and puts the email on the list of the retailer once', async () => {
    expect(await ban('jan@example.com')).toMatchObject({ status: 200, body: shown });
    await ban('jan@example.com');
    expect((await call('GET', '/retailer')).body[0].bannedEmails).toEqual(['jan@example.com']);
  });

  test('takes a JSON string that is an email and nothing else', async () => {
    expect((await ban({ email: 'jan@example.com' })).status).toBe(400);
    expect((await ban('jan')).status).toBe(400);
    expect((await ban('nobody@example.com')).status).toBe(404);
  });

  test('ends what they send and what they receive', async () => {
    await list({ customer: aCustomer({ email: 'piet@example.com' }) });
    await list({ customer: aCustomer({ email: 'piet@example.com' }) });
    await buy();
    await label();
    await buy({ listingId: 2, customer: aCustomer() });
    await ban('jan@example.com');
    expect(await statuses()).toEqual({ listing: 'Cancelled', order: 'Cancelled', shipment: 'Cancelled' });
    expect((await call('GET', '/orders/1')).body.cancelReason).toBe('CUSTOMER_BANNED');
    expect((await call('GET', '/orders/2')).body).toMatchObject({
      status: 'Cancelled',
      cancelReason: 'CUSTOMER_BANNED',
    });
    expect((await call('GET', '/listings/3')).body.status).toBe('Available');
  });

  test('does not stop what is on its way', async () => {
    await buy();
    await label();
    await event('SHIPPED');
    await ban('jan@example.com');
    expect((await statuses()).listing).toBe('Shipped');
  });

  test('refuses them as sender and as receiver from then on', async () => {
    await ban('jan@example.com');
    const refused = { status: 400, body: { message: 'The customer is banned', details: 'CUSTOMER_BANNED' } };
    expect(
      await call('POST', '/listings', aListing({ customer: aCustomer({ email: 'Jan@example.com' }) })),
    ).toMatchObject(refused);
    await list({ customer: aBuyer() });
    expect(await call('POST', '/orders', anOrder({ listingId: 2, customer: aCustomer() }))).toMatchObject(
      refused,
    );
  });

  test('is taken back by the list of the retailer', async () => {
    await ban('jan@example.com');
    await call('PUT', '/retailer', { bannedEmails: [] });
    expect((await list()).id).toBe(2);
  });
});
