import { igf } from './igf.ts';
import { inbox } from './inbox.ts';

const { call, list, buy, label, event, sent, clock } = igf();
const { url } = inbox();
const day = 24 * 60 * 60 * 1000;

const refunds = async (): Promise<number[][]> => {
  // Every request lets the simulator catch up with its clock.
  await call('GET', '/info');
  const webhooks = (await sent()).filter(({ eventType }) => eventType === 'REFUND');
  return webhooks.map(({ body }) => (body as { id: number }[]).map(({ id }) => id));
};
const arrives = async (id: number): Promise<void> => {
  await list();
  await buy({ listingId: id });
  await label(id);
  await call('PUT', `/shipments/${id}/delivered`);
};
const feedback = (value: number) => call('PUT', '/shipments/1/feedback', { feedback: value });

beforeEach(async () => {
  await call('POST', '/webhooks', { eventType: 'REFUND', url: url('REFUND') });
});

describe('the refund of what arrived', () => {
  test('is announced after three days, once, and together with others that are due', async () => {
    await arrives(1);
    await arrives(2);
    clock.now += 3 * day;
    expect(await refunds()).toEqual([]);
    clock.now += 1;
    expect(await refunds()).toEqual([[1, 2]]);
    clock.now += 10 * day;
    expect(await refunds()).toEqual([[1, 2]]);
  });

  test('is announced at once when the receiver confirms', async () => {
    await arrives(1);
    await feedback(2);
    expect(await refunds()).toEqual([[1]]);
    clock.now += 4 * day;
    expect(await refunds()).toEqual([[1]]);
  });

  test('waits for the three days after a neutral feedback', async () => {
    await arrives(1);
    await feedback(1);
    expect(await refunds()).toEqual([]);
    clock.now += 4 * day;
    expect(await refunds()).toEqual([[1]]);
  });

  test('is not announced while the receiver disputes it, and can be told to happen all the same', async () => {
    await arrives(1);
    await feedback(0);
    clock.now += 4 * day;
    expect(await refunds()).toEqual([]);
    await event('REFUND');
    expect(await refunds()).toEqual([[1]]);
  });

  test('is not announced before it arrived', async () => {
    await list();
    await buy();
    await label();
    await event('SHIPPED');
    await feedback(2);
    clock.now += 30 * day;
    expect(await refunds()).toEqual([]);
  });

  test('is not announced again after it was told to happen', async () => {
    await arrives(1);
    await event('REFUND');
    clock.now += 4 * day;
    expect(await refunds()).toEqual([[1]]);
  });
});
