import { IgfRequestError } from '../../../lib/igf/errors.ts';
import { listingMark } from '../../../lib/returns/listing-request.ts';
import { ofReturn, openingFact, shipmentFact } from '../../support/builders.ts';
import { listing } from '../../support/doubles/fake-igf.ts';
import { doneButUnanswered, fails, refuses, unanswered } from '../../support/doubles/igf-replies.ts';
import { leaseSeconds, logged, workplace } from '../worker/workplace.ts';

const lines = logged();
const ready = [openingFact(), shipmentFact()];
const oneUnit = { sku: 'sku-90', quantity: 1, price: 270 };

describe('listing a return', () => {
  test('calls IGF once, with the mark, and stores the answer', async () => {
    const { work, igf, item, table } = workplace({ facts: ready });

    await expect(work()).resolves.toEqual({ kind: 'done' });

    expect(igf.calls).toEqual([
      ['listings.create', expect.objectContaining({ sku: 'sku-90', returnReasonComment: '[000000093/90]' })],
    ]);
    expect(item()).toMatchObject({ state: 'Listed', listingId: 7 });
    expect(item()).not.toHaveProperty('pendingCall');
    expect(table.pointers.get('IGF#LISTING#7')).toEqual(ofReturn);
  });

  test('stores the claim and the values to find the listing before the call', async () => {
    const { work, igf, item } = workplace({ facts: ready });
    igf.next('listings.create', async (create) => {
      expect(item()).toMatchObject({
        state: 'Listing',
        pendingCall: {
          operation: 'list',
          request: expect.any(String),
          token: 'token-1',
          until: '2024-03-11T12:02:00.000Z',
        },
        listedAs: { webshopOrderId: '000000549', sku: 'sku-90', email: 'jan.jansen@example.com' },
      });
      return create();
    });

    await work();

    expect.assertions(1);
  });

  test('leaves the unit to a return that another worker learns of, and lists before the claim', async () => {
    const { work, igf, item, table } = workplace({
      facts: [openingFact({ rmaId: '000000094', itemId: '91' }), shipmentFact({ items: [oneUnit] })],
    });
    const calling = Promise.withResolvers<void>();
    let other: Promise<unknown> | undefined;
    table.beforeNext('write', () => {
      other = work([openingFact()]);
      return calling.promise;
    });
    const one = work();
    igf.next('listings.create', async (create) => {
      calling.resolve();
      await one;
      return create();
    });

    await one;
    await other;

    expect(igf.callsOf('listings.create')).toHaveLength(1);
    expect(item()).toMatchObject({ state: 'Listed' });
  });

  test('stores the sku that the policy makes, and finds the listing by it when the answer was lost', async () => {
    const { work, igf, item, pass } = workplace({
      facts: [openingFact({ mpn: 'MPN9', size: 'L' }), shipmentFact()],
      policy: { sku: 'article_number' },
    });
    igf.next('listings.create', doneButUnanswered);

    await work();
    expect(item()?.listedAs).toMatchObject({ sku: 'MPN9 L' });
    pass(leaseSeconds + 1);
    await work();

    expect(item()).toMatchObject({ state: 'Listed', listingId: 7 });
    expect(igf.callsOf('listings.create')).toHaveLength(1);
  });

  test('is not repeated by the same webhook or by another', async () => {
    const { work, igf, table } = workplace({ facts: ready });
    await work(ready);
    table.calls.length = 0;

    await expect(work(ready, { eventId: 'event-2' })).resolves.toEqual({ kind: 'done' });

    expect(igf.called('listings')).toEqual(['create']);
    expect(table.calls).toEqual(['readOrder']);
  });

  test('claims nothing when there is no time left for the call', async () => {
    const { work, clock, item, table } = workplace({ facts: ready });
    clock.msLeft = 10_000;

    await expect(work()).rejects.toMatchObject({ name: 'OutOfTimeError' });

    expect(table.calls).toEqual(['readOrder']);
    expect(item()).not.toHaveProperty('pendingCall');
  });

  test('writes nothing personal to the log', async () => {
    const { work } = workplace({ facts: ready });

    await work();

    expect(lines).toEqual(
      expect.arrayContaining([expect.objectContaining({ step: 'decided', state: 'Listed' })]),
    );
    expect(JSON.stringify(lines)).not.toMatch(/Jan|example\.com|9012DE|Edsger/);
  });
});

describe('a look for the listing of an unanswered call', () => {
  test('that IGF refuses says nothing of the listing: the call stays of unknown outcome', async () => {
    const { work, igf, item, pass } = workplace({ facts: ready });
    const refuse = refuses(400);
    igf
      .next('listings.create', unanswered)
      .next('listings.ofWebshopOrder', refuse, async () => [])
      .next('listings.ofSku', refuse);
    await work();
    pass(leaseSeconds);

    await expect(work()).resolves.toMatchObject({ kind: 'retry', afterSeconds: leaseSeconds });

    expect(item()).toMatchObject({ state: 'Listing', pendingCall: { operation: 'list' } });
    expect(item()).not.toHaveProperty('refusal');
  });

  test('that can not be sent says nothing of the listing: nothing is listed twice', async () => {
    const { work, igf, item, iso, pass } = workplace({ facts: ready });
    const unsendable = fails(new IgfRequestError('GET /listings/sku/{skuId}', ['skuId']));
    igf.next('listings.create', unanswered).next('listings.ofWebshopOrder', unsendable, () => [listing()]);
    await work();
    pass(leaseSeconds);
    await expect(work()).resolves.toMatchObject({ kind: 'retry' });
    pass(leaseSeconds);

    await expect(work([], { enqueuedAt: iso() })).resolves.toEqual({ kind: 'done' });

    expect(igf.callsOf('listings.create')).toHaveLength(1);
    expect(item()).toMatchObject({ state: 'Listed', listingId: 7 });
  });
});

