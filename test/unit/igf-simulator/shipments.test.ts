import { aWarehouse, igf } from './igf.ts';

const { call, control, list, buy, label, statuses, event, clock } = igf();

beforeEach(async () => {
  await list();
  await buy();
});

describe('creating a shipment', () => {
  test('answers 201 with a printable label, base64', async () => {
    const { status, body } = await call('POST', '/shipments', { orderId: 1 });
    expect(status).toBe(201);
    expect(body).toEqual({
      id: 1,
      status: 'Labelled - when label is generated',
      orderId: 1,
      createdAt: '2025-03-01T10:00:00.000Z',
      updatedAt: '2025-03-01T10:00:00.000Z',
      label: expect.stringMatching(/^[\w+/]+=*$/),
      carrierName: 'PostNL',
      labelType: 'QR',
    });
    expect(Buffer.from(body.label, 'base64').toString()).toContain('3SDEVC676401291');
  });

  test('shows from then on what the carrier scans, with the order and the first warehouse', async () => {
    const { body: warehouse } = await call('POST', '/warehouse', aWarehouse());
    await call('POST', '/warehouse', aWarehouse({ name: 'The second' }));
    await label();
    expect((await call('GET', '/shipments/1')).body).toEqual({
      id: 1,
      status: 'Labelled - when label is generated',
      orderId: 1,
      createdAt: '2025-03-01T10:00:00.000Z',
      updatedAt: '2025-03-01T10:00:00.000Z',
      label: '3SDEVC676401291',
      carrierName: 'PostNL',
      warehouseId: 1,
      labelType: 'QR',
      warehouse,
      order: (await call('GET', '/orders/1')).body,
    });
  });

  test('labels order and listing too', async () => {
    clock.now += 60_000;
    await label();
    expect(await statuses()).toEqual({ listing: 'Labelled', order: 'Labelled', shipment: 'Labelled' });
    const updatedAt = new Date(clock.now).toISOString();
    expect((await call('GET', '/listings/1')).body).toMatchObject({ updatedAt });
    expect((await call('GET', '/orders/1')).body).toMatchObject({ updatedAt });
  });

  test('goes with the carrier of the order, else with that of the first contract', async () => {
    await list();
    await list();
    for (const name of ['TestCarrier', 'PostNL'])
      await call('POST', '/carrier-contracts', { name, data: {} });
    await buy({ listingId: 2 });
    await buy({ listingId: 3, carrierName: 'DHL_eCommerce_Benelux' });
    expect(await label(2)).toMatchObject({ carrierName: 'TestCarrier' });
    expect(await label(3)).toMatchObject({ carrierName: 'DHL_eCommerce_Benelux' });
  });

  test('is refused a second time, for a cancelled order, and for an unknown one', async () => {
    await label();
    expect(await call('POST', '/shipments', { orderId: 1 })).toMatchObject({
      status: 400,
      body: { message: 'The order is Labelled' },
    });
    await list();
    await buy({ listingId: 2 });
    await call('PUT', '/listings/cancel/2', {});
    expect((await call('POST', '/shipments', { orderId: 2 })).status).toBe(400);
    expect((await call('POST', '/shipments', { orderId: 7 })).status).toBe(404);
    expect(await call('POST', '/shipments', {})).toMatchObject({
      status: 400,
      body: { details: [{ path: 'orderId' }] },
    });
    expect((await call('GET', '/shipments')).body).toHaveLength(1);
  });
});

