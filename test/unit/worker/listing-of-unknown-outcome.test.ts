import { IgfContractError, IgfPathError } from '../../../lib/igf/errors.ts';
import { address, ofReturn, openingFact, shipmentFact } from '../../support/builders.ts';
import { listing } from '../../support/doubles/fake-igf.ts';
import { turnedAway, unanswered } from '../../support/doubles/igf-replies.ts';
import { leaseSeconds, logged, workplace } from './workplace.ts';

logged();
const ready = [openingFact(), shipmentFact()];
const denied = openingFact({ status: 'denied', receivedAt: '2024-03-11T12:00:00.000Z' });

describe('after a call of unknown outcome', () => {
  async function maybeListed(facts = ready) {
    const place = workplace({ facts });
    place.igf.next('listings.create', unanswered);
    const outcome = await place.work();
    return { ...place, outcome };
  }

  test('the claim stays, and the message comes back when the claim has ended', async () => {
    const { outcome, item } = await maybeListed();

    expect(outcome).toMatchObject({
      kind: 'retry',
      errorClass: 'IgfUnavailableError',
      afterSeconds: leaseSeconds,
    });
    expect(item()).toMatchObject({ state: 'Listing', pendingCall: { token: 'token-1' } });
  });

  test.each([
    ['a contract error', () => new IgfContractError('POST /listings', 'id')],
    ['a path error', () => new IgfPathError('POST /listings', 404)],
  ])('the claim stays after %s, because the call may have been done', async (_what, error) => {
    const { work, igf, item } = workplace({ facts: ready });
    igf.next('listings.create', async () => {
      throw error();
    });

    await expect(work()).resolves.toMatchObject({ kind: 'retry', afterSeconds: leaseSeconds });
    expect(item().pendingCall).toBeDefined();
  });

  test('no attempt calls IGF while the claim lasts', async () => {
    const { work, igf, pass } = await maybeListed();
    pass(leaseSeconds - 1);

    await expect(work([], { eventId: 'event-2' })).resolves.toMatchObject({
      kind: 'busy',
      afterSeconds: 1,
    });
    expect(igf.called('listings')).toEqual(['create']);
  });

  test('the next attempt checks at IGF first, and adopts the listing with the mark', async () => {
    const { work, igf, item, pass, table } = await maybeListed();
    pass(leaseSeconds);
    igf.next('listings.ofWebshopOrder', async () => [
      listing({ id: 5, returnReasonComment: 'Te klein [000000093/91]' }),
      listing({ id: 7 }),
    ]);

    await expect(work()).resolves.toEqual({ kind: 'done' });

    expect(igf.calls.slice(1)).toEqual([['listings.ofWebshopOrder', '000000549']]);
    expect(item()).toMatchObject({ state: 'Listed', listingId: 7 });
    expect(table.pointers.has('IGF#LISTING#7')).toBe(true);
  });

  test('a clean answer without the listing means that it was not made: it is listed now, with today’s facts', async () => {
    const { work, igf, item, pass } = await maybeListed();
    pass(leaseSeconds);
    igf.next('listings.create', () => listing({ id: 8 }));
    const moved = shipmentFact({
      updatedAt: '2024-03-11T00:00:00.000Z',
      address: address({ email: 'new@example.com' }),
    });

    await expect(work([moved])).resolves.toEqual({ kind: 'done' });

    expect(igf.called('listings')).toEqual(['create', 'ofWebshopOrder', 'create']);
    expect(item()).toMatchObject({ listingId: 8, listedAs: { email: 'new@example.com' } });
  });

  test('the listing is looked up by the values of its call, and then withdrawn for those of later facts', async () => {
    const { work, igf, item, pass } = await maybeListed();
    pass(leaseSeconds);
    const old = listing({ id: 7, sender: { email: 'jan.jansen@example.com' } });
    igf.has(old).next('listings.ofWebshopOrder', () => [old]);
    const moved = shipmentFact({
      updatedAt: '2024-03-11T00:00:00.000Z',
      address: address({ email: 'new@example.com' }),
    });

    await work([moved]);

    expect(item()).toMatchObject({ state: 'Listed', earlierListings: [{ listingId: 7 }] });
    expect(igf.state.listings).toMatchObject([
      { id: 7, status: 'Cancelled' },
      { id: 8, status: 'Available', sender: { email: 'new@example.com' } },
    ]);
  });

  test('without a clean answer the return is not listed', async () => {
    const { work, igf, item, pass } = await maybeListed();
    for (const round of [1, 2, 3]) {
      pass(leaseSeconds);
      igf.next('listings.ofWebshopOrder', round === 2 ? turnedAway(500) : unanswered);

      await expect(work()).resolves.toMatchObject({
        kind: 'retry',
        afterSeconds: round === 2 ? 500 : leaseSeconds,
      });
      expect(item()).toMatchObject({ state: 'Listing', pendingCall: expect.anything() });
    }
    expect(igf.callsOf('listings.create')).toHaveLength(1);
  });

  test('a return that is over meanwhile is found at IGF, and then cancelled', async () => {
    const { work, igf, item, pass } = await maybeListed();
    pass(leaseSeconds);
    igf.has(listing()).next('listings.ofWebshopOrder', () => [listing()]);

    await expect(work([denied])).resolves.toEqual({ kind: 'done' });

    expect(igf.called('listings')).toEqual(['create', 'ofWebshopOrder', 'cancel']);
    expect(item()).toMatchObject({ state: 'Cancelled', listingId: 7 });
  });

  test('a return that is over meanwhile and has no listing at IGF is Closed', async () => {
    const { work, igf, item, pass } = await maybeListed();
    pass(leaseSeconds);

    await expect(work([denied])).resolves.toEqual({ kind: 'done' });

    expect(igf.called('listings')).toEqual(['create', 'ofWebshopOrder']);
    expect(item()).toMatchObject({ state: 'Closed' });
    expect(item()).not.toHaveProperty('pendingCall');
  });

  test('when the return ends while the claim lasts, the message waits for the end of the claim', async () => {
    const { work, igf, item } = await maybeListed();

    await expect(work([denied])).resolves.toMatchObject({ kind: 'busy', afterSeconds: leaseSeconds });

    expect(item()).toMatchObject({ state: 'Listing', opening: { status: 'denied' } });
    expect(igf.called('listings')).toEqual(['create']);
  });

  test('a return that can not be forwarded any more and has no listing at IGF is NotForwardable', async () => {
    const { work, item, pass } = await maybeListed();
    pass(leaseSeconds);

    await work([openingFact({ reason: 'broken', receivedAt: '2024-03-11T12:00:00.000Z' })]);

    expect(item().state).toBe('NotForwardable');
  });

  test('a crash before the result was stored leads to the same', async () => {
    const { work, igf, item, table, pass } = workplace({ facts: ready });
    table.beforeNext('point', () => {
      throw new Error('the process ended');
    });
    await expect(work()).rejects.toThrow('the process ended');
    pass(leaseSeconds);

    await expect(work()).resolves.toEqual({ kind: 'done' });

    expect(igf.called('listings')).toEqual(['create', 'ofWebshopOrder']);
    expect(item()).toMatchObject({ state: 'Listed', listingId: 7 });
  });
});

