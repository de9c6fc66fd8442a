import { IgfContractError, IgfPathError, IgfUnavailableError } from '../../../lib/igf/errors.ts';
import { pollIgf } from '../../../lib/reconciler/poll-igf.ts';
import { now } from '../../support/builders.ts';
import { FakeIgf } from '../../support/doubles/fake-igf.ts';
import { fails } from '../../support/doubles/igf-replies.ts';

const item = {
  listingId: 7,
  listedAs: { webshopOrderId: '000000549', sku: 'sku-90', email: 'a@example.com' },
};
const order = (status: string, more: object = {}) => ({ id: 3, listingId: 7, status, ...more });
const shipment = (more: object = {}) => ({
  id: 9,
  orderId: 3,
  status: 'Labelled',
  label: '3SDEVC1',
  order: { id: 3, listingId: 7 },
  ...more,
});
const complete = { kind: 'igf', listingId: 7, polledAt: now };

const callsOf = (igf: FakeIgf) => igf.calls.map((call) => call.join(' '));
const poll = (igf: FakeIgf) => pollIgf(item, igf, now);

describe('a poll makes no call that can show nothing new', () => {
  test('it reads only the listing while nobody can have bought it', async () => {
    const igf = new FakeIgf().has({ id: 7, matchingDeadline: '2024-03-12T00:00:00.000Z' });
    const { facts, error } = await poll(igf);
    expect(callsOf(igf)).toEqual(['listings.get 7']);
    expect(facts).toMatchObject([{ listingId: 7, listing: { status: 'Available' } }, complete]);
    expect(error).toBeUndefined();
  });

  test.each([
    ['its matching deadline has passed', { matchingDeadline: '2024-03-11T11:00:00.000Z' }],
    ['it names a receiver', { receiverId: 201 }],
    ['it is cancelled', { status: 'Cancelled' }],
    ['its status is unknown', { status: 'Reserved' }],
  ])('its orders too, when %s', async (_when, listing) => {
    const igf = new FakeIgf().has({ id: 7, ...listing });
    expect((await poll(igf)).facts.at(-1)).toEqual(complete);
    expect(callsOf(igf)).toEqual(['listings.get 7', 'orders.ofListing 7']);
  });

  test('it reads no shipments of an order that is only matched', async () => {
    const igf = new FakeIgf().has({ id: 7, status: 'Matched', receiverId: 201 }, [order('Matched')]);
    const { facts } = await poll(igf);
    expect(callsOf(igf)).toEqual(['listings.get 7', 'orders.ofListing 7']);
    expect(facts).toMatchObject([{ listing: { receiverId: 201 } }, { order: { id: 3 } }, complete]);
  });

  test('it reads everything once the order has gone on', async () => {
    const igf = new FakeIgf().has(
      { id: 7, status: 'Labelled', receiverId: 201 },
      [order('Labelled')],
      [shipment()],
    );
    const { facts } = await poll(igf);
    expect(callsOf(igf)).toEqual(['listings.get 7', 'orders.ofListing 7', 'shipments.ofListing 7']);
    expect(facts).toMatchObject([{}, {}, { igfShipmentId: 9, shipment: { label: '3SDEVC1' } }, complete]);
  });
});

test('orders and shipments of other listings are left out, in case IGF lists everything', async () => {
  const igf = new FakeIgf()
    .has({ id: 7, status: 'Labelled', receiverId: 201 })
    .next('orders.ofListing', () => [
      order('Labelled'),
      { id: 4, listingId: 8, status: 'Shipped' },
      { id: 5, status: 'Shipped' },
    ])
    .next('shipments.ofListing', () => [
      shipment(),
      shipment({ id: 10, orderId: 4, order: { id: 4, listingId: 8 } }),
    ]);
  const { facts } = await poll(igf);
  expect(facts.flatMap((fact) => fact.order?.id ?? [])).toEqual([3, 3]);
  expect(facts.flatMap((fact) => fact.shipment?.id ?? [])).toEqual([9]);
});

describe('a path that may be wrong', () => {
  const wrongPath = new IgfPathError('GET /listings/{id}', 404);

  test('makes the poll look for the listing among those of its sku', async () => {
    const igf = new FakeIgf().has({ id: 8, sku: 'sku-90' }).has({ id: 7, sku: 'sku-90', status: 'Pending' });
    const { facts } = await poll(igf.next('listings.get', fails(wrongPath)));
    expect(callsOf(igf)).toEqual(['listings.get 7', 'listings.ofSku sku-90']);
    expect(facts).toMatchObject([{ listingId: 7, listing: { status: 'Pending' } }, complete]);
  });

  test('is never read as an end: without the listing there are no facts', async () => {
    const igf = new FakeIgf().has({ id: 8, sku: 'sku-90' }).next('listings.get', fails(wrongPath));
    expect(await poll(igf)).toEqual({ facts: [], error: wrongPath });
  });
});

test('answers before a failure count, but the poll is not complete', async () => {
  const down = new IgfUnavailableError('GET /orders', 'IGF answered 503', {
    status: 503,
    effect: 'not-done',
  });
  const igf = new FakeIgf()
    .has({ id: 7, status: 'Matched', receiverId: 201 })
    .next('orders.ofListing', fails(down));
  const { facts, error } = await poll(igf);
  expect(error).toBe(down);
  expect(facts).toHaveLength(1);
  expect(facts[0]).not.toHaveProperty('polledAt');
});

test('a listing is not looked for among those of its sku while IGF is unavailable', async () => {
  const down = new IgfUnavailableError('GET /listings/{id}', 'no answer', { effect: 'unknown' });
  const igf = new FakeIgf().next('listings.get', fails(down));
  expect(await poll(igf)).toEqual({ facts: [], error: down });
  expect(callsOf(igf)).toEqual(['listings.get 7']);
});

describe('a cancelled listing without an answer about its orders', () => {
  const unanswered = (error: Error, listing: { updatedAt?: string } = {}) =>
    poll(
      new FakeIgf().has({ id: 7, status: 'Cancelled', ...listing }).next('orders.ofListing', fails(error)),
    );

  test('waits: only the order says whether its parcel was lost or its sender cancelled', async () => {
    const down = new IgfUnavailableError('GET /orders', 'IGF answered 503', {
      status: 503,
      effect: 'not-done',
    });
    expect(await unanswered(down)).toEqual({ facts: [], error: down });
  });

  const notAsDocumented = new IgfContractError('GET /orders', '0.id');
  const cancelledAt = (updatedAt: string) => ({ updatedAt });

  test('waits for a day when the answer is not as documented: it may be a maintenance page', async () => {
    const today = new Date(Date.parse(now) - 23 * 3_600_000).toISOString();
    expect(await unanswered(notAsDocumented, cancelledAt(today))).toEqual({
      facts: [],
      error: notAsDocumented,
    });
  });

  test.each([
    ['the path of the orders is wrong', new IgfPathError('GET /orders', 404), cancelledAt(now)],
    [
      'their answer is not as documented for a day',
      notAsDocumented,
      cancelledAt(new Date(Date.parse(now) - 24 * 3_600_000).toISOString()),
    ],
    ['their answer is not as documented since an unknown time', notAsDocumented, {}],
  ])('counts when another call would get the same answer: %s', async (_why, error, listing) => {
    expect(await unanswered(error, listing)).toMatchObject({
      facts: [{ listing: { status: 'Cancelled' } }],
      error,
    });
  });
});
