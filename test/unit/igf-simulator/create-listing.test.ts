import { aCustomer, aListing, anAddress, igf } from './igf.ts';

const { call, list, clock } = igf();

describe('creating a listing', () => {
  test('answers 201 with the listing as the document shows it', async () => {
    clock.now = Date.parse('2025-03-01T10:00:00Z');
    const customer = aCustomer({ firstName: 'Jan', phone: '+31612345678', language: 'nl' });

    const { status, body } = await call(
      'POST',
      '/listings',
      aListing({ returnReasonComment: 'Too wide', quantity: 1, maxQuantity: 2, customer }),
    );

    expect(status).toBe(201);
    expect(body).toEqual({
      id: 1,
      sku: '381189-L',
      productId: '381189',
      senderId: 1,
      discountPercentage: 10,
      discountValue: 27,
      discountCurrency: 'EUR',
      carbonEmissionSavingPercentage: 5,
      carbonEmissionSavingKilograms: 2,
      matchingDeadline: '2025-03-15T10:00:00.000Z',
      status: 'Available',
      createdAt: '2025-03-01T10:00:00.000Z',
      updatedAt: '2025-03-01T10:00:00.000Z',
      originalPrice: 270,
      kilometersSaved: 10,
      returnReason: 'too_big',
      returnReasonComment: 'Too wide',
      sender: {
        id: 1,
        addressId: 1001,
        email: 'jan@example.com',
        firstName: 'Jan',
        lastName: 'de Vries',
        phone: '+31612345678',
        language: 'nl',
        customerStatus: 1,
      },
    });
  });

  test('counts the ids up from 1', async () => {
    expect([(await list()).id, (await list()).id, (await list()).id]).toEqual([1, 2, 3]);
  });

  test('never shows the webshop order of a listing', async () => {
    await list({ listingWebshopOrderId: 'a-secret-order' });
    for (const path of ['/listings', '/listings/all', '/listings/1', '/listings/sku/381189-L']) {
      expect(JSON.stringify((await call('GET', path)).body)).not.toContain('a-secret-order');
    }
  });

  test('takes the same email and address for the same customer', async () => {
    await list({ customer: aCustomer() });
    expect((await list({ customer: aCustomer({ lastName: 'Jansen' }) })).sender).toMatchObject({
      id: 1,
      lastName: 'de Vries',
    });
  });

  test.each([
    ['email', { email: 'piet@example.com' }],
    ['street', { address: anAddress({ street: 'Herengracht' }) }],
    ['house number', { address: anAddress({ houseNr: '12b' }) }],
    ['city', { address: anAddress({ city: 'Utrecht' }) }],
    ['postal code', { address: anAddress({ postalCode: '1016 AA' }) }],
    ['country', { address: anAddress({ country: 'BE' }) }],
  ])('takes another %s for another customer', async (_what, change) => {
    await list();
    expect((await list({ customer: aCustomer(change) })).senderId).toBe(2);
  });

  test.each(['sku', 'productId', 'listingWebshopOrderId', 'returnReason', 'originalPrice', 'customer'])(
    'refuses a listing without %s',
    async (field) => {
      expect(await call('POST', '/listings', aListing({ [field]: undefined }))).toMatchObject({
        status: 400,
        body: {
          errorCode: 'E1000',
          message: 'Validation Error has occurred',
          details: [{ path: field, message: 'is required' }],
        },
      });
    },
  );

  test.each([
    ['customer.email', { customer: aCustomer({ email: undefined }) }],
    ['customer.lastName', { customer: aCustomer({ lastName: undefined }) }],
    ['customer.address', { customer: aCustomer({ address: undefined }) }],
    ['customer.address.houseNr', { customer: aCustomer({ address: anAddress({ houseNr: undefined }) }) }],
    ['customer.address.country', { customer: aCustomer({ address: anAddress({ country: 'Nederland' }) }) }],
    ['customer.email', { customer: aCustomer({ email: 'nobody' }) }],
    ['returnReason', { returnReason: 'Te groot' }],
    ['originalPrice', { originalPrice: '270' }],
    ['quantity', { quantity: 1.5 }],
    ['quantity', { quantity: 2, maxQuantity: 2 }],
    ['maxQuantity', { maxQuantity: 0 }],
    ['sku', { sku: '' }],
    ['productId', { productId: 381189 }],
    ['returnReasonComment', { returnReasonComment: null }],
  ])('names %s when it is not as documented', async (path, change) => {
    const { status, body } = await call('POST', '/listings', aListing(change));
    expect(status).toBe(400);
    expect(body.details.map((problem: { path: string }) => problem.path)).toEqual([path]);
  });

  test('stores nothing of a refused request', async () => {
    await call('POST', '/listings', aListing({ returnReason: 'Te groot' }));
    expect((await call('GET', '/listings/all')).body).toEqual([]);
    expect((await list()).id).toBe(1);
  });

  test('names the fault when there is no body', async () => {
    expect(await call('POST', '/listings')).toMatchObject({
      status: 400,
      body: { details: [{ path: 'body', message: 'is required' }] },
    });
  });
});
