import { until } from '../../support/eventually.ts';
import { igf } from './igf.ts';
import { inbox } from './inbox.ts';

const { call, list, buy, webhookFault, sent, event } = igf();
const { received, url } = inbox();

beforeEach(async () => {
  for (const eventType of ['ADD_LISTING', 'UPDATE_LISTING']) {
    await call('POST', '/webhooks', { eventType, url: url(eventType) });
  }
});

const listMany = async (count: number) => {
  for (let i = 0; i < count; i += 1) await list();
};
const arrived = (count: number) => until(() => received.length >= count);
const allSent = () => until(async () => (await sent()).every(({ status }) => status !== 'waiting'));
const ids = () => received.map(({ body }) => body.id);

test('answers 201 with the fault as it was understood', async () => {
  expect(await webhookFault({ drop: 2, eventType: 'SHIPPED' })).toMatchObject({
    status: 201,
    body: { drop: 2, eventType: 'SHIPPED' },
  });
});

test.each([
  { drop: -1 },
  { drop: 'all' },
  { repeat: 1.5 },
  { delayMs: '1s' },
  { reorder: 1 },
  { eventType: 'SOLD' },
  { lose: true },
])('refuses %j', async (body) => {
  expect((await webhookFault(body)).status).toBe(400);
});

describe('dropping', () => {
  test('sends none until the fault ends', async () => {
    await webhookFault({ drop: true });
    await listMany(2);
    expect((await sent()).map(({ status }) => status)).toEqual(['dropped', 'dropped']);
    await webhookFault({});
    await list();
    await arrived(1);
    expect(ids()).toEqual([3]);
  });

  test('drops the next ones, as many as given', async () => {
    await webhookFault({ drop: 2 });
    await listMany(3);
    await allSent();
    expect(ids()).toEqual([3]);
    expect((await sent()).map(({ status }) => status)).toEqual(['dropped', 'dropped', 200]);
  });

  test('can be for one event type, which then has no other fault', async () => {
    await webhookFault({ repeat: 1 });
    await webhookFault({ eventType: 'UPDATE_LISTING', drop: true });
    await list();
    await buy();
    await allSent();
    expect(received.map(({ eventType }) => eventType)).toEqual(['ADD_LISTING', 'ADD_LISTING']);

    await webhookFault({ eventType: 'UPDATE_LISTING' });
    await event('UPDATE_LISTING');
    await arrived(4);
    expect(received.map(({ eventType }) => eventType).slice(2)).toEqual(['UPDATE_LISTING', 'UPDATE_LISTING']);
  });
});

describe('repeating', () => {
  test('sends each webhook again, as many times as given', async () => {
    await webhookFault({ repeat: 2 });
    await list();
    await arrived(3);
    await allSent();
    expect(received).toHaveLength(3);
    expect(received[2]).toEqual(received[0]);
  });
});

describe('delaying', () => {
  test('sends later, and lets others overtake', async () => {
    await webhookFault({ eventType: 'ADD_LISTING', delayMs: 100 });
    const start = performance.now();
    await list();
    await buy();
    await arrived(2);
    expect(performance.now() - start).toBeGreaterThan(95);
    expect(received.map(({ eventType }) => eventType)).toEqual(['UPDATE_LISTING', 'ADD_LISTING']);
  });
});

describe('reordering', () => {
  test('sends two at a time in reverse order', async () => {
    await webhookFault({ reorder: true });
    await listMany(4);
    await arrived(4);
    expect(ids()).toEqual([2, 1, 4, 3]);
  });

  test('collects as many as given', async () => {
    await webhookFault({ reorder: 3 });
    await listMany(3);
    await arrived(3);
    expect(ids()).toEqual([3, 2, 1]);
  });

  test('keeps webhooks that do not fill its window until the fault ends', async () => {
    await webhookFault({ reorder: 5 });
    await listMany(3);
    expect((await sent()).map(({ status }) => status)).toEqual(['waiting', 'waiting', 'waiting']);
    await webhookFault({});
    await arrived(3);
    expect(ids()).toEqual([3, 2, 1]);
  });

  test('counts what is repeated and comes after the delay', async () => {
    await webhookFault({ reorder: 4, repeat: 1, delayMs: 20 });
    await listMany(2);
    await arrived(4);
    expect(ids()).toEqual([2, 2, 1, 1]);
  });
});
