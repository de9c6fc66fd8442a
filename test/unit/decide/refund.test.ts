import { decide } from '../../../lib/decide/decide.ts';
import type { IgfState } from '../../../lib/returns/igf-state.ts';
import { mergeIgfState } from '../../../lib/returns/igf-state.ts';
import type { ReturnItem } from '../../../lib/returns/return-item.ts';
import { atIgf, context, now, openingFact, policy, shipmentFact, situation } from '../../support/builders.ts';

const hoursAgo = (hours: number): string => new Date(Date.parse(now) - hours * 3_600_000).toISOString();

/** The decision about a return whose article arrived at this time. */
function decided(
  igf: IgfState,
  reached: Partial<ReturnItem> = {},
  opening = openingFact({ returnFee: 2.95 }),
) {
  const { order, item } = situation([opening, shipmentFact()], {
    ...{ state: 'Completed', listingId: 7, igf },
    ...reached,
  });
  return decide(order, item, context());
}

const arrived = (completedAt: string | undefined): IgfState => ({ ...atIgf('Completed'), completedAt });

test('a refund that IGF has not announced is due 84 hours after the arrival, with its amount', () => {
  expect(decided(arrived(hoursAgo(84)))).toMatchObject({
    state: 'Completed',
    refundDue: true,
    attention: expect.stringMatching(
      /^Refund due: EUR 267\.05\..*IGF announced no refund: the buyer may have disputed/,
    ),
  });
  expect(decided(arrived(hoursAgo(83.99)))).toMatchObject({ refundDue: false });
  expect(decided(arrived(hoursAgo(83.99))).attention).toBeUndefined();
});

test.each([1, 72.5, 240])('the policy decides that it is due after %d hours', (refundPresumedHours) => {
  const settings = context({ policy: policy({ refundPresumedHours }) });
  const after = (hours: number) => {
    const reached = { state: 'Completed' as const, listingId: 7, igf: arrived(hoursAgo(hours)) };
    const { order, item } = situation([openingFact(), shipmentFact()], reached);
    return decide(order, item, settings).refundDue;
  };
  expect(after(refundPresumedHours)).toBe(true);
  expect(after(refundPresumedHours - 0.01)).toBe(false);
});

test('an arrival without a time counts from IGF’s last report', () => {
  expect(decided(arrived(undefined), { lastUpdateAt: hoursAgo(85) }).refundDue).toBe(true);
  expect(decided(arrived(undefined), { lastUpdateAt: hoursAgo(1) }).refundDue).toBe(false);
  expect(decided(arrived(undefined)).refundDue).toBe(false);
});

test('an announced refund is reported as announced, however long ago the article arrived', () => {
  const announced: IgfState = { ...arrived(hoursAgo(100)), events: ['REFUND'] };
  expect(decided(announced).attention).toBe(
    'Refund due: EUR 267.05. Refund your customer (order 000000549).',
  );
});

test('no refund is due for an article that has not arrived', () => {
  expect(decided(atIgf('Shipped'), { state: 'Shipped', lastUpdateAt: hoursAgo(500) }).refundDue).toBe(false);
});

test('a merchant who completes the RMA completes the refund', () => {
  const approved = openingFact({ status: 'approved' });
  expect(decided(arrived(hoursAgo(84)), { refundDue: true }, approved)).toMatchObject({
    state: 'Settled',
    refundDue: false,
  });
  expect(decided(arrived(hoursAgo(1)), {}, approved)).toMatchObject({
    state: 'Completed',
    attention: undefined,
  });
});

test('a due refund stays due for a worker whose clock is behind', () => {
  expect(decided(arrived(hoursAgo(83)), { refundDue: true }).refundDue).toBe(true);
  const approved = openingFact({ status: 'approved' });
  expect(decided(arrived(hoursAgo(83)), { state: 'Settled', refundDue: false }, approved).state).toBe(
    'Settled',
  );
});

test('money comes first when the article was handed in after its deadline', () => {
  const { order = { id: 3 } } = atIgf('Completed');
  const late: IgfState = {
    ...arrived(hoursAgo(84)),
    order: { ...order, cancelReason: 'RETURN_DEADLINE_PASSED' },
  };
  expect(decided(late, { state: 'DeadlinePassed' })).toMatchObject({
    state: 'DeadlinePassed',
    refundDue: true,
    attention: expect.stringMatching(
      /^Refund due: EUR 267\.05 \(handed in after its deadline\)\..* Handed in after all: stop the replacement for WEB-3\./,
    ),
  });
});

test('the time of the arrival is the earliest reported one, in any order', () => {
  const reports = [
    { kind: 'igf' as const, event: 'COMPLETED' as const, shipment: { id: 9, updatedAt: hoursAgo(50) } },
    { kind: 'igf' as const, order: { id: 3, status: 'Completed', updatedAt: hoursAgo(49) } },
    { kind: 'igf' as const, listing: { status: 'Shipped', updatedAt: hoursAgo(70) } },
    { kind: 'igf' as const, listing: { status: 'Completed', updatedAt: hoursAgo(60) } },
    { kind: 'igf' as const, event: 'COMPLETED' as const },
  ];
  const arrivalOf = (facts: typeof reports) => facts.reduce(mergeIgfState, { events: [] }).completedAt;
  expect(arrivalOf(reports)).toBe(hoursAgo(60));
  expect(arrivalOf([...reports].reverse())).toBe(hoursAgo(60));
  expect(arrivalOf(reports.slice(2, 3))).toBeUndefined();
});
