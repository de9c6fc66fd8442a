import { aBuyer, aCustomer, anAddress, anOrder, igf } from './igf.ts';

const { call, list, buy, label, statuses, event, clock } = igf();

describe('buying a listing', () => {
  test('answers 201 with the order as the document shows it', async () => {
    await list({ productId: '7984' });
    clock.now = Date.parse('2025-03-02T10:00:00Z');
    const { status, body } = await call('POST', '/orders', anOrder({ webshopOrderItemId: '43384' }));
    expect(status).toBe(201);
    expect(body).toEqual({
      id: 1,
      listingId: 1,
      sku: '381189-L',
      productId: '7984',
      orderDate: '2025-03-02T10:00:00.000Z',
      returnDeadline: '2025-03-09T10:00:00.000Z',
      status: 'Matched',
      createdAt: '2025-03-02T10:00:00.000Z',
      updatedAt: '2025-03-02T10:00:00.000Z',
      webshopOrderId: 'W-2',
      webshopOrderItemId: '43384',
      cancelReason: null,
      listingWebshopOrderId: '000000549',
      receiverId: 2,
      senderId: 1,
      sender: expect.objectContaining({ id: 1, email: 'jan@example.com' }),
      receiver: expect.objectContaining({ id: 2, email: 'bo@example.com' }),
    });
  });

  test('gives the listing its receiver and takes it out of what is available', async () => {
    const before = await list();
    clock.now += 60_000;
    const { receiver } = await buy();
    expect((await call('GET', '/listings/1')).body).toEqual({
      ...before,
      status: 'Matched',
      receiverId: receiver.id,
      receiver,
      updatedAt: new Date(clock.now).toISOString(),
    });
    expect((await call('GET', '/listings')).body).toEqual([]);
  });

  test.each(['customer', 'Customer'])('takes the buyer under the key %s', async (key) => {
    await list();
    const { status, body } = await call('POST', '/orders', { listingId: 1, [key]: aBuyer() });
    expect(status).toBe(201);
    expect(body.receiver.email).toBe('bo@example.com');
  });

  test('takes a known customer for the receiver, and a new one when the address is another', async () => {
    await list();
    await list();
    expect((await buy({ customer: aCustomer() })).receiverId).toBe(1);
    expect(
      (await buy({ listingId: 2, customer: aCustomer({ address: anAddress({ houseNr: '1' }) }) })).receiverId,
    ).toBe(2);
  });

  test('starts a hand-in period as long as the retailer says', async () => {
    await call('PUT', '/retailer', { handinPeriod: 2 });
    await list();
    expect(await buy()).toMatchObject({
      orderDate: '2025-03-01T10:00:00.000Z',
      returnDeadline: '2025-03-03T10:00:00.000Z',
    });
  });

  test.each([
    ['bought', () => buy()],
    ['waiting for a payment', () => call('POST', '/orders/commit', anOrder())],
    ['pending', () => call('PUT', '/listings/1', { status: 'Pending' })],
    ['cancelled', () => call('PUT', '/listings/cancel/1', {})],
  ])('is refused when the listing is %s', async (_what, make) => {
    await list();
    await make();
    const orders = (await call('GET', '/orders')).body.length;
    const { status, body } = await call(
      'POST',
      '/orders',
      anOrder({ customer: aBuyer({ email: 'late@example.com' }) }),
    );
    expect(status).toBe(400);
    expect(body.message).toMatch(/^The listing is not Available but /);
    expect(body.details).toEqual([{ path: 'listingId', message: expect.stringMatching(/^(has order|is) /) }]);
    expect((await call('GET', '/orders')).body).toHaveLength(orders);
    expect((await call('GET', '/customer/email/late@example.com')).status).toBe(404);
  });

  test('answers 404 when there is no such listing', async () => {
    expect((await call('POST', '/orders', anOrder({ listingId: 7 }))).status).toBe(404);
  });

  test.each([
    ['listingId', { listingId: '1' }],
    ['carrierName', { carrierName: 'UPS' }],
    ['customer', { customer: undefined }],
    ['customer.email', { Customer: aCustomer({ email: 'nobody' }), customer: undefined }],
  ])('names %s when it is not as documented', async (path, change) => {
    await list();
    expect(await call('POST', '/orders', anOrder(change))).toMatchObject({
      status: 400,
      body: { details: [{ path }] },
    });
  });

  test.each([undefined, null, 'text', []])('answers 400 to the body %j', async (body) => {
    expect(await call('POST', '/orders', body)).toMatchObject({
      status: 400,
      body: { details: [{ path: 'body' }] },
    });
  });

  test('leaves the status of the listing to its order from then on', async () => {
    await list();
    await buy();
    expect((await call('PUT', '/listings/1', { status: 'Available' })).status).toBe(400);
    expect((await call('PUT', '/listings/1', { originalPrice: 5 })).body).toMatchObject({
      status: 'Matched',
      originalPrice: 5,
    });
  });
});

