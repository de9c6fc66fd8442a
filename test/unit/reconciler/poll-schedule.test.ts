import { type Followed, needsPoll, needsReview } from '../../../lib/reconciler/poll-schedule.ts';
import { returnStates } from '../../../lib/returns/return-item.ts';
import { atIgf, now, policy } from '../../support/builders.ts';

const ago = (minutes: number): string => new Date(Date.parse(now) - minutes * 60_000).toISOString();
const days = (count: number): number => count * 24 * 60;

const listed = (changes: Partial<Followed> = {}): Followed => ({
  state: 'Listed',
  listingId: 7,
  lastUpdateAt: ago(61),
  ...changes,
});

test.each(returnStates)(
  'a return that is %s is polled while IGF may still report something about it',
  (state) => {
    const polled = ['Listed', 'Matched', 'Labelled', 'Shipped'].includes(state);
    expect(needsPoll(listed({ state }), now)).toBe(polled);
  },
);

test('a return is polled when its last update is 45 minutes old, or when it has none', () => {
  expect(needsPoll(listed({ lastUpdateAt: ago(44) }), now)).toBe(false);
  expect(needsPoll(listed({ lastUpdateAt: ago(45) }), now)).toBe(true);
  expect(needsPoll(listed({ lastUpdateAt: undefined }), now)).toBe(true);
});

test('a return without a listing is not polled', () => {
  expect(needsPoll(listed({ listingId: undefined }), now)).toBe(false);
});

describe('a return that ended with a buyer', () => {
  const cancelled = (changes: Partial<Followed> = {}): Followed => ({
    state: 'Cancelled',
    listingId: 7,
    igf: { ...atIgf('Matched'), listing: { status: 'Cancelled' } },
    attention: 'Serve it from stock.',
    attentionSince: ago(days(2)),
    lastUpdateAt: ago(days(1)),
    ...changes,
  });

  test.each(['Cancelled', 'DeadlinePassed'] as const)('is polled once a day when it is %s', (state) => {
    expect(needsPoll(cancelled({ state }), now)).toBe(true);
    expect(needsPoll(cancelled({ state, lastUpdateAt: ago(days(1) - 1) }), now)).toBe(false);
  });

  test('is polled once a day when its parcel was lost, although its state is Shipped', () => {
    const order = { id: 3, cancelReason: 'NOT_DELIVERED_BY_CARRIER' };
    const lost = cancelled({ state: 'Shipped', igf: { events: [], order } });
    expect(needsPoll(lost, now)).toBe(true);
    expect(needsPoll({ ...lost, lastUpdateAt: ago(days(1) - 1) }, now)).toBe(false);
  });

  test('is polled like any other until a person is needed for its lost parcel', () => {
    const order = { id: 3, cancelReason: 'NOT_DELIVERED_BY_CARRIER' };
    const undecided = cancelled({ state: 'Shipped', igf: { events: [], order }, attention: undefined });
    expect(needsPoll({ ...undecided, lastUpdateAt: ago(45) }, now)).toBe(true);
    expect(needsPoll({ ...undecided, lastUpdateAt: ago(44) }, now)).toBe(false);
  });

  test('is not polled after a month, and not when no person is needed any more', () => {
    expect(needsPoll(cancelled({ attentionSince: ago(days(30)) }), now)).toBe(true);
    expect(needsPoll(cancelled({ attentionSince: ago(days(30) + 1) }), now)).toBe(false);
    expect(needsPoll(cancelled({ attention: undefined }), now)).toBe(false);
    expect(needsPoll(cancelled({ attentionSince: undefined }), now)).toBe(false);
  });

  test('is polled like any other while its parcel is on its way after all, also when nobody is asked', () => {
    const handedIn = { ...atIgf('Matched'), events: ['SHIPPED' as const] };
    const { attention, attentionSince, ...quiet } = cancelled({ igf: handedIn });

    expect(needsPoll({ ...quiet, lastUpdateAt: ago(45) }, now)).toBe(true);
    expect(needsPoll({ ...quiet, refundDue: true }, now)).toBe(false);
  });

  test('is not polled once its parcel has arrived after all', () => {
    const arrived = { ...atIgf('Matched'), shipment: { id: 9, status: 'Completed' } };
    expect(needsPoll(cancelled({ igf: arrived }), now)).toBe(false);
  });
});

test('a return that ended without a buyer is not polled', () => {
  const ended: Followed = {
    state: 'Cancelled',
    listingId: 7,
    lastUpdateAt: ago(days(2)),
    igf: atIgf('Cancelled'),
  };
  expect(needsPoll({ ...ended, attention: 'Look at it.', attentionSince: ago(days(1)) }, now)).toBe(false);
});

describe('a completed return', () => {
  const clock = { policy: policy({ refundPresumedHours: 48 }), now };
  const completed = (changes: Partial<Followed> = {}): Followed => ({
    state: 'Completed',
    listingId: 7,
    igf: { ...atIgf('Completed'), completedAt: ago(days(2)) },
    lastUpdateAt: ago(days(2)),
    ...changes,
  });

  test('is reviewed once its refund is due by time, without a poll, which could not show it', () => {
    expect(needsReview(completed(), clock)).toBe(true);
    expect(needsPoll(completed(), now)).toBe(false);
    const igf = { ...atIgf('Completed'), completedAt: ago(days(2) - 1) };
    expect(needsReview(completed({ igf }), clock)).toBe(false);
  });

  test('is not reviewed when the refund is known, announced or settled', () => {
    expect(needsReview(completed({ refundDue: true }), clock)).toBe(false);
    expect(needsReview(completed({ state: 'Settled' }), clock)).toBe(false);
    const announced = { ...atIgf('Completed'), completedAt: ago(days(2)), events: ['REFUND' as const] };
    expect(needsReview(completed({ igf: announced }), clock)).toBe(false);
  });
});
