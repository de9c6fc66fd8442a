import { IgfContractError, IgfPathError, IgfRejectedError } from '../../../lib/igf/errors.ts';
import { address, ofReturn, openingFact, shipmentFact } from '../../builders.ts';
import { listing } from '../../doubles/scripted-igf.ts';
import { leaseSeconds, logged, turnedAway, unanswered, workplace } from './workplace.ts';

const lines = logged();
const ready = [openingFact(), shipmentFact()];
const denied = openingFact({ status: 'denied', receivedAt: '2024-03-11T12:00:00.000Z' });

describe('listing a return', () => {
  test('calls IGF once, with the mark, and stores what it answered', async () => {
    const { work, igf, item, table } = workplace({ facts: ready });
    igf.on('create', async () => listing({ id: 7 }));

    await expect(work()).resolves.toEqual({ kind: 'done' });

    expect(igf.calls).toEqual([
      ['create', expect.objectContaining({ sku: 'sku-90', returnReasonComment: '[000000093/90]' })],
    ]);
    expect(item()).toMatchObject({ state: 'Listed', listingId: 7 });
    expect(item()).not.toHaveProperty('claim');
    expect(table.pointers.get('IGF#LISTING#7')).toEqual(ofReturn);
  });

  test('is claimed before IGF is called, and remembers how to find it there', async () => {
    const { work, igf, item } = workplace({ facts: ready });
    igf.on('create', async () => {
      expect(item()).toMatchObject({
        state: 'Listing',
        claim: { token: 'token-1', until: '2024-03-11T12:02:00.000Z' },
        listedAs: { webshopOrderId: '000000549', sku: 'sku-90', email: 'jan.jansen@example.com' },
      });
      return listing();
    });

    await work();

    expect.assertions(1);
  });

  test('is not asked for again by the same webhook, nor by another', async () => {
    const { work, igf, table } = workplace({ facts: ready });
    igf.on('create', async () => listing());
    await work(ready);
    table.calls.length = 0;

    await expect(work(ready, { eventId: 'event-2' })).resolves.toEqual({ kind: 'done' });

    expect(igf.called).toEqual(['create']);
    expect(table.calls).toEqual(['readStory']);
  });

  test('claims nothing when there is no time left for the call', async () => {
    const { work, clock, item, table } = workplace({ facts: ready });
    clock.msLeft = 10_000;

    await expect(work()).rejects.toMatchObject({ name: 'OutOfTimeError' });

    expect(table.calls).toEqual(['readStory']);
    expect(item()).not.toHaveProperty('claim');
  });

  test('writes nothing personal to the log', async () => {
    const { work, igf } = workplace({ facts: ready });
    igf.on('create', async () => listing());

    await work();

    expect(lines).toEqual(
      expect.arrayContaining([expect.objectContaining({ step: 'decided', state: 'Listed' })]),
    );
    expect(JSON.stringify(lines)).not.toMatch(/Jan|example\.com|9012DE|Edsger/);
  });
});

