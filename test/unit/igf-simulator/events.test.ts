import { until } from '../../support/eventually.ts';
import { aBuyer, anOrder, igf } from './igf.ts';
import { inbox } from './inbox.ts';

const { call, control, list, buy, label, event, statuses, sent, clock } = igf();
const { received, url } = inbox();

const subscribe = (eventType: string) => call('POST', '/webhooks', { eventType, url: url(eventType) });
const all = (status: string) => ({ listing: status, order: status, shipment: status });
const sentOf = async (eventType: string) => (await sent()).filter((each) => each.eventType === eventType);

describe('an event on demand', () => {
  test.each(['ADD_LISTING', 'UPDATE_LISTING'])('%s sends the listing as it is', async (eventType) => {
    const listing = await list();
    await subscribe(eventType);
    expect(await event(eventType)).toMatchObject({ status: 200, body: { listing } });
    expect(await sentOf(eventType)).toMatchObject([{ body: listing }]);
    expect((await call('GET', '/listings/1')).body).toEqual(listing);
  });

  test('LABELED makes a label where there is none', async () => {
    await list();
    await buy();
    await subscribe('LABELED');
    expect((await event('LABELED')).body).toMatchObject({ shipment: { id: 1, label: '3SDEVC676401291' } });
    await event('LABELED');
    expect(await statuses()).toEqual(all('Labelled'));
    expect(await sentOf('LABELED')).toMatchObject([{ body: { id: 1 } }, { body: { id: 1 } }]);
  });

  test.each([
    ['SHIPPED', 'Shipped'],
    ['COMPLETED', 'Completed'],
  ])('%s moves listing, order and shipment to %s', async (eventType, status) => {
    await subscribe(eventType);
    await list();
    await buy();
    await label();
    clock.now += 60_000;
    await event(eventType);
    expect(await statuses()).toEqual(all(status));
    const updatedAt = new Date(clock.now).toISOString();
    expect(await sentOf(eventType)).toMatchObject([{ body: { updatedAt, order: { status, updatedAt } } }]);
  });

  test('SHIPPED for the second time sends the same again', async () => {
    await subscribe('SHIPPED');
    await list();
    await buy();
    await label();
    await event('SHIPPED');
    clock.now += 60_000;
    await event('SHIPPED');
    const [first, second] = await sentOf('SHIPPED');
    expect(second?.body).toEqual(first?.body);
  });

  test('SHIPPED after COMPLETED sends what is, and changes nothing', async () => {
    await subscribe('SHIPPED');
    await list();
    await buy();
    await label();
    await event('COMPLETED');
    await event('SHIPPED');
    expect(await statuses()).toEqual(all('Completed'));
    expect(await sentOf('SHIPPED')).toMatchObject([
      { body: { status: 'Completed - when it was delivered' } },
    ]);
  });

  test('SHIPPED can come after all, when the order was cancelled for its deadline', async () => {
    await list();
    await buy();
    await label();
    await event('RETURN_DEADLINE_PASSED');
    expect(await statuses()).toEqual(all('Cancelled'));
    await event('SHIPPED');
    expect(await statuses()).toEqual(all('Shipped'));
    expect((await call('GET', '/orders/1')).body.cancelReason).toBe('RETURN_DEADLINE_PASSED');
    await event('COMPLETED');
    expect(await statuses()).toEqual(all('Completed'));
  });

  test.each([
    ['SHIPPED', 'Shipped'],
    ['COMPLETED', 'Completed'],
    ['REFUND', 'Labelled'],
  ])('%s happens to what has no label yet, without a LABELED', async (eventType, status) => {
    for (const each of ['LABELED', eventType]) await subscribe(each);
    await list();
    await buy();
    await event(eventType);
    expect(await statuses()).toEqual(all(status));
    expect((await sent()).map((webhook) => webhook.eventType)).toEqual([eventType]);
  });

  test.each(['LABELED', 'SHIPPED', 'COMPLETED', 'REFUND'])(
    '%s happens although the order was cancelled before it had a label',
    async (eventType) => {
      await subscribe(eventType);
      await list();
      await buy();
      await call('PUT', '/listings/cancel/1', {});
      expect((await event(eventType)).status).toBe(200);
      expect(await sentOf(eventType)).toHaveLength(1);
    },
  );

  test('RETURN_CANCELED cancels everything, once', async () => {
    await subscribe('RETURN_CANCELED');
    await list();
    await buy();
    await label();
    await event('RETURN_CANCELED');
    await event('RETURN_CANCELED');
    expect(await statuses()).toEqual(all('Cancelled'));
    expect(await sentOf('RETURN_CANCELED')).toMatchObject([
      { body: { status: 'Cancelled', receiverId: 2 } },
      { body: { status: 'Cancelled', receiverId: 2 } },
    ]);
  });

  test('RETURN_DEADLINE_PASSED sends the order with its reason', async () => {
    await subscribe('RETURN_DEADLINE_PASSED');
    await list();
    await buy();
    await event('RETURN_DEADLINE_PASSED');
    expect(await sentOf('RETURN_DEADLINE_PASSED')).toMatchObject([
      { body: { id: 1, status: 'Cancelled', cancelReason: 'RETURN_DEADLINE_PASSED', webshopOrderId: 'W-2' } },
    ]);
  });

  test('REFUND sends the shipments of one listing or of several, and changes nothing', async () => {
    await subscribe('REFUND');
    for (const id of [1, 2]) {
      await list();
      await buy({ listingId: id });
      await label(id);
    }
    await event('REFUND', 2);
    await event('REFUND', [1, 2]);
    expect((await sentOf('REFUND')).map(({ body }) => body)).toMatchObject([
      [{ id: 2 }],
      [{ id: 1 }, { id: 2 }],
    ]);
    expect(await statuses()).toEqual(all('Labelled'));
  });

  test.each([
    ['LABELED', all('Labelled')],
    ['SHIPPED', all('Shipped')],
    ['COMPLETED', all('Completed')],
    ['REFUND', all('Labelled')],
    ['RETURN_DEADLINE_PASSED', { listing: 'Cancelled', order: 'Cancelled', shipment: undefined }],
  ])(
    '%s makes up the order of what nobody bought, and sends only its own webhook',
    async (eventType, after) => {
      for (const each of ['UPDATE_LISTING', 'LABELED', eventType]) await subscribe(each);
      await list();
      expect(await event(eventType)).toMatchObject({
        status: 200,
        body: { order: { webshopOrderId: 'bought-1', receiver: { email: 'buyer@example.com' } } },
      });
      expect(await statuses()).toEqual(after);
      expect((await sent()).map((webhook) => webhook.eventType)).toEqual([eventType]);
    },
  );

  test.each(['LABELED', 'SHIPPED', 'COMPLETED', 'REFUND'])(
    '%s happens to a listing that was cancelled, or whose deadline passed, before anybody bought it',
    async (eventType) => {
      await subscribe(eventType);
      await list();
      await call('PUT', '/listings/cancel/1', {});
      await list();
      clock.now += 30 * 24 * 60 * 60 * 1000;
      for (const listingId of [1, 2]) expect((await event(eventType, listingId)).status).toBe(200);
      expect(await sentOf(eventType)).toHaveLength(2);
    },
  );

  test.each(['RETURN_CANCELED', 'RETURN_DEADLINE_PASSED'])(
    '%s happens also once shipped, which IGF itself refuses',
    async (eventType) => {
      await subscribe(eventType);
      await list();
      await buy();
      await label();
      await event('SHIPPED');
      expect((await call('PUT', '/listings/cancel/1', {})).status).toBe(400);
      expect((await event(eventType)).status).toBe(200);
      expect(await statuses()).toEqual(all('Cancelled'));
      expect(await sentOf(eventType)).toHaveLength(1);
    },
  );

  test('every event happens after every other', async () => {
    const types = ['LABELED', 'SHIPPED', 'COMPLETED', 'REFUND', 'RETURN_CANCELED', 'RETURN_DEADLINE_PASSED'];
    for (const each of types) await subscribe(each);
    const pairs = types.flatMap((first) => types.map((second) => [first, second]));
    for (const [index, pair] of pairs.entries()) {
      await list();
      for (const each of pair) expect((await event(each, index + 1)).status).toBe(200);
    }
    expect((await sent()).map((webhook) => webhook.eventType)).toEqual(pairs.flat());
  });

  test('is refused for unknown listings, unknown events, and several listings without REFUND', async () => {
    await list();
    await list();
    expect((await event('SHIPPED', 7)).status).toBe(404);
    expect((await event('SOLD')).body.message).toMatch(/^eventType: /);
    expect((await event('UPDATE_LISTING', [1, 2])).body.message).toBe(
      'body: several listings can only be of a REFUND',
    );
  });
});

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
    expect(await statuses()).toEqual(all('Completed'));
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

