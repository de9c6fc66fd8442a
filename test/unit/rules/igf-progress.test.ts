import fc from 'fast-check';
import { decide } from '../../../lib/decide/decide.ts';
import type { IgfFact } from '../../../lib/facts/igf-facts.ts';
import { type IgfState, mergeIgfState } from '../../../lib/returns/igf-state.ts';
import { igfProgress } from '../../../lib/rules/igf-progress.ts';
import { igfWebhook } from '../../../lib/webhooks/igf/webhooks.ts';
import { context, openingFact, shipmentFact, situation } from '../../support/builders.ts';

let minute = 0;
/** Each report is newer than the one before it. */
const at = () => {
  minute += 1;
  return new Date(Date.UTC(2024, 4, 1, 12, minute)).toISOString();
};

const listing = (status: string, more: object = {}) => ({ id: 7, status, updatedAt: at(), ...more });
const added = () => igfWebhook('ADD_LISTING').facts(listing('Available'));
const bought = () => igfWebhook('UPDATE_LISTING').facts(listing('Matched', { receiverId: 201 }));
const rejected = () => igfWebhook('UPDATE_LISTING').facts(listing('Available'));
const cancelledByCustomer = () => igfWebhook('RETURN_CANCELED').facts(listing('Cancelled'));
const deadlinePassed = () =>
  igfWebhook('RETURN_DEADLINE_PASSED').facts({
    id: 3,
    listingId: 7,
    status: 'Cancelled',
    webshopOrderId: 'WEB-3',
    updatedAt: at(),
  });
const shipmentEvent = (event: 'LABELED' | 'SHIPPED' | 'COMPLETED', status: string) =>
  igfWebhook(event).facts({ id: 9, orderId: 3, status, label: '3SDEVC676401291', updatedAt: at() });
const labeled = () => shipmentEvent('LABELED', 'Labelled - when label is generated');
const shipped = () => shipmentEvent('SHIPPED', 'Shipped - when it was handed in to the carrier');
const completed = () => shipmentEvent('COMPLETED', 'Completed - when it was delivered');
const refund = () => igfWebhook('REFUND').facts([{ id: 9, orderId: 3 }]);
const lost = (): IgfFact[] => [
  {
    kind: 'igf',
    order: { id: 3, status: 'Cancelled', cancelReason: 'NOT_DELIVERED_BY_CARRIER', updatedAt: at() },
  },
];

const merged = (facts: readonly IgfFact[]): IgfState => facts.reduce<IgfState>(mergeIgfState, { events: [] });
/** The decision about a listed return with these reports of IGF. */
function decisionAfter(...reports: IgfFact[][]) {
  const { order, item } = situation([openingFact({ returnFee: 2.95 }), shipmentFact()], {
    ...{ state: 'Listed', listingId: 7, igf: merged(reports.flat()) },
  });
  return decide(order, item, context());
}

const lifeOf = (...reports: IgfFact[][]) => igfProgress(merged(reports.flat()));