describe('after a call of unknown outcome', () => {
  async function maybeListed(facts = ready) {
    const place = workplace({ facts });
    place.igf.on('create', async () => unanswered());
    const outcome = await place.work();
    return { ...place, outcome };
  }

  test('the claim is kept, and the message comes back when it has expired', async () => {
    const { outcome, item } = await maybeListed();

    expect(outcome).toMatchObject({
      kind: 'retry',
      errorClass: 'IgfUnavailableError',
      afterSeconds: leaseSeconds,
    });
    expect(item()).toMatchObject({ state: 'Listing', claim: { token: 'token-1' } });
  });

  test.each([
    ['a contract error', () => new IgfContractError('POST /listings', 'id')],
    ['a path error', () => new IgfPathError('POST /listings', 404)],
  ])('%s keeps it too: what was asked may have been done', async (_what, error) => {
    const { work, igf, item } = workplace({ facts: ready });
    igf.on('create', async () => {
      throw error();
    });

    await expect(work()).resolves.toMatchObject({ kind: 'retry', afterSeconds: leaseSeconds });
    expect(item().claim).toBeDefined();
  });

  test('nobody calls IGF while the claim is live', async () => {
    const { work, igf, pass } = await maybeListed();
    pass(leaseSeconds - 1);

    await expect(work([], { eventId: 'event-2' })).resolves.toMatchObject({
      kind: 'retry',
      errorClass: 'ClaimedElsewhere',
      afterSeconds: 1,
    });
    expect(igf.called).toEqual(['create']);
  });

  test('whoever comes next asks IGF first, and adopts the listing that carries the mark', async () => {
    const { work, igf, item, pass, table } = await maybeListed();
    pass(leaseSeconds);
    igf.on('ofWebshopOrder', async () => [
      listing({ id: 5, returnReasonComment: 'Te klein [000000093/91]' }),
      listing({ id: 7 }),
    ]);

    await expect(work()).resolves.toEqual({ kind: 'done' });

    expect(igf.calls.slice(1)).toEqual([['ofWebshopOrder', '000000549']]);
    expect(item()).toMatchObject({ state: 'Listed', listingId: 7 });
    expect(table.pointers.has('IGF#LISTING#7')).toBe(true);
  });

  test('a clean answer without it means it was not made: it is listed now, with what is known today', async () => {
    const { work, igf, item, pass } = await maybeListed();
    pass(leaseSeconds);
    igf.on('ofWebshopOrder', async () => []).on('create', async () => listing({ id: 8 }));
    const moved = shipmentFact({
      updatedAt: '2024-03-11T00:00:00.000Z',
      address: address({ email: 'new@example.com' }),
    });

    await expect(work([moved])).resolves.toEqual({ kind: 'done' });

    expect(igf.called).toEqual(['create', 'ofWebshopOrder', 'create']);
    expect(item()).toMatchObject({ listingId: 8, listedAs: { email: 'new@example.com' } });
  });

  test('it is looked for under what it was asked for, not under what is known since', async () => {
    const { work, igf, item, pass } = await maybeListed();
    pass(leaseSeconds);
    igf.on('ofWebshopOrder', async () => [listing({ id: 7, sender: { email: 'jan.jansen@example.com' } })]);
    const moved = shipmentFact({
      updatedAt: '2024-03-11T00:00:00.000Z',
      address: address({ email: 'new@example.com' }),
    });

    await work([moved]);

    expect(item()).toMatchObject({ state: 'Listed', listingId: 7 });
  });

  test('without a clean answer it is never listed blind', async () => {
    const { work, igf, item, pass } = await maybeListed();
    for (const round of [1, 2, 3]) {
      pass(leaseSeconds);
      igf.on('ofWebshopOrder', async () => (round === 2 ? turnedAway(500) : unanswered('GET /listings/all')));

      await expect(work()).resolves.toMatchObject({
        kind: 'retry',
        afterSeconds: round === 2 ? 500 : leaseSeconds,
      });
      expect(item()).toMatchObject({ state: 'Listing', claim: expect.anything() });
    }
    expect(igf.called.filter((name) => name === 'create')).toHaveLength(1);
  });

  test('when it is over, it is found out, and then cancelled', async () => {
    const { work, igf, item, pass } = await maybeListed();
    pass(leaseSeconds);
    igf.on('ofWebshopOrder', async () => [listing({ id: 7 })]).on('cancel', async () => undefined);

    await expect(work([denied])).resolves.toEqual({ kind: 'done' });

    expect(igf.called).toEqual(['create', 'ofWebshopOrder', 'cancel']);
    expect(item()).toMatchObject({ state: 'Cancelled', listingId: 7 });
  });

  test('when it is over and IGF has no listing, it is Closed', async () => {
    const { work, igf, item, pass } = await maybeListed();
    pass(leaseSeconds);
    igf.on('ofWebshopOrder', async () => []);

    await expect(work([denied])).resolves.toEqual({ kind: 'done' });

    expect(igf.called).toEqual(['create', 'ofWebshopOrder']);
    expect(item()).toMatchObject({ state: 'Closed' });
    expect(item()).not.toHaveProperty('claim');
  });

  test('when it is over while the claim is live, the message waits for that', async () => {
    const { work, igf, item } = await maybeListed();

    await expect(work([denied])).resolves.toMatchObject({ kind: 'retry', afterSeconds: leaseSeconds });

    expect(item()).toMatchObject({ state: 'Listing', opening: { status: 'denied' } });
    expect(igf.called).toEqual(['create']);
  });

  test('when it cannot be forwarded any more and IGF has no listing, it is NotForwardable', async () => {
    const { work, igf, item, pass } = await maybeListed();
    pass(leaseSeconds);
    igf.on('ofWebshopOrder', async () => []);

    await work([openingFact({ reason: 'broken', receivedAt: '2024-03-11T12:00:00.000Z' })]);

    expect(item().state).toBe('NotForwardable');
  });

  test('a crash before anything of it was stored is the same', async () => {
    const { work, igf, item, table, pass } = workplace({ facts: ready });
    igf.on('create', async () => listing({ id: 7 })).on('ofWebshopOrder', async () => [listing({ id: 7 })]);
    table.beforeNext('point', () => {
      throw new Error('the process ended');
    });
    await expect(work()).rejects.toThrow('the process ended');
    pass(leaseSeconds);

    await expect(work()).resolves.toEqual({ kind: 'done' });

    expect(igf.called).toEqual(['create', 'ofWebshopOrder']);
    expect(item()).toMatchObject({ state: 'Listed', listingId: 7 });
  });
});