describe('a cancellation without a webhook', () => {
  const end = (cancelReason: string) => control('POST', '/cancellations', { listingId: 1, cancelReason });

  beforeEach(async () => {
    await list();
    for (const eventType of ['UPDATE_LISTING', 'RETURN_CANCELED', 'RETURN_DEADLINE_PASSED'])
      await subscribe(eventType);
  });

  test.each([
    ['LABELED', 'Labelled'],
    ['SHIPPED', 'Shipped'],
  ])('happens to a shipment that is lost after %s', async (eventType, status) => {
    await buy();
    await label();
    await event(eventType);
    expect(await statuses()).toEqual(all(status));
    const before = await sent();
    expect((await end('NOT_DELIVERED_BY_CARRIER')).body).toMatchObject({
      order: { status: 'Cancelled', cancelReason: 'NOT_DELIVERED_BY_CARRIER' },
    });
    expect(await statuses()).toEqual(all('Cancelled'));
    expect(await sent()).toHaveLength(before.length);
  });

  test('is refused for the loss of a shipment that no carrier has', async () => {
    await buy();
    expect((await end('NOT_DELIVERED_BY_CARRIER')).status).toBe(400);
    await label();
    await event('COMPLETED');
    expect((await end('NOT_DELIVERED_BY_CARRIER')).status).toBe(400);
  });

  test('happens to everything open of a banned sender', async () => {
    await list();
    await buy();
    const before = await sent();
    expect((await end('CUSTOMER_BANNED')).body).toMatchObject({ order: { cancelReason: 'CUSTOMER_BANNED' } });
    expect((await call('GET', '/listings/2')).body.status).toBe('Cancelled');
    expect((await call('GET', '/retailer')).body[0].bannedEmails).toEqual(['jan@example.com']);
    expect(await sent()).toHaveLength(before.length);
  });

  test('is refused as a ban for a return that is handed in', async () => {
    await buy();
    await label();
    await event('SHIPPED');
    expect((await end('CUSTOMER_BANNED')).status).toBe(400);
    expect(await statuses()).toEqual(all('Shipped'));
    expect((await call('GET', '/retailer')).body[0].bannedEmails).toEqual([]);
  });

  test('happens when the matching period is over', async () => {
    expect((await end('MATCHING_PERIOD_PASSED')).body).toMatchObject({ listing: { status: 'Cancelled' } });
    expect(await sent()).toEqual([]);
  });

  test('is refused for a missing buyer when there is one, and for reasons that have a webhook', async () => {
    await buy();
    expect((await end('MATCHING_PERIOD_PASSED')).status).toBe(400);
    expect((await end('USER_CANCELLED')).status).toBe(400);
    expect((await statuses()).listing).toBe('Matched');
  });
});