describe('finding shipments', () => {
  beforeEach(async () => {
    await list();
    await list();
    await buy({ listingId: 3 });
    await label(2);
    await label(1);
  });

  test('shows all as a list, and the one of an order or a listing by itself', async () => {
    const ids = (await call('GET', '/shipments')).body.map(({ orderId }: { orderId: number }) => orderId);
    expect(ids).toEqual([2, 1]);
    expect((await call('GET', '/shipments?orderId=2')).body).toMatchObject({ id: 1 });
    expect((await call('GET', '/shipments?listingId=3')).body).toMatchObject({ id: 1 });
    expect((await call('GET', '/shipments?listingId=1')).body).toMatchObject({ id: 2 });
  });

  test('answers an empty list when the order or listing has none', async () => {
    expect(await call('GET', '/shipments?orderId=7')).toMatchObject({ status: 200, body: [] });
    expect(await call('GET', '/shipments?listingId=2')).toMatchObject({ status: 200, body: [] });
  });

  test('takes only one of the two', async () => {
    expect((await call('GET', '/shipments?orderId=1&listingId=1')).status).toBe(400);
  });

  test.each(['/shipments/7', '/shipments/x'])('answers 404 to GET %s, whose id is a string', async (path) => {
    expect((await call('GET', path)).status).toBe(404);
  });
});

describe('setting a shipment to delivered', () => {
  test.each([
    ['Labelled', async () => {}],
    ['Shipped', () => event('SHIPPED')],
  ])('completes listing, order and shipment (from %s)', async (_from, make) => {
    await label();
    await make();
    expect((await call('PUT', '/shipments/1/delivered')).body).toMatchObject({
      status: 'Completed - when it was delivered',
      order: { status: 'Completed' },
    });
    expect(await statuses()).toEqual({ listing: 'Completed', order: 'Completed', shipment: 'Completed' });
  });

  test('changes nothing the second time', async () => {
    await label();
    const { body: first } = await call('PUT', '/shipments/1/delivered');
    clock.now += 60_000;
    expect(await call('PUT', '/shipments/1/delivered')).toMatchObject({ status: 200, body: first });
  });

  test('is refused for what was cancelled, and for what does not exist', async () => {
    await label();
    await call('PUT', '/listings/cancel/1', {});
    expect((await call('PUT', '/shipments/1/delivered')).status).toBe(400);
    expect((await call('PUT', '/shipments/7/delivered')).status).toBe(404);
    expect((await statuses()).listing).toBe('Cancelled');
  });
});

describe('feedback', () => {
  test.each([0, 1, 2])('can be %s', async (feedback) => {
    const before = await label();
    clock.now += 60_000;
    const { status, body } = await call('PUT', '/shipments/1/feedback', { feedback });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: 1,
      status: before.status,
      updatedAt: new Date(clock.now).toISOString(),
    });
  });

  test.each([-1, 3, 1.5, '1', undefined])('can not be %j', async (feedback) => {
    await label();
    expect(await call('PUT', '/shipments/1/feedback', { feedback })).toMatchObject({
      status: 400,
      body: { details: [{ path: 'feedback' }] },
    });
  });
});

describe('deleting a shipment', () => {
  test('leaves listing and order matched, so that it can be created again', async () => {
    await label();
    expect((await call('DELETE', '/shipments/1')).status).toBe(204);
    expect(await statuses()).toEqual({ listing: 'Matched', order: 'Matched', shipment: undefined });
    expect(await label()).toMatchObject({ id: 2 });
  });

  test('leaves what was cancelled cancelled', async () => {
    await label();
    await call('PUT', '/listings/cancel/1', {});
    await call('DELETE', '/shipments/1');
    expect(await statuses()).toEqual({ listing: 'Cancelled', order: 'Cancelled', shipment: undefined });
  });

  test.each(['SHIPPED', 'COMPLETED'])('is refused after %s', async (eventType) => {
    await label();
    await event(eventType);
    expect((await call('DELETE', '/shipments/1')).status).toBe(400);
    expect((await call('GET', '/shipments/1')).status).toBe(200);
  });
});