describe('a listing anew', () => {
  const reached = { state: 'Cancelled' as const, earlierListings: [{ listingId: 7 }] };

  test('has a mark with its number', async () => {
    const { work, igf } = workplace({ facts: ready, reached });

    await work();

    expect(igf.calls).toEqual([
      ['listings.create', expect.objectContaining({ returnReasonComment: '[000000093/90~2]' })],
    ]);
  });

  test.each([
    ['an earlier listing', { id: 7, returnReasonComment: '[000000093/90~2]' }],
    ['a cancelled listing', { id: 8, status: 'Cancelled', returnReasonComment: '[000000093/90~2]' }],
    ['the first listing', { id: 9, returnReasonComment: '[000000093/90]' }],
  ])('whose answer was lost never adopts %s', async (_what, other) => {
    const { work, igf, item, pass } = workplace({ facts: ready, reached });
    igf.next('listings.create', unanswered).next('listings.ofWebshopOrder', () => [listing(other)]);
    await work();
    pass(leaseSeconds);
    await work();

    expect(igf.callsOf('listings.create')).toHaveLength(2);
    expect(item()).toMatchObject({ state: 'Listed', earlierListings: [{ listingId: 7 }] });
  });
});

test('no return has the mark of another one, whatever its ids are', () => {
  const second = { earlierListings: [{ listingId: 7 }] };
  const marks = [
    listingMark({ rmaId: '1', itemId: '2~2' }),
    listingMark({ rmaId: '1', itemId: '2', ...second }),
    listingMark({ rmaId: '1', itemId: '2%7E2' }),
    listingMark({ rmaId: '1/2', itemId: '3' }),
    listingMark({ rmaId: '1', itemId: '2/3' }),
  ];
  expect(marks).toEqual(['[1/2%7E2]', '[1/2~2]', '[1/2%257E2]', '[1%2F2/3]', '[1/2%2F3]']);
});

describe('several returns of one order', () => {
  const eachItem = { policy: { forward: 'each-item' as const } };
  const second = { ...ofReturn, itemId: '91' };
  const elsewhere = { ...ofReturn, rmaId: '000000094' };

  test.each([
    ['two items of one RMA', second],
    ['two RMAs', elsewhere],
  ])('%s become two listings, each with its own mark', async (_what, other) => {
    const { work, igf, item } = workplace({ ...eachItem, facts: [...ready, openingFact(other)] });

    await expect(work()).resolves.toEqual({ kind: 'done' });

    expect(
      igf.calls.map(([, request]) => (request as { returnReasonComment: string }).returnReasonComment),
    ).toEqual(expect.arrayContaining(['[000000093/90]', `[${other.rmaId}/${other.itemId}]`]));
    expect([item().listingId, item(other).listingId].sort()).toEqual([7, 8]);
  });

  test('with unanswered calls adopt their own listings', async () => {
    const { work, igf, item, pass } = workplace({ facts: [...ready, openingFact(elsewhere)] });
    igf.next('listings.create', unanswered, unanswered);
    await work();
    pass(leaseSeconds);
    const both = [
      listing({ id: 8, returnReasonComment: '[000000094/90]' }),
      listing({ id: 7, returnReasonComment: '[000000093/90]' }),
    ];
    igf.next(
      'listings.ofWebshopOrder',
      async () => both,
      async () => both,
    );

    await expect(work()).resolves.toEqual({ kind: 'done' });

    expect([item().listingId, item(elsewhere).listingId]).toEqual([7, 8]);
  });

  test('are independent: when one call fails, the other return is listed', async () => {
    const { work, igf, item } = workplace({ ...eachItem, facts: [...ready, openingFact(second)] });
    igf.next('listings.create', unanswered);

    await expect(work()).resolves.toMatchObject({ kind: 'retry' });

    expect([item().state, item(second).state].sort()).toEqual(['Listed', 'Listing']);
  });

  test('with one refused and one unanswered call retry the message, and park it in the end', async () => {
    const { work, igf, item, pass } = workplace({ ...eachItem, facts: [...ready, openingFact(second)] });
    igf.next('listings.create', refuses(422), unanswered);
    await expect(work()).resolves.toMatchObject({ kind: 'retry' });
    pass(leaseSeconds);
    igf.next('listings.ofWebshopOrder', () => [listing({ id: 8, returnReasonComment: '[000000093/91]' })]);

    await expect(work()).resolves.toMatchObject({ kind: 'permanent-failure' });

    expect(igf.callsOf('listings.create')).toHaveLength(2);
    expect(item(second)).toMatchObject({ state: 'Listed', listingId: 8 });
  });
});

test('mode=observe explains every return and makes no call', async () => {
  const { work, igf, item, table } = workplace({
    facts: [...ready, openingFact({ itemId: '91', reason: 'broken' })],
    policy: { mode: 'observe', forward: 'each-item' },
  });

  await expect(work()).resolves.toEqual({ kind: 'done' });

  expect(igf.calls).toEqual([]);
  expect(item().why).toContain('Observed only');
  expect(item({ ...ofReturn, itemId: '91' }).state).toBe('NotForwardable');
  table.calls.length = 0;
  await work();
  expect(table.calls).toEqual(['readOrder']);
});
