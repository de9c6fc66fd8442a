import { IgfRejectedError } from '../../../lib/igf/errors.ts';
import { address, openingFact, shipmentFact } from '../../support/builders.ts';
import { listing } from '../../support/doubles/scripted-igf.ts';
import { logged, unanswered, workplace } from './workplace.ts';

logged();
const ready = [openingFact(), shipmentFact()];
const denied = openingFact({ status: 'denied', receivedAt: '2024-03-11T12:00:00.000Z' });

describe('a listing that IGF refuses', () => {
  const refusal = (status = 422) => {
    throw new IgfRejectedError('POST /listings', status, 'E1000');
  };
  async function refused() {
    const place = workplace({ facts: ready });
    place.igf.on('create', async () => refusal()).on('ofWebshopOrder', async () => []);
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

    expect(igf.called).toEqual(['create', 'ofWebshopOrder']);
    expect(item().attention).toContain('E1000');
  });

  test('is not repeated by its parked message while that is not redriven', async () => {
    const { work, igf } = await refused();

    await expect(work()).resolves.toMatchObject({ kind: 'permanent-failure' });

    expect(igf.called).toEqual(['create', 'ofWebshopOrder']);
  });

  test('is repeated when its message is redriven', async () => {
    const { work, igf, item, pass, iso } = await refused();
    pass(3600);
    igf.on('create', async () => listing());

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
    igf.on('create', async () => refusal()).on('ofWebshopOrder', async () => []);

    await expect(work([], { enqueuedAt })).resolves.toMatchObject({ kind: 'permanent-failure' });
    expect(igf.unasked).toEqual([]);
  });

  test('is repeated by any webhook when its content changed', async () => {
    const { work, igf, item } = await refused();
    igf.on('create', async () => listing());
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
    expect(igf.called).toEqual(['create', 'ofWebshopOrder']);
  });

  test('because IGF has it already is adopted', async () => {
    const { work, igf, item } = workplace({ facts: ready });
    igf.on('create', async () => refusal(409)).on('ofWebshopOrder', async () => [listing({ id: 7 })]);

    await expect(work()).resolves.toEqual({ kind: 'done' });
    expect(item()).toMatchObject({ state: 'Listed', listingId: 7 });
  });

  test('is not parked while IGF can not be checked for the listing', async () => {
    const { work, igf } = workplace({ facts: ready });
    igf
      .on('create', async () => refusal(409))
      .on('ofWebshopOrder', async () => unanswered('GET /listings/all'));

    await expect(work()).resolves.toMatchObject({ kind: 'retry' });
  });
});

describe('a return that is denied while its call is underway', () => {
  test('is stored as listed, then cancelled once, by the worker that listed it', async () => {
    const { work, igf, item } = workplace({ facts: ready });
    igf.on('create', async () => {
      // Another worker records it, finds the claim, and waits.
      await expect(work([denied], { eventId: 'event-2' })).resolves.toMatchObject({
        kind: 'busy',
      });
      return listing({ id: 7 });
    });
    igf.on('cancel', async () => undefined);

    await expect(work()).resolves.toEqual({ kind: 'done' });
    await expect(work([denied], { eventId: 'event-2' })).resolves.toEqual({ kind: 'done' });

    expect(igf.calls.slice(1)).toEqual([['cancel', 7]]);
    expect(item()).toMatchObject({ state: 'Cancelled', listingId: 7 });
  });
});