test('a call that surely did nothing gives the claim back, and the next attempt just calls', async () => {
  const { work, igf, item } = workplace({ facts: ready });
  igf.on(
    'create',
    async () => turnedAway(45),
    async () => listing(),
  );

  await expect(work()).resolves.toMatchObject({ kind: 'retry', afterSeconds: 45 });
  expect(item()).toMatchObject({ state: 'Listing' });
  expect(item()).not.toHaveProperty('claim');

  await expect(work([], { eventId: 'event-2' })).resolves.toEqual({ kind: 'done' });
  expect(igf.called).toEqual(['create', 'create']);
});

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

  test('is parked with its reason, and asks a human', async () => {
    const { outcome, item } = await refused();

    expect(outcome).toEqual({
      kind: 'rejected',
      reason: 'POST /listings: IGF refused it with 422 (E1000)',
      errorClass: 'IgfRejectedError',
    });
    expect(item()).toMatchObject({ state: 'Listing', attention: expect.stringContaining('E1000') });
    expect(item()).not.toHaveProperty('claim');
  });

  test('is held back for other webhooks of the order, which are done', async () => {
    const { work, igf, item } = await refused();

    await expect(work([], { eventId: 'event-2' })).resolves.toEqual({ kind: 'done' });

    expect(igf.called).toEqual(['create', 'ofWebshopOrder']);
    expect(item().attention).toContain('E1000');
  });

  test('stays refused for the message it was parked for, while that is not redriven', async () => {
    const { work, igf } = await refused();

    await expect(work()).resolves.toMatchObject({ kind: 'rejected' });

    expect(igf.called).toEqual(['create', 'ofWebshopOrder']);
  });

  test('is asked for again when its message is redriven', async () => {
    const { work, igf, item, pass, iso } = await refused();
    pass(3600);
    igf.on('create', async () => listing());

    await expect(work([], { enqueuedAt: iso() })).resolves.toEqual({ kind: 'done' });

    expect(item()).toMatchObject({ state: 'Listed', listingId: 7 });
    expect(item()).not.toHaveProperty('refusal');
    expect(item()).not.toHaveProperty('attention');
  });

  test('is refused once more when its redriven message is', async () => {
    const { work, igf, pass, iso } = await refused();
    pass(3600);
    const enqueuedAt = iso();
    pass(1);
    igf.on('create', async () => refusal()).on('ofWebshopOrder', async () => []);

    await expect(work([], { enqueuedAt })).resolves.toMatchObject({ kind: 'rejected' });
    expect(igf.unasked).toEqual([]);
  });

  test('is asked for again, by any webhook, when its content changed', async () => {
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

  test('because IGF already has it is adopted', async () => {
    const { work, igf, item } = workplace({ facts: ready });
    igf.on('create', async () => refusal(409)).on('ofWebshopOrder', async () => [listing({ id: 7 })]);

    await expect(work()).resolves.toEqual({ kind: 'done' });
    expect(item()).toMatchObject({ state: 'Listed', listingId: 7 });
  });

  test('is not parked while IGF cannot be asked whether it already has it', async () => {
    const { work, igf } = workplace({ facts: ready });
    igf
      .on('create', async () => refusal(409))
      .on('ofWebshopOrder', async () => unanswered('GET /listings/all'));

    await expect(work()).resolves.toMatchObject({ kind: 'retry' });
  });
});