test('a call that surely did nothing releases the claim, and the next attempt repeats it without a check', async () => {
  const { work, igf, item } = workplace({ facts: ready });
  igf.next('listings.create', turnedAway(45));

  await expect(work()).resolves.toMatchObject({ kind: 'retry', afterSeconds: 45 });
  expect(item()).toMatchObject({ state: 'Listing' });
  expect(item()).not.toHaveProperty('pendingCall');

  await expect(work([], { eventId: 'event-2' })).resolves.toEqual({ kind: 'done' });
  expect(igf.called('listings')).toEqual(['create', 'create']);
});

describe('concurrent workers', () => {
  test('thirty at once make one call: the others wait for it or find it done', async () => {
    const { work, igf, item, table } = workplace({ facts: [] });
    table.before(async () => {
      for (let turns = Math.random() * 5; turns > 0; turns -= 1) await null;
    });

    const outcomes = await Promise.all(Array.from({ length: 30 }, () => work(ready)));

    expect(igf.called('listings')).toEqual(['create']);
    expect(item()).toMatchObject({ state: 'Listed', listingId: 7 });
    const others = outcomes.filter(({ kind }) => kind !== 'done');
    for (const outcome of others) expect(outcome).toMatchObject({ kind: 'busy' });
  });

  test('a worker that loses the claim decides again about the changed return', async () => {
    const { work, igf, item, table } = workplace({ facts: ready });
    // Another records a denial between our read and our claim.
    table.beforeNext('write', () => work([denied], { eventId: 'event-2' }));

    await expect(work()).resolves.toEqual({ kind: 'done' });

    expect(igf.called('listings')).toEqual([]);
    expect(item().state).toBe('Closed');
  });

  test('a worker gives up until later when the return changes at every attempt', async () => {
    const { work, table } = workplace({ facts: ready });
    table.before(async (call) => {
      if (call === 'write') table.touch(ofReturn);
    });

    await expect(work()).rejects.toMatchObject({ name: 'ContendedError' });
  });
});