describe('the life of a listing at IGF', () => {
  test.each([
    ['Listed', [added]],
    ['Matched', [added, bought]],
    ['Labelled', [added, bought, labeled]],
    ['Shipped', [added, bought, labeled, shipped]],
    ['Completed', [added, bought, labeled, shipped, completed]],
    ['Cancelled', [added, cancelledByCustomer]],
    ['DeadlinePassed', [added, bought, deadlinePassed]],
  ] as const)('reaches %s by its events', (state, events) => {
    expect(lifeOf(...events.map((event) => event())).state).toBe(state);
  });

  test('goes back to Listed when the order is rejected, and on when it is bought again', () => {
    expect(lifeOf(added(), bought(), rejected()).state).toBe('Listed');
    expect(lifeOf(added(), bought(), rejected(), bought()).state).toBe('Matched');
  });

  test('is not Matched by a receiver on an Available listing, as in the vendor’s sample', () => {
    expect(lifeOf(igfWebhook('ADD_LISTING').facts(listing('Available', { receiverId: 201 }))).state).toBe(
      'Listed',
    );
  });

  test('shows at its end whether a buyer is not served', () => {
    expect(lifeOf(added(), bought(), cancelledByCustomer()).trouble).toBe('buyer-unserved');
    expect(lifeOf(added(), bought(), deadlinePassed()).trouble).toBe('buyer-unserved');
    expect(lifeOf(added(), cancelledByCustomer()).trouble).toBeUndefined();
  });

  test('shows when it goes on after its end', () => {
    expect(lifeOf(added(), bought(), deadlinePassed(), shipped())).toMatchObject({
      state: 'DeadlinePassed',
      trouble: 'handed-in-after-end',
    });
  });

  test('shows when the carrier lost the article', () => {
    expect(lifeOf(added(), bought(), labeled(), shipped(), lost())).toMatchObject({
      state: 'Shipped',
      why: 'The carrier lost the parcel.',
    });
  });

  test('is Unmatched only when a poll after the matching deadline shows no buyer', () => {
    const deadline = '2024-05-11T12:00:00.000Z';
    const offer = igfWebhook('ADD_LISTING').facts(listing('Available', { matchingDeadline: deadline }));
    const polled = (polledAt: string): IgfFact[] => [{ kind: 'igf', listingId: 7, polledAt }];
    expect(lifeOf(offer, polled('2024-05-11T11:00:00.000Z')).state).toBe('Listed');
    expect(lifeOf(offer, polled('2024-05-11T13:00:00.000Z')).state).toBe('Unmatched');
    expect(lifeOf(offer, bought(), polled('2024-05-11T13:00:00.000Z')).state).toBe('Matched');
  });
});

describe('an end without an event', () => {
  const deadline = '2024-05-10T12:00:00.000Z';
  const endOf = (status: string, updatedAt: string, polledAt: string) =>
    igfProgress({ events: [], listing: { status, matchingDeadline: deadline, updatedAt }, polledAt }).state;

  test('is a cancellation if the listing was cancelled before the matching deadline', () => {
    expect(endOf('Cancelled', '2024-05-10T11:59:59.000Z', '2024-05-11T12:00:00.000Z')).toBe('Cancelled');
    expect(endOf('Cancelled', deadline, '2024-05-11T12:00:00.000Z')).toBe('Unmatched');
  });

  test('is the matching deadline only in a poll from after it', () => {
    expect(endOf('Available', '2024-05-09T12:00:00.000Z', deadline)).toBe('Listed');
    expect(endOf('Available', '2024-05-09T12:00:00.000Z', '2024-05-10T12:00:00.001Z')).toBe('Unmatched');
  });

  test('is a customer whom IGF banned, and not a buyer whose order was cancelled', () => {
    const order = { id: 3, status: 'Cancelled', updatedAt: deadline };

    expect(igfProgress({ events: [], order: { ...order, cancelReason: 'CUSTOMER_BANNED' } })).toMatchObject({
      ...{ state: 'Cancelled', why: expect.stringContaining('banned'), trouble: 'buyer-unserved' },
    });
    expect(igfProgress({ events: [], order }).state).toBe('Listed');
  });
});

describe('the attention of a listed return', () => {
  test('is to serve the buyer from stock when it ended with one, and names the webshop order if it is known', () => {
    expect(decisionAfter(added(), bought(), cancelledByCustomer()).attention).toMatch(
      /^Serve the buyer's order from stock/,
    );
    expect(decisionAfter(added(), bought(), deadlinePassed()).attention).toMatch(/^Serve WEB-3 from stock/);
    expect(decisionAfter(added(), cancelledByCustomer()).attention).toBeUndefined();
  });

  test('is to stop the replacement when it goes on after its end', () => {
    expect(decisionAfter(added(), bought(), deadlinePassed(), shipped())).toMatchObject({
      state: 'DeadlinePassed',
      attention: expect.stringContaining('Handed in after all'),
    });
  });

  test('is to serve the buyer and pay the sender when the carrier lost it', () => {
    expect(decisionAfter(added(), bought(), labeled(), shipped(), lost()).attention).toMatch(
      /^Refund due: EUR 267\.05 \(the carrier lost the parcel\)\..* Parcel lost: serve/,
    );
  });

  test('names the amount of a refund, which is the price less the fee', () => {
    expect(decisionAfter(added(), bought(), labeled(), shipped(), completed(), refund())).toMatchObject({
      state: 'Completed',
      refundDue: true,
      attention: expect.stringContaining('EUR 267.05'),
    });
  });
});