describe('a deadline', () => {
  const day = 24 * 60 * 60 * 1000;

  test('cancels a listing without a buyer, and sends no webhook', async () => {
    const { matchingDeadline } = await list();
    await list();
    await call('PUT', '/listings/2', { status: 'Pending' });
    await subscribe('UPDATE_LISTING');
    clock.now = Date.parse(matchingDeadline);
    expect((await call('GET', '/listings')).body).toHaveLength(1);
    clock.now += 1;
    expect((await call('GET', '/listings')).body).toEqual([]);
    expect((await call('GET', '/listings/all')).body).toMatchObject([
      { status: 'Cancelled', updatedAt: matchingDeadline },
      { status: 'Cancelled' },
    ]);
    expect((await call('POST', '/orders', anOrder())).status).toBe(400);
    expect(await sent()).toEqual([]);
  });

  test('does not cancel a bought listing when its matching period is over', async () => {
    await list();
    await list();
    clock.now += 13 * day;
    await buy();
    await call('POST', '/orders/commit', anOrder({ listingId: 2 }));
    clock.now += 2 * day;
    expect((await call('GET', '/listings/all')).body).toMatchObject([
      { status: 'Matched' },
      { status: 'Pending' },
    ]);
  });

  test('does not change a listing that is cancelled already', async () => {
    await list();
    const { body: cancelled } = await call('PUT', '/listings/cancel/1', {});
    clock.now += 15 * day;
    expect((await call('GET', '/listings/1')).body).toEqual(cancelled);
  });

  test.each([
    ['unlabelled', async () => {}],
    ['labelled', () => label()],
  ])(
    'cancels a return that is %s but not handed in, and sends the webhook without any request',
    async (_what, make) => {
      await subscribe('RETURN_DEADLINE_PASSED');
      await list();
      const { returnDeadline } = await buy();
      await make();
      clock.now = Date.parse(returnDeadline) + 1;
      await until(() => received.length > 0);
      expect(received).toMatchObject([
        {
          body: {
            id: 1,
            status: 'Cancelled',
            cancelReason: 'RETURN_DEADLINE_PASSED',
            updatedAt: returnDeadline,
          },
        },
      ]);
      expect(await statuses()).toMatchObject({ listing: 'Cancelled', order: 'Cancelled' });
      expect(await sent()).toHaveLength(1);
    },
  );

  test('does not cancel a return that is handed in', async () => {
    await subscribe('RETURN_DEADLINE_PASSED');
    await list();
    await buy();
    await label();
    await event('SHIPPED');
    clock.now += 30 * day;
    expect(await statuses()).toEqual(all('Shipped'));
    expect(await sent()).toEqual([]);
  });
});