describe('cancelling a listing that was ordered', () => {
  const cancel = (cancelReason?: string) => call('PUT', '/listings/cancel/1', { cancelReason });

  test('cancels order and shipment too', async () => {
    await label();
    clock.now += 60_000;
    expect((await cancel('USER_CANCELLED')).status).toBe(200);
    expect(await statuses()).toEqual({ listing: 'Cancelled', order: 'Cancelled', shipment: 'Cancelled' });
    const updatedAt = new Date(clock.now).toISOString();
    expect((await call('GET', '/shipments/1')).body).toMatchObject({ updatedAt, order: { updatedAt } });
  });

  test.each([
    ['NOT_DELIVERED_BY_CARRIER', 'NOT_DELIVERED_BY_CARRIER'],
    ['CUSTOMER_BANNED', 'CUSTOMER_BANNED'],
    ['RETURN_DEADLINE_PASSED', 'RETURN_DEADLINE_PASSED'],
    ['MATCHING_PERIOD_PASSED', null],
    ['USER_CANCELLED', null],
    [undefined, null],
  ])(
    'for the reason %s gives the order the reason %s, since an order knows three reasons only',
    async (reason, orderReason) => {
      await cancel(reason);
      expect((await call('GET', '/orders/1')).body.cancelReason).toBe(orderReason);
    },
  );

  test.each(['SHIPPED', 'COMPLETED'])('is refused after %s', async (eventType) => {
    await label();
    await event(eventType);
    const before = await statuses();
    expect(await cancel('USER_CANCELLED')).toMatchObject({
      status: 400,
      body: { message: expect.stringMatching(/^The listing can not be cancelled anymore/) },
    });
    expect(await statuses()).toEqual(before);
  });
});

describe('enum texts', () => {
  const texts = async () => {
    const { status, order } = (await call('GET', '/shipments/1')).body;
    return [status, order.status, order.cancelReason];
  };

  test('carry their descriptions in shipments only, as in the samples of the document', async () => {
    await label();
    await control('POST', '/cancellations', { listingId: 1, cancelReason: 'NOT_DELIVERED_BY_CARRIER' });
    expect(await texts()).toEqual([
      'Cancelled - when it was canceled, or the return deadline has passed',
      'Cancelled',
      'NOT_DELIVERED_BY_CARRIER',
    ]);
  });

  test('carry them everywhere, or nowhere, by a setting', async () => {
    await label();
    await control('POST', '/cancellations', { listingId: 1, cancelReason: 'NOT_DELIVERED_BY_CARRIER' });
    expect(await control('POST', '/settings', { enumDescriptions: true })).toMatchObject({ status: 200 });
    expect(await texts()).toEqual([
      'Cancelled - when it was canceled, or the return deadline has passed',
      'Cancelled - When the order is cancelled',
      'NOT_DELIVERED_BY_CARRIER - When the carrier does not deliver the order',
    ]);
    await control('POST', '/settings', { enumDescriptions: false });
    expect(await texts()).toEqual(['Cancelled', 'Cancelled', 'NOT_DELIVERED_BY_CARRIER']);
    await control('POST', '/settings', {});
    expect((await texts())[0]).toMatch(/^Cancelled - /);
  });

  test.each([
    ['lower', ['cancelled - when it was canceled, or the return deadline has passed', 'cancelled']],
    ['upper', ['CANCELLED - when it was canceled, or the return deadline has passed', 'CANCELLED']],
    ['american', ['Canceled - when it was canceled, or the return deadline has passed', 'Canceled']],
  ])('are written otherwise by the setting words: %s', async (words, [shipment, other]) => {
    await label();
    await control('POST', '/cancellations', { listingId: 1, cancelReason: 'NOT_DELIVERED_BY_CARRIER' });
    await control('POST', '/settings', { words });
    expect((await texts()).slice(0, 2)).toEqual([shipment, other]);
    expect((await texts())[2]).toMatch(/^not_delivered_by_carrier$/i);
    expect((await call('GET', '/listings/1')).body.status).toBe(other);
  });

  test('can not be set otherwise', async () => {
    expect((await control('POST', '/settings', { enumDescriptions: 'yes' })).status).toBe(400);
    expect((await control('POST', '/settings', { enumDescription: true })).body.message).toMatch(
      /Unrecognized key/,
    );
  });
});

test('a label can be a picture of any size, in answers and webhooks', async () => {
  await control('POST', '/settings', { labelPicture: 300_000 });
  expect((await event('LABELED')).body.shipment.label).toHaveLength(300_000);
  await control('POST', '/settings', {});
  expect((await call('GET', '/shipments/1')).body.label).toBe('3SDEVC676401291');
});
