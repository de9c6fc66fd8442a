import { recordIgfFacts } from '../../../lib/record/link.ts';
import { ofReturn } from '../../support/builders.ts';
import { doneButUnanswered, turnedAway } from '../../support/doubles/igf-replies.ts';
import { cheaper, damaged, listed } from './listed.ts';
import { leaseSeconds, logged } from './workplace.ts';

logged();

describe('a withdrawal', () => {
  test('does not happen when IGF shows a buyer first', async () => {
    const place = await listed();
    place.buy();

    await expect(place.work([damaged])).resolves.toEqual({ kind: 'done' });

    expect(place.igf.called('listings')).toEqual([]);
    expect(place.item()).toMatchObject({ state: 'Matched', tasks: [{ task: 'changed-after-sale' }] });
    expect(place.table.pointers.has('IGF#ORDER#3')).toBe(true);
  });

  test('of a listing that is bought in the last moment has its buyer served from stock', async () => {
    const place = await listed();
    place.igf.next('listings.cancel', async (cancel) => {
      place.buy();
      return cancel();
    });

    await place.work([damaged]);

    expect(place.item()).toMatchObject({
      state: 'Cancelled',
      listingId: 7,
      attention: expect.stringContaining('WEB-3'),
    });
    expect(place.item()).not.toHaveProperty('earlierListings');
  });

  test('whose answer is lost is looked for, and completed without another call', async () => {
    const place = await listed();
    place.igf.next('listings.cancel', doneButUnanswered);
    await expect(place.work([damaged])).resolves.toMatchObject({ kind: 'retry' });
    expect(place.item()).toMatchObject({ state: 'Cancelling', listingId: 7 });
    place.pass(leaseSeconds);
    await place.work();

    expect(place.igf.called('listings')).toEqual(['cancel', 'get']);
    expect(place.item()).toMatchObject({ state: 'Cancelled', earlierListings: [{ listingId: 7 }] });
  });

  test('that an event reports before its answer is completed as a withdrawal too', async () => {
    const place = await listed();
    place.igf.next('listings.cancel', doneButUnanswered);
    await place.work([cheaper]);
    const event = { kind: 'igf' as const, event: 'RETURN_CANCELED' as const, listingId: 7 };
    await recordIgfFacts(ofReturn, [event], place.dependencies);
    place.pass(leaseSeconds);
    await place.work();

    expect(place.item()).toMatchObject({
      state: 'Listed',
      listingId: 8,
      earlierListings: [{ listingId: 7 }],
    });
    expect(place.igf.state.cancellations).toEqual([7]);
  });

  test('keeps its claim when IGF does not say who bought it meanwhile', async () => {
    const place = await listed();
    place.igf.next('orders.ofListing', async () => [], turnedAway(20));
    await expect(place.work([damaged])).resolves.toMatchObject({ kind: 'retry' });

    expect(place.item()).toMatchObject({ state: 'Cancelling', pendingCall: { operation: 'cancel' } });
    place.pass(leaseSeconds);
    await place.work();
    expect(place.igf.state.cancellations).toEqual([7]);
    expect(place.item()).toMatchObject({ state: 'Cancelled', earlierListings: [{ listingId: 7 }] });
  });

  test('is not begun while IGF does not say whether it is sold', async () => {
    const place = await listed();
    place.igf.next('orders.ofListing', turnedAway(20));
    await expect(place.work([damaged])).resolves.toMatchObject({ kind: 'retry', afterSeconds: 20 });

    expect(place.igf.called('listings')).toEqual([]);
    expect(place.item()).not.toHaveProperty('pendingCall');
  });

  test('of a listing that lists anew after a crash adopts the new listing, and no earlier one', async () => {
    const place = await listed();
    place.igf.next('listings.create', doneButUnanswered);
    await place.work([cheaper]);
    expect(place.item()).toMatchObject({ state: 'Listing' });
    place.pass(leaseSeconds);
    await place.work();

    expect(place.item()).toMatchObject({ state: 'Listed', listingId: 8 });
    expect(place.igf.state.listings).toHaveLength(2);
  });
});

test('events of an earlier listing, its order and its shipment change nothing', async () => {
  const place = await listed();
  await place.work([cheaper]);
  const before = place.item();
  const order = { id: 3, status: 'Matched', webshopOrderId: 'WEB-3' };
  const shipment = { id: 9, status: 'Shipped' };
  await recordIgfFacts(
    ofReturn,
    [
      { kind: 'igf', event: 'RETURN_CANCELED', listingId: 7 },
      { kind: 'igf', listingId: 7, igfOrderId: 3, order },
      { kind: 'igf', event: 'SHIPPED', igfOrderId: 3, igfShipmentId: 9, shipment },
      { kind: 'igf', event: 'COMPLETED', igfShipmentId: 9, shipment },
    ],
    place.dependencies,
  );
  await place.work();

  const { earlierListings, rev, ...now } = place.item();
  const { earlierListings: _, rev: _rev, ...expected } = before;
  expect(now).toEqual(expected);
  expect(earlierListings).toEqual([{ listingId: 7, igfOrderId: 3, igfShipmentId: 9 }]);
});
