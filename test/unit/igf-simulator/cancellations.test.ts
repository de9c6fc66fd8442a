import { until } from '../../support/eventually.ts';
import { allStatuses, anOrder, igf } from './igf.ts';
import { inbox } from './inbox.ts';

const { call, control, list, buy, label, event, statuses, sent, clock } = igf();
const { received, url } = inbox();

const subscribe = (eventType: string) => call('POST', '/webhooks', { eventType, url: url(eventType) });

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
    expect(await statuses()).toEqual(allStatuses(status));
    const before = await sent();
    expect((await end('NOT_DELIVERED_BY_CARRIER')).body).toMatchObject({
      order: { status: 'Cancelled', cancelReason: 'NOT_DELIVERED_BY_CARRIER' },
    });
    expect(await statuses()).toEqual(allStatuses('Cancelled'));
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
    expect(await statuses()).toEqual(allStatuses('Shipped'));
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
    expect(await statuses()).toEqual(allStatuses('Shipped'));
    expect(await sent()).toEqual([]);
  });
});
