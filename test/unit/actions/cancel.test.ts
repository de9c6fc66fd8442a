import { transientAnswerSeconds } from '../../../lib/config/timing.ts';
import { recordIgfFacts } from '../../../lib/record/link.ts';
import { closingFact, ofReturn, openingFact, pushApiOpening } from '../../support/builders.ts';
import { listing } from '../../support/doubles/fake-igf.ts';
import { garbage, pathInDoubt, refuses, turnedAway, unanswered } from '../../support/doubles/igf-replies.ts';
import { leaseSeconds, logged, workplace } from '../worker/workplace.ts';

logged();
const denied = [openingFact({ status: 'denied' })];
const listed = { state: 'Listed' as const, listingId: 7, why: 'Listed.' };
const refusal = refuses(409, 'E2000');

describe('a listing whose return is over', () => {
  test.each(['Listed', 'Matched', 'Labelled'] as const)(
    'is cancelled at IGF once when it is %s',
    async (state) => {
      const { work, igf, item } = workplace({ facts: denied, reached: { ...listed, state } });
      igf.next('listings.cancel', async (cancel) => {
        expect(item()).toMatchObject({ state: 'Cancelling', pendingCall: expect.anything() });
        return cancel();
      });

      await expect(work()).resolves.toEqual({ kind: 'done' });
      await expect(work([], { eventId: 'event-2' })).resolves.toEqual({ kind: 'done' });

      expect(igf.callsOf('listings.')).toEqual([['listings.cancel', 7]]);
      expect(item()).toMatchObject({
        state: 'Cancelled',
        listingId: 7,
        why: expect.stringContaining('denied'),
      });
      expect(item()).not.toHaveProperty('pendingCall');
    },
  );

  test('is cancelled by an rma-item that comes after the v2/rma', async () => {
    const { work, item } = workplace({ facts: [pushApiOpening()], reached: listed });

    await work([closingFact()]);

    expect(item().state).toBe('Cancelled');
  });

  test('is cancelled once by thirty workers at once', async () => {
    const { work, igf, item, table } = workplace({ facts: denied, reached: listed });
    table.before(async () => {
      for (let turns = Math.random() * 5; turns > 0; turns -= 1) await null;
    });

    await Promise.all(Array.from({ length: 30 }, () => work(denied)));

    expect(igf.called('listings')).toEqual(['cancel']);
    expect(item().state).toBe('Cancelled');
  });

  test('is not cancelled while its return is not over', async () => {
    const { work, igf } = workplace({ facts: [openingFact()], reached: listed });

    await expect(work()).resolves.toEqual({ kind: 'done' });
    expect(igf.calls).toEqual([]);
  });

  test('is not claimed when no time is left for the call', async () => {
    const { work, clock, item } = workplace({ facts: denied, reached: listed });
    clock.msLeft = 5000;

    await expect(work()).rejects.toMatchObject({ name: 'OutOfTimeError' });
    expect(item()).toMatchObject({ state: 'Listed' });
    expect(item()).not.toHaveProperty('pendingCall');
  });
});

describe('after a cancellation of unknown outcome', () => {
  async function maybeCancelled() {
    const place = workplace({ facts: denied, reached: listed });
    place.igf.next('listings.cancel', unanswered);
    const outcome = await place.work();
    place.pass(leaseSeconds);
    return { ...place, outcome };
  }

  test('the claim stays and the message waits until it ends', async () => {
    const { outcome, item } = await maybeCancelled();

    expect(outcome).toMatchObject({ kind: 'retry', afterSeconds: leaseSeconds });
    expect(item()).toMatchObject({ state: 'Cancelling', pendingCall: expect.anything() });
  });

  test('the listing is checked first, and not cancelled again when it is cancelled', async () => {
    const { work, igf, item } = await maybeCancelled();
    igf.next('listings.get', () => listing({ status: 'Cancelled' }));

    await expect(work()).resolves.toEqual({ kind: 'done' });

    expect(igf.called('listings')).toEqual(['cancel', 'get']);
    expect(item().state).toBe('Cancelled');
  });

  test('a buyer from between the attempts is recorded, although the listing is cancelled already', async () => {
    const { work, igf, item } = await maybeCancelled();
    const order = { id: 3, listingId: 7, status: 'Cancelled', webshopOrderId: 'WEB-3' };
    igf.has({ id: 7, status: 'Cancelled' }, [order]);

    await work();

    expect(item()).toMatchObject({
      state: 'Cancelled',
      igf: { order: { id: 3 } },
      attention: expect.stringContaining('WEB-3'),
    });
  });

  test('the call is repeated when the listing is not cancelled at IGF', async () => {
    const { work, igf, item } = await maybeCancelled();
    igf.next('listings.get', () => listing({ status: 'Available' }));

    await expect(work()).resolves.toEqual({ kind: 'done' });

    expect(igf.called('listings')).toEqual(['cancel', 'get', 'cancel']);
    expect(item().state).toBe('Cancelled');
  });

  test('an event that reports the cancellation completes it without another call', async () => {
    const { work, igf, item, dependencies } = await maybeCancelled();
    await recordIgfFacts(ofReturn, [{ kind: 'igf', event: 'RETURN_CANCELED', listingId: 7 }], dependencies);

    await expect(work()).resolves.toEqual({ kind: 'done' });

    expect(igf.called('listings')).toEqual(['cancel']);
    expect(item()).toMatchObject({ state: 'Cancelled', why: expect.stringContaining('denied') });
    expect(item()).not.toHaveProperty('pendingCall');
  });

  test('the call is not repeated while IGF does not answer the check', async () => {
    const { work, igf, item } = await maybeCancelled();
    igf.next('listings.get', pathInDoubt);

    await expect(work()).resolves.toMatchObject({ kind: 'retry', errorClass: 'IgfPathError' });

    expect(igf.called('listings')).toEqual(['cancel', 'get']);
    expect(item()).toMatchObject({ state: 'Cancelling', pendingCall: expect.anything() });
  });
});

