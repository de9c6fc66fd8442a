import { igf } from './igf.ts';

const { call, list, clock } = igf();

describe('updating a listing', () => {
  test('changes the given fields, keeps the others and sets the time of the update', async () => {
    const before = await list();
    clock.now += 60_000;
    const { status, body } = await call('PUT', '/listings/1', {
      originalPrice: 99.5,
      discountPercentage: 20,
      discountValue: null,
      lastUpdateDiscount: '2025-03-01T10:00:00Z',
    });
    expect(status).toBe(200);
    expect(body).toEqual({
      ...before,
      originalPrice: 99.5,
      discountPercentage: 20,
      updatedAt: new Date(clock.now).toISOString(),
    });
    expect((await call('GET', '/listings/1')).body).toEqual(body);
  });

  test.each([
    ['status', 'Completed'],
    ['lastUpdateDiscount', 'yesterday'],
    ['discountValue', '4'],
  ])('refuses the %s "%s"', async (field, value) => {
    await list();
    expect(await call('PUT', '/listings/1', { [field]: value })).toMatchObject({
      status: 400,
      body: { errorCode: 'E1000', details: [{ path: field }] },
    });
  });

  test('does not bring a cancelled listing back', async () => {
    await list();
    await call('PUT', '/listings/cancel/1', {});
    expect((await call('PUT', '/listings/1', { status: 'Available' })).status).toBe(400);
    expect((await call('GET', '/listings/1')).body.status).toBe('Cancelled');
  });
});

describe('cancelling a listing', () => {
  test.each([
    'NOT_DELIVERED_BY_CARRIER',
    'CUSTOMER_BANNED',
    'MATCHING_PERIOD_PASSED',
    'RETURN_DEADLINE_PASSED',
    'USER_CANCELLED',
  ])('takes the reason %s', async (cancelReason) => {
    const before = await list();
    clock.now += 60_000;
    expect(await call('PUT', '/listings/cancel/1', { cancelReason })).toMatchObject({
      status: 200,
      body: { ...before, status: 'Cancelled', updatedAt: new Date(clock.now).toISOString() },
    });
  });

  test('refuses a reason that the document does not list', async () => {
    await list();
    expect(await call('PUT', '/listings/cancel/1', { cancelReason: 'BORED' })).toMatchObject({
      status: 400,
      body: { errorCode: 'E1000', details: [{ path: 'cancelReason' }] },
    });
    expect((await call('GET', '/listings/1')).body.status).toBe('Available');
  });

  test('accepts a call without a reason, because the document does not require one', async () => {
    await list();
    expect((await call('PUT', '/listings/cancel/1')).status).toBe(200);
  });

  test('refuses to cancel twice', async () => {
    await list();
    await call('PUT', '/listings/cancel/1', { cancelReason: 'USER_CANCELLED' });
    expect(await call('PUT', '/listings/cancel/1', { cancelReason: 'USER_CANCELLED' })).toMatchObject({
      status: 400,
      body: {
        errorCode: 'E1400',
        message: 'The listing is already cancelled',
        details: 'The listing is already cancelled',
      },
    });
  });
});

describe('deleting a listing', () => {
  test('answers the deleted listing, deletes it, and does not use its id again', async () => {
    const listing = await list();
    expect(await call('DELETE', '/listings/1')).toMatchObject({ status: 200, body: [listing] });
    expect((await call('GET', '/listings/1')).status).toBe(404);
    expect((await list()).id).toBe(2);
  });
});
