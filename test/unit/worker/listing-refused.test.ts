import { address, openingFact, shipmentFact } from '../../support/builders.ts';
import { listing } from '../../support/doubles/fake-igf.ts';
import { refuses, unanswered } from '../../support/doubles/igf-replies.ts';
import { logged, workplace } from './workplace.ts';

logged();
const ready = [openingFact(), shipmentFact()];
const denied = openingFact({ status: 'denied', receivedAt: '2024-03-11T12:00:00.000Z' });

describe('a listing that IGF refuses', () => {
  const refusal = (status = 422) => refuses(status, 'E1000');
  async function refused() {
    const place = workplace({ facts: ready });
    place.igf.next('listings.create', refusal());
    const outcome = await place.work();
    return { ...place, outcome };
  }

  test('is parked with its reason, and sets attention', async () => {
    const { outcome, item } = await refused();

    expect(outcome).toEqual({
      kind: 'permanent-failure',
      reason: 'POST /listings: IGF refused it with 422 (E1000)',
      errorClass: 'IgfRejectedError',
    });
    expect(item()).toMatchObject({ state: 'Listing', attention: expect.stringContaining('E1000') });
    expect(item()).not.toHaveProperty('pendingCall');
  });

  test('is not repeated by other webhooks of the order, which are done', async () => {
    const { work, igf, item } = await refused();

    await expect(work([], { eventId: 'event-2' })).resolves.toEqual({ kind: 'done' });

    expect(igf.called('listings')).toEqual(['create', 'ofWebshopOrder']);
    expect(item().attention).toContain('E1000');
  });

  test('is not repeated by its parked message while that is not redriven', async () => {
    const { work, igf } = await refused();

    await expect(work()).resolves.toMatchObject({ kind: 'permanent-failure' });

    expect(igf.called('listings')).toEqual(['create', 'ofWebshopOrder']);
  });

  test('is repeated when its message is redriven', async () => {
    const { work, item, pass, iso } = await refused();
    pass(3600);

    await expect(work([], { enqueuedAt: iso() })).resolves.toEqual({ kind: 'done' });

    expect(item()).toMatchObject({ state: 'Listed', listingId: 7 });
    expect(item()).not.toHaveProperty('refusal');
    expect(item()).not.toHaveProperty('attention');
  });

  test('is parked again when its redriven message is refused again', async () => {
    const { work, igf, pass, iso } = await refused();
    pass(3600);
    const enqueuedAt = iso();
    pass(1);
    igf.next('listings.create', refusal());

    await expect(work([], { enqueuedAt })).resolves.toMatchObject({ kind: 'permanent-failure' });
    expect(igf.called('listings')).toEqual(['create', 'ofWebshopOrder', 'create', 'ofWebshopOrder']);
  });

  test('is repeated by any webhook when its content changed', async () => {
    const { work, item } = await refused();
    const moved = shipmentFact({
      updatedAt: '2024-03-11T00:00:00.000Z',
      address: address({ postcode: '1000AA' }),
    });

    await expect(work([moved], { eventId: 'event-2' })).resolves.toEqual({ kind: 'done' });
    expect(item().state).toBe('Listed');
  });

  test('is closed without a call when it is over', async () => {
    const { work, igf, item } = await refused();

    await expect(work([denied], { eventId: 'event-2' })).resolves.toEqual({ kind: 'done' });

    expect(item().state).toBe('Closed');
    expect(igf.called('listings')).toEqual(['create', 'ofWebshopOrder']);
  });

  test('because IGF has it already is adopted', async () => {
    const { work, igf, item } = workplace({ facts: ready });
    igf.next('listings.create', refusal(409)).next('listings.ofWebshopOrder', () => [listing({ id: 7 })]);

    await expect(work()).resolves.toEqual({ kind: 'done' });
    expect(item()).toMatchObject({ state: 'Listed', listingId: 7 });
  });

  test('is not parked while IGF can not be checked for the listing', async () => {
    const { work, igf } = workplace({ facts: ready });
    igf.next('listings.create', refusal(409)).next('listings.ofWebshopOrder', unanswered);

    await expect(work()).resolves.toMatchObject({ kind: 'retry' });
  });
});

describe('a return that is denied while its call is underway', () => {
  test('is stored as listed, then cancelled once, by the worker that listed it', async () => {
    const { work, igf, item } = workplace({ facts: ready });
    igf.next('listings.create', async (create) => {
      // Another worker records it, finds the claim, and waits.
      await expect(work([denied], { eventId: 'event-2' })).resolves.toMatchObject({
        kind: 'busy',
      });
      return create();
    });

    await expect(work()).resolves.toEqual({ kind: 'done' });
    await expect(work([denied], { eventId: 'event-2' })).resolves.toEqual({ kind: 'done' });

    expect(igf.callsOf('listings.').slice(1)).toEqual([['listings.cancel', 7]]);
    expect(item()).toMatchObject({ state: 'Cancelled', listingId: 7 });
  });
});
