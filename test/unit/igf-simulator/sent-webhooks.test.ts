import { WebhookEventType } from '../../../infra/igf-simulator/enums.ts';
import { until } from '../../support/eventually.ts';
import { aListing, anOrder, aWarehouse, igf } from './igf.ts';
import { inbox } from './inbox.ts';

const { call, control, list, buy, label, event, fault, sent, close } = igf();
const { received, answer, url } = inbox();

const subscribe = (eventType: string, to = url(eventType)) =>
  call('POST', '/webhooks', { eventType, url: to });
const subscribeToAll = () => Promise.all(WebhookEventType.options.map((eventType) => subscribe(eventType)));
const types = () => received.map(({ eventType }) => eventType);
const arrived = (count: number) => until(() => received.length >= count);

describe('subscribing', () => {
  test('answers 201 with the subscription, and shows it among all', async () => {
    const shown = { id: 1, eventType: 'SHIPPED', url: 'https://example.com/hook' };
    expect(await subscribe('SHIPPED', shown.url)).toMatchObject({ status: 201, body: shown });
    await subscribe('LABELED');
    expect((await call('GET', '/webhooks')).body).toEqual([
      shown,
      { id: 2, eventType: 'LABELED', url: url('LABELED') },
    ]);
  });

  test('is refused a second time for the same event type', async () => {
    await subscribe('SHIPPED', 'http://127.0.0.1/first');
    expect(await subscribe('SHIPPED', 'http://127.0.0.1/second')).toMatchObject({
      status: 400,
      body: { message: 'Only one webhook per event type is allowed' },
    });
    expect((await call('GET', '/webhooks')).body).toMatchObject([{ url: 'http://127.0.0.1/first' }]);
  });

  test.each([
    ['eventType', { eventType: 'SOLD', url: 'http://127.0.0.1/' }],
    ['url', { eventType: 'SHIPPED', url: 'not a url' }],
    ['url', { eventType: 'SHIPPED', url: 'file:///etc/hosts' }],
    ['url', { eventType: 'SHIPPED' }],
  ])('is refused when %s is not as documented (%j)', async (path, body) => {
    expect(await call('POST', '/webhooks', body)).toMatchObject({
      status: 400,
      body: { details: [{ path }] },
    });
  });

  test.each(['/webhooks/1', '/webhooks/eventType/SHIPPED'])(
    'ends with DELETE %s, and can begin again',
    async (path) => {
      await subscribe('SHIPPED');
      expect((await call('DELETE', path)).status).toBe(204);
      expect((await call('GET', '/webhooks')).body).toEqual([]);
      expect((await call('DELETE', path)).status).toBe(404);
      expect((await subscribe('SHIPPED')).status).toBe(201);
    },
  );

  test('ends only for known event types', async () => {
    expect((await call('DELETE', '/webhooks/eventType/SOLD')).status).toBe(400);
  });
});

describe('a forwarded return', () => {
  test('sends one webhook for each event of its lifecycle', async () => {
    await subscribeToAll();
    await call('POST', '/warehouse', aWarehouse());
    const listing = await list();
    await buy();
    const { body: matched } = await call('GET', '/listings/1');
    await label();
    const { body: labelled } = await call('GET', '/shipments/1');
    await event('SHIPPED');
    const { body: shipped } = await call('GET', '/shipments/1');
    const { body: completed } = await call('PUT', '/shipments/1/delivered');
    await event('REFUND');
    await arrived(6);

    expect(received).toEqual([
      { eventType: 'ADD_LISTING', body: listing, contentType: 'application/json' },
      { eventType: 'UPDATE_LISTING', body: matched, contentType: 'application/json' },
      { eventType: 'LABELED', body: labelled, contentType: 'application/json' },
      { eventType: 'SHIPPED', body: shipped, contentType: 'application/json' },
      { eventType: 'COMPLETED', body: completed, contentType: 'application/json' },
      { eventType: 'REFUND', body: [completed], contentType: 'application/json' },
    ]);
    expect(labelled).toMatchObject({
      label: '3SDEVC676401291',
      warehouse: { id: 1 },
      order: { listingId: 1 },
    });
    expect(shipped.status).toBe('Shipped - when it was handed in to the carrier');
  });

  test('sends COMPLETED once, however often it is set to delivered', async () => {
    await subscribeToAll();
    await list();
    await buy();
    await label();
    await call('PUT', '/shipments/1/delivered');
    await call('PUT', '/shipments/1/delivered');
    expect((await sent()).map(({ eventType }) => eventType)).toEqual([
      'ADD_LISTING',
      'UPDATE_LISTING',
      'LABELED',
      'COMPLETED',
    ]);
  });
});

