import { allStatuses, igf } from './igf.ts';
import { inbox } from './inbox.ts';

const { call, list, buy, label, event, statuses, sent, clock } = igf();
const { url } = inbox();

const subscribe = (eventType: string) => call('POST', '/webhooks', { eventType, url: url(eventType) });
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
    expect(await statuses()).toEqual(allStatuses('Labelled'));
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
    expect(await statuses()).toEqual(allStatuses(status));
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
    expect(await statuses()).toEqual(allStatuses('Completed'));
    expect(await sentOf('SHIPPED')).toMatchObject([
      { body: { status: 'Completed - when it was delivered' } },
    ]);
  });

  test('SHIPPED can come after all, when the order was cancelled for its deadline', async () => {
    await list();
    await buy();
    await label();
    await event('RETURN_DEADLINE_PASSED');
    expect(await statuses()).toEqual(allStatuses('Cancelled'));
    await event('SHIPPED');
    expect(await statuses()).toEqual(allStatuses('Shipped'));
    expect((await call('GET', '/orders/1')).body.cancelReason).toBe('RETURN_DEADLINE_PASSED');
    await event('COMPLETED');
    expect(await statuses()).toEqual(allStatuses('Completed'));
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
    expect(await statuses()).toEqual(allStatuses(status));
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
    expect(await statuses()).toEqual(allStatuses('Cancelled'));
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
    expect(await statuses()).toEqual(allStatuses('Labelled'));
  });

  test.each([
    ['LABELED', allStatuses('Labelled')],
    ['SHIPPED', allStatuses('Shipped')],
    ['COMPLETED', allStatuses('Completed')],
    ['REFUND', allStatuses('Labelled')],
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
      expect(await statuses()).toEqual(allStatuses('Cancelled'));
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