const life = fc
  .record({
    rejections: fc.integer({ min: 0, max: 2 }),
    steps: fc.integer({ min: 0, max: 4 }),
    end: fc.constantFrom('none', 'cancelled', 'deadline', 'lost', 'refund'),
  })
  .map(({ rejections, steps, end }) => {
    // In the order of the life: each report is newer than the one before it.
    const ending = {
      none: [],
      cancelled: [cancelledByCustomer],
      deadline: [deadlinePassed],
      lost: [lost],
      refund: [refund],
    };
    const rejectedOnce = [bought, rejected];
    return [
      added,
      ...Array.from({ length: rejections }, () => rejectedOnce).flat(),
      ...[bought, labeled, shipped, completed].slice(0, steps),
      ...ending[end],
    ].flatMap((event): IgfFact[] => event());
  });

test('shuffled and repeated events lead to the same end as ordered ones', () => {
  const shuffled = life.chain((facts) =>
    fc.tuple(
      fc.constant(facts),
      fc.shuffledSubarray([...facts, ...facts], { minLength: facts.length * 2, maxLength: facts.length * 2 }),
    ),
  );
  fc.assert(
    fc.property(shuffled, ([ordered, mixed]) => {
      expect(igfProgress(merged(mixed))).toEqual(igfProgress(merged(ordered)));
    }),
  );
});

/** An order names the reason for its cancellation when IGF cancelled it. */
const reasonOf = (ended: string | undefined) =>
  ended && { status: 'Cancelled', ...(ended === 'RETURN_DEADLINE_PASSED' && { cancelReason: ended }) };

/** IGF's answers to a poll at the end of a life: objects, but no events. */
const answersAfter = (facts: readonly IgfFact[]): IgfFact[] => {
  const { events, listing, order, shipment } = merged(facts);
  const ended = events.find((event) => event === 'RETURN_CANCELED' || event === 'RETURN_DEADLINE_PASSED');
  const moved = { COMPLETED: 'Completed', SHIPPED: 'Shipped', LABELED: 'Labelled' } as const;
  const reached = (['COMPLETED', 'SHIPPED', 'LABELED'] as const).find((event) => events.includes(event));
  const status = ended ? 'Cancelled' : reached ? moved[reached] : listing?.status;
  const updatedAt = at();
  return [
    { kind: 'igf', listingId: 7, polledAt: updatedAt, listing: { ...listing, status, updatedAt } },
    ...(order ? [{ kind: 'igf' as const, order: { ...order, ...reasonOf(ended), updatedAt } }] : []),
    ...(shipment ? [{ kind: 'igf' as const, shipment: { ...shipment, updatedAt } }] : []),
  ];
};

test('a poll leads to the same end although events were dropped, except for the refund, which only its event reports', () => {
  const dropped = life
    .filter((facts) => !facts.some(({ event }) => event === 'REFUND'))
    .chain((facts) => fc.tuple(fc.constant(facts), fc.shuffledSubarray(facts)));
  fc.assert(
    fc.property(dropped, ([ordered, kept]) => {
      const answers = answersAfter(ordered);
      const { state } = igfProgress(merged([...ordered, ...answers]));
      expect(igfProgress(merged([...kept, ...answers])).state).toBe(state);
    }),
  );
});
