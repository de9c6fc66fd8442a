import { aBuyer, anOrder, igf } from './igf.ts';

const { call, list, buy, statuses, clock } = igf();

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