test('a call that surely did nothing releases the claim, and is repeated', async () => {
  const { work, igf, item } = workplace({ facts: denied, reached: listed });
  igf.next('listings.cancel', turnedAway(20));

  await expect(work()).resolves.toMatchObject({ kind: 'retry', afterSeconds: 20 });
  expect(item()).toMatchObject({ state: 'Cancelling' });
  expect(item()).not.toHaveProperty('pendingCall');

  await expect(work()).resolves.toEqual({ kind: 'done' });
  expect(igf.called('listings')).toEqual(['cancel', 'cancel']);
});

test('a 404 of a path that may be wrong is retried, and never counts as cancelled', async () => {
  const { work, igf, item } = workplace({ facts: denied, reached: listed });
  igf.next('listings.cancel', pathInDoubt);

  await expect(work()).resolves.toMatchObject({ kind: 'retry', errorClass: 'IgfPathError' });
  expect(item().state).toBe('Cancelling');
});

describe('a listing whose orders are not answered as documented', () => {
  async function cancelled(triedSeconds: number) {
    const place = workplace({ facts: denied, reached: listed });
    place.igf.next('orders.ofListing', garbage);
    const enqueuedAt = new Date(place.clock.now - triedSeconds * 1000).toISOString();
    return { ...place, outcome: await place.work([], { enqueuedAt }) };
  }

  test('is not cancelled for an hour, because its buyer would never be served', async () => {
    const { outcome, igf } = await cancelled(transientAnswerSeconds.cancelling - 1);

    expect(outcome).toMatchObject({ kind: 'retry', errorClass: 'IgfContractError' });
    expect(igf.called('listings')).toEqual([]);
  });

  test('is cancelled after an hour, because the path may never answer as documented', async () => {
    const { outcome, igf, item } = await cancelled(transientAnswerSeconds.cancelling);

    expect(outcome).toEqual({ kind: 'done' });
    expect(igf.called('listings')).toEqual(['cancel']);
    expect(item().state).toBe('Cancelled');
  });
});

describe('a cancellation that IGF refuses', () => {
  test('because the listing is cancelled already counts as done', async () => {
    const { work, igf, item } = workplace({ facts: denied, reached: listed });
    igf.next('listings.cancel', refusal).next('listings.get', () => listing({ status: 'Cancelled' }));

    await expect(work()).resolves.toEqual({ kind: 'done' });
    expect(item().state).toBe('Cancelled');
  });

  async function refused() {
    const place = workplace({ facts: denied, reached: listed });
    place.igf.next('listings.cancel', refusal).next('listings.get', () => listing({ status: 'Available' }));
    const outcome = await place.work();
    return { ...place, outcome };
  }

  test('because the article is handed in ends as Shipped, and nobody is asked to cancel', async () => {
    const { work, igf, item } = workplace({ facts: denied, reached: listed });
    igf.next('listings.cancel', refusal).next('listings.get', () => listing({ status: 'Shipped' }));

    await expect(work()).resolves.toEqual({ kind: 'done' });

    expect(item()).toMatchObject({ state: 'Shipped', listingId: 7 });
    expect(item()).not.toHaveProperty('refusal');
    expect(item()).not.toHaveProperty('pendingCall');
  });

  test('for another reason is parked, with attention for the listing', async () => {
    const { outcome, item } = await refused();

    expect(outcome).toMatchObject({
      kind: 'permanent-failure',
      reason: expect.stringContaining('409 (E2000)'),
    });
    expect(item()).toMatchObject({ state: 'Cancelling', attention: expect.stringContaining('listing 7') });
    expect(item()).not.toHaveProperty('pendingCall');
  });

  test('is not repeated by other webhooks of the order', async () => {
    const { work, igf } = await refused();

    await expect(work([], { eventId: 'event-2' })).resolves.toEqual({ kind: 'done' });
    expect(igf.called('listings')).toEqual(['cancel', 'get']);
  });

  test('is repeated when its message is redriven, and then its attention ends', async () => {
    const { work, item, pass, iso } = await refused();
    pass(60);

    await expect(work([], { enqueuedAt: iso() })).resolves.toEqual({ kind: 'done' });

    expect(item().state).toBe('Cancelled');
    expect(item()).not.toHaveProperty('attention');
    expect(item()).not.toHaveProperty('refusal');
  });

  test('is not parked while the listing can not be checked at IGF', async () => {
    const { work, igf } = workplace({ facts: denied, reached: listed });
    igf.next('listings.cancel', refusal).next('listings.get', unanswered);

    await expect(work()).resolves.toMatchObject({ kind: 'retry' });
  });
});

test('mode=observe does not cancel a listing from an earlier time', async () => {
  const { work, igf, item } = workplace({ facts: denied, reached: listed, policy: { mode: 'observe' } });

  await expect(work()).resolves.toEqual({ kind: 'done' });

  expect(igf.calls).toEqual([]);
  expect(item()).toMatchObject({ state: 'Listed', why: expect.stringContaining('would be cancelled') });
});