describe('a change of a listing', () => {
  test.each([
    ['it is updated', () => call('PUT', '/listings/1', { originalPrice: 5 }), 'Available'],
    ['it is bought', () => buy(), 'Matched'],
    ['an order is committed', () => call('POST', '/orders/commit', anOrder()), 'Pending'],
    ['it is cancelled without a reason', () => call('PUT', '/listings/cancel/1', {}), 'Cancelled'],
    [
      'it is cancelled for a deadline although nobody bought it',
      () => call('PUT', '/listings/cancel/1', { cancelReason: 'RETURN_DEADLINE_PASSED' }),
      'Cancelled',
    ],
    [
      'it is cancelled because nobody bought it',
      () => call('PUT', '/listings/cancel/1', { cancelReason: 'MATCHING_PERIOD_PASSED' }),
      'Cancelled',
    ],
  ])('sends UPDATE_LISTING when %s', async (_what, change, status) => {
    await subscribe('UPDATE_LISTING');
    await list();
    await change();
    await arrived(1);
    expect(received).toMatchObject([{ body: { id: 1, status } }]);
  });

  test('sends UPDATE_LISTING when its order is cancelled for a ban', async () => {
    await list();
    await buy();
    await subscribeToAll();
    await call('PUT', '/listings/cancel/1', { cancelReason: 'CUSTOMER_BANNED' });
    await arrived(1);
    expect(received).toMatchObject([{ eventType: 'UPDATE_LISTING', body: { status: 'Cancelled' } }]);
  });

  test.each([
    ['CONFIRM', 'Matched', 2],
    ['REJECT', 'Available', undefined],
  ])('sends UPDATE_LISTING after a %s', async (action, status, receiverId) => {
    await subscribe('UPDATE_LISTING');
    await list();
    await call('POST', '/orders/commit', anOrder());
    await call('POST', '/orders/finalize/1', { action });
    await arrived(2);
    expect(received[1]?.body).toMatchObject({ id: 1, status });
    expect(received[1]?.body.receiverId).toBe(receiverId);
  });

  test.each([
    ['/orders/1', 'Available'],
    ['/shipments/1', 'Matched'],
  ])('sends UPDATE_LISTING after DELETE %s', async (path, status) => {
    await list();
    await buy();
    await label();
    await subscribe('UPDATE_LISTING');
    await call('DELETE', path);
    await arrived(1);
    expect(received).toMatchObject([{ body: { id: 1, status } }]);
  });
});

describe('a return that ends early', () => {
  test('sends RETURN_CANCELED when its customer cancels', async () => {
    await subscribeToAll();
    await list();
    const { body } = await call('PUT', '/listings/cancel/1', { cancelReason: 'USER_CANCELLED' });
    await arrived(2);
    expect(received[1]).toMatchObject({ eventType: 'RETURN_CANCELED', body });
  });

  test('sends RETURN_DEADLINE_PASSED, with the order, when that is the reason', async () => {
    await subscribeToAll();
    await list();
    await buy();
    await call('PUT', '/listings/cancel/1', { cancelReason: 'RETURN_DEADLINE_PASSED' });
    await arrived(3);
    const { body } = await call('GET', '/orders/1');
    expect(received[2]).toMatchObject({ eventType: 'RETURN_DEADLINE_PASSED', body });
    expect(body).toMatchObject({ status: 'Cancelled', cancelReason: 'RETURN_DEADLINE_PASSED' });
  });
});

describe('the delivery of a webhook', () => {
  test('does not happen without a subscriber', async () => {
    await list();
    expect(await sent()).toEqual([]);
  });

  test('does not happen when an operation is refused or fails', async () => {
    await subscribeToAll();
    await call('POST', '/listings', aListing({ sku: '' }));
    await fault({ operation: 'POST /listings', status: 500 });
    await list();
    expect(await sent()).toEqual([]);
  });

  test('can come before the answer to the call that caused it', async () => {
    await subscribe('ADD_LISTING');
    await fault({ operation: 'POST /listings', delayMs: 60_000 });
    const caller = new AbortController();
    const created = call('POST', '/listings', aListing(), {
      headers: { 'api-key': 'a-key', 'content-type': 'application/json' },
      signal: caller.signal,
    });
    await arrived(1);
    caller.abort();
    await expect(created).rejects.toThrow();
  });

  test('has the state at the moment of its event, also when it is late', async () => {
    await subscribe('ADD_LISTING');
    await control('POST', '/webhooks', { delayMs: 50 });
    await list();
    await buy();
    await arrived(1);
    expect(received).toMatchObject([{ body: { status: 'Available' } }]);
  });

  test('is shown with the status that was answered, and is not tried again', async () => {
    await subscribe('ADD_LISTING');
    answer.status = 503;
    const listing = await list();
    await until(async () => (await sent())[0]?.status !== 'waiting');
    expect(await sent()).toEqual([
      { eventType: 'ADD_LISTING', url: url('ADD_LISTING'), body: listing, status: 503 },
    ]);
    expect(types()).toEqual(['ADD_LISTING']);
  });

  test.each([
    ['failed', 'http://127.0.0.1:1/'],
    ['failed', 'http://localhost:1/'],
    ['failed', 'http://[::1]:1/'],
    ['failed', 'http://abc.execute-api.localhost:1/'],
    ['foreign', 'https://example.com/hook'],
    ['foreign', 'http://127.0.0.1.example.com/hook'],
    ['foreign', 'http://localhost.example.com/hook'],
    ['foreign', 'http://nolocalhost/hook'],
  ])('ends as %s when its URL is %s, because no webhook leaves this machine', async (status, to) => {
    await subscribe('ADD_LISTING', to);
    await list();
    await until(async () => (await sent())[0]?.status !== 'waiting');
    expect(await sent()).toMatchObject([{ status }]);
  });

  test('does not keep the simulator from closing, and is over when it is closed', async () => {
    await subscribe('ADD_LISTING');
    answer.never = true;
    await list();
    await list();
    await arrived(1);
    await close();
    expect(types()).toEqual(['ADD_LISTING']);
  });

  test('ends with a reset, which removes the subscriptions too', async () => {
    await subscribeToAll();
    await control('POST', '/webhooks', { delayMs: 50 });
    await list({ sku: 'forgotten' });
    await control('DELETE', '');
    expect(await sent()).toEqual([]);
    expect((await call('GET', '/webhooks')).body).toEqual([]);

    await subscribe('ADD_LISTING');
    await control('POST', '/webhooks', { delayMs: 100 });
    await list({ sku: 'new' });
    await arrived(1);
    expect(received).toMatchObject([{ body: { sku: 'new' } }]);
  });
});