describe('finding orders', () => {
  const idsOf = async (path: string) => (await call('GET', path)).body.map(({ id }: { id: number }) => id);

  beforeEach(async () => {
    await list({ sku: 'a', productId: '10' });
    await list({ sku: 'b', productId: '20', customer: aCustomer({ email: 'piet@example.com' }) });
    await buy();
    await buy({ listingId: 2, customer: aBuyer({ email: 'bea@example.com' }), webshopOrderId: undefined });
  });

  test.each([
    ['/orders', [1, 2]],
    ['/orders/sku/b', [2]],
    ['/orders/sku/c', []],
    ['/orders/receiver/3', [1]],
    ['/orders/receiver/1', []],
    ['/orders/sender/2', [2]],
    ['/orders/product/20', [2]],
  ])('GET %s answers %j', async (path, ids) => {
    expect(await idsOf(path)).toEqual(ids);
  });

  test('answers the order of a listing itself, and an empty list when it has none', async () => {
    expect((await call('GET', '/orders?listingId=2')).body).toEqual((await call('GET', '/orders/2')).body);
    expect(await call('GET', '/orders?listingId=7')).toMatchObject({ status: 200, body: [] });
  });

  test('answers only three fields with options=ordersDetails', async () => {
    expect((await call('GET', '/orders?options=ordersDetails')).body).toEqual([
      { sku: 'a', webshopOrderId: 'W-2', listingWebshopOrderId: '000000549' },
      { sku: 'b', listingWebshopOrderId: '000000549' },
    ]);
    expect((await call('GET', '/orders?options=all')).status).toBe(400);
  });

  test.each([
    '/orders/product/20-L',
    '/orders/receiver/x',
    '/orders/sender/x',
    '/orders/x',
    '/orders?listingId=x',
  ])('answers 400 to GET %s', async (path) => {
    expect((await call('GET', path)).status).toBe(400);
  });
});

describe('deleting an order', () => {
  test('makes the listing of one that is only matched available again', async () => {
    await list();
    await buy();
    expect((await call('DELETE', '/orders/1')).status).toBe(204);
    expect((await call('GET', '/listings')).body).toMatchObject([{ id: 1 }]);
  });

  test('deletes its shipment too and makes the listing available again', async () => {
    await list();
    await buy();
    await label();
    expect((await call('DELETE', '/orders/1')).status).toBe(204);
    expect((await call('GET', '/orders/1')).status).toBe(404);
    expect((await call('GET', '/shipments')).body).toEqual([]);
    expect((await call('GET', '/listings')).body).toMatchObject([{ id: 1 }]);
  });

  test('leaves the listing of a cancelled order cancelled', async () => {
    await list();
    await buy();
    await call('PUT', '/listings/cancel/1', {});
    expect((await call('DELETE', '/orders/1')).status).toBe(204);
    expect(await statuses()).toEqual({ listing: 'Cancelled', order: undefined, shipment: undefined });
  });

  test.each(['SHIPPED', 'COMPLETED'])('is refused after %s', async (eventType) => {
    await list();
    await buy();
    await label();
    await event(eventType);
    expect((await call('DELETE', '/orders/1')).status).toBe(400);
    expect((await call('GET', '/orders/1')).status).toBe(200);
  });

  test('happens to the order and shipment of a deleted listing', async () => {
    await list();
    await buy();
    await label();
    await call('DELETE', '/listings/1');
    expect((await call('GET', '/orders')).body).toEqual([]);
    expect((await call('GET', '/shipments')).body).toEqual([]);
  });
});