describe('denied while the call is under way', () => {
  test('the listing is stored, then cancelled once, by whoever made it', async () => {
    const { work, igf, item } = workplace({ facts: ready });
    igf.on('create', async () => {
      // Another worker records it, finds the claim, and waits.
      await expect(work([denied], { eventId: 'event-2' })).resolves.toMatchObject({
        kind: 'retry',
        errorClass: 'ClaimedElsewhere',
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

describe('several returns of one order', () => {
  const second = { ...ofReturn, itemId: '91' };
  const elsewhere = { ...ofReturn, rmaId: '000000094' };

  test.each([
    ['two items of one RMA', second],
    ['two RMAs', elsewhere],
  ])('%s are two listings, each with its own mark', async (_what, other) => {
    const { work, igf, item } = workplace({ facts: [...ready, openingFact(other)] });
    igf.on(
      'create',
      async () => listing({ id: 7 }),
      async () => listing({ id: 8 }),
    );

    await expect(work()).resolves.toEqual({ kind: 'done' });

    expect(
      igf.calls.map(([, request]) => (request as { returnReasonComment: string }).returnReasonComment),
    ).toEqual(expect.arrayContaining(['[000000093/90]', `[${other.rmaId}/${other.itemId}]`]));
    expect([item().listingId, item(other).listingId].sort()).toEqual([7, 8]);
  });

  test('of two unanswered ones each adopts its own', async () => {
    const { work, igf, item, pass } = workplace({ facts: [...ready, openingFact(elsewhere)] });
    igf.on(
      'create',
      async () => unanswered(),
      async () => unanswered(),
    );
    await work();
    pass(leaseSeconds);
    const both = [
      listing({ id: 8, returnReasonComment: '[000000094/90]' }),
      listing({ id: 7, returnReasonComment: '[000000093/90]' }),
    ];
    igf.on(
      'ofWebshopOrder',
      async () => both,
      async () => both,
    );

    await expect(work()).resolves.toEqual({ kind: 'done' });

    expect([item().listingId, item(elsewhere).listingId]).toEqual([7, 8]);
  });

  test('the failure of one does not keep the other from being listed', async () => {
    const { work, igf, item } = workplace({ facts: [...ready, openingFact(second)] });
    igf.on(
      'create',
      async () => unanswered(),
      async () => listing({ id: 8 }),
    );

    await expect(work()).resolves.toMatchObject({ kind: 'retry' });

    expect([item().state, item(second).state].sort()).toEqual(['Listed', 'Listing']);
  });

  test('of a refused one and an unanswered one the message is retried, and parked in the end', async () => {
    const { work, igf, item, pass } = workplace({ facts: [...ready, openingFact(second)] });
    igf
      .on(
        'create',
        async () => {
          throw new IgfRejectedError('POST /listings', 422, undefined);
        },
        async () => unanswered(),
      )
      .on('ofWebshopOrder', async () => []);
    await expect(work()).resolves.toMatchObject({ kind: 'retry' });
    pass(leaseSeconds);
    igf.on('ofWebshopOrder', async () => [listing({ id: 8, returnReasonComment: '[000000093/91]' })]);

    await expect(work()).resolves.toMatchObject({ kind: 'rejected' });

    expect(igf.called.filter((name) => name === 'create')).toHaveLength(2);
    expect(item(second)).toMatchObject({ state: 'Listed', listingId: 8 });
  });
});

test('mode observe explains every return and calls nothing', async () => {
  const { work, igf, item, table } = workplace({
    facts: [...ready, openingFact({ itemId: '91', reason: 'broken' })],
    policy: { mode: 'observe' },
  });

  await expect(work()).resolves.toEqual({ kind: 'done' });

  expect(igf.calls).toEqual([]);
  expect(item().why).toContain('Observed only');
  expect(item({ ...ofReturn, itemId: '91' }).state).toBe('NotForwardable');
  table.calls.length = 0;
  await work();
  expect(table.calls).toEqual(['readStory']);
});

describe('workers that meet', () => {
  test('thirty at once make one call: the others wait for it or find it done', async () => {
    const { work, igf, item, table } = workplace({ facts: [] });
    table.before(async () => {
      for (let turns = Math.random() * 5; turns > 0; turns -= 1) await null;
    });
    igf.on('create', async () => listing({ id: 7 }));

    const outcomes = await Promise.all(Array.from({ length: 30 }, () => work(ready)));

    expect(igf.called).toEqual(['create']);
    expect(item()).toMatchObject({ state: 'Listed', listingId: 7 });
    const others = outcomes.filter(({ kind }) => kind !== 'done');
    for (const outcome of others)
      expect(outcome).toMatchObject({ kind: 'retry', errorClass: 'ClaimedElsewhere' });
  });

  test('a claim that another got first is not taken: what it then says is decided about', async () => {
    const { work, igf, item, table } = workplace({ facts: ready });
    igf.on('create', async () => listing());
    // Another records a denial between our read and our claim.
    table.beforeNext('write', () => work([denied], { eventId: 'event-2' }));

    await expect(work()).resolves.toEqual({ kind: 'done' });

    expect(igf.called).toEqual([]);
    expect(item().state).toBe('Closed');
  });

  test('one that the item changed under every time gives up until later', async () => {
    const { work, table } = workplace({ facts: ready });
    table.before(async (call) => {
      if (call === 'write') table.touch(ofReturn);
    });

    await expect(work()).rejects.toMatchObject({ name: 'ContendedError' });
  });
});
