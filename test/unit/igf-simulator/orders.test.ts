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

describe('committing an order before the payment', () => {
  const commit = async () => (await call('POST', '/orders/commit', anOrder())).body;
  const finalize = (action: string, id = 1) => call('POST', `/orders/finalize/${id}`, { action });

  test('holds the listing as Pending for its receiver, and can not be labelled', async () => {
    await list();
    expect(await commit()).toMatchObject({ id: 1, status: 'Matched', receiverId: 2 });
    expect((await call('GET', '/listings/1')).body).toMatchObject({ status: 'Pending', receiverId: 2 });
    expect((await call('POST', '/shipments', { orderId: 1 })).status).toBe(400);
  });

  test('matches the listing once it is confirmed', async () => {
    await list();
    const committed = await commit();
    clock.now += 60_000;
    const { status, body } = await finalize('CONFIRM');
    expect(status).toBe(200);
    expect(body).toEqual({ ...committed, updatedAt: new Date(clock.now).toISOString() });
    expect(await statuses()).toMatchObject({ listing: 'Matched', order: 'Matched' });
    expect((await call('POST', '/shipments', { orderId: 1 })).status).toBe(201);
  });

  test('makes the listing available again and deletes order and receiver when it is rejected', async () => {
    const before = await list();
    await commit();
    clock.now += 60_000;
    const { status, body } = await finalize('REJECT');
    expect(status).toBe(200);
    expect(body).toMatchObject({ id: 1, status: 'Cancelled', receiver: { email: 'bo@example.com' } });

    expect((await call('GET', '/listings')).body).toEqual([
      { ...before, updatedAt: new Date(clock.now).toISOString() },
    ]);
    expect((await call('GET', '/orders/1')).status).toBe(404);
    expect((await call('GET', '/customer/2')).status).toBe(404);
    expect((await buy()).id).toBe(2);
  });

  test('keeps a rejected receiver who takes part in something else', async () => {
    await list();
    await list({ customer: aBuyer() });
    await commit();
    await finalize('REJECT');
    expect((await call('GET', '/customer/2')).status).toBe(200);
  });

  test.each(['CONFIRM', 'REJECT'])('does not %s an order that awaits no payment any more', async (action) => {
    await list();
    await commit();
    await finalize('CONFIRM');
    expect((await finalize(action)).status).toBe(400);
    expect(await statuses()).toMatchObject({ listing: 'Matched', order: 'Matched' });
  });

  test('is not confirmed after its listing was cancelled', async () => {
    await list();
    await commit();
    await call('PUT', '/listings/cancel/1', {});
    expect((await finalize('CONFIRM')).status).toBe(400);
    expect((await call('GET', '/listings/1')).body.status).toBe('Cancelled');
  });

  test('answers 404 to an unknown order and 400 to an unknown action', async () => {
    await list();
    await commit();
    expect((await finalize('CONFIRM', 7)).status).toBe(404);
    expect(await finalize('MAYBE')).toMatchObject({ status: 400, body: { details: [{ path: 'action' }] } });
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
