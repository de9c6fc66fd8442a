import { type Followed, needsPoll, needsReview } from '../../../lib/reconciler/poll-schedule.ts';
import { returnStates } from '../../../lib/returns/return-item.ts';
import { atIgf, now } from '../../support/builders.ts';

const ago = (minutes: number): string => new Date(Date.parse(now) - minutes * 60_000).toISOString();
const days = (count: number): number => count * 24 * 60;

const listed = (changes: Partial<Followed> = {}): Followed => ({
  state: 'Listed',
  listingId: 7,
  lastUpdateAt: ago(61),
  ...changes,
});

test.each(returnStates)('a return that is %s is asked about while its listing lives at IGF', (state) => {
  const asked = ['Listed', 'Matched', 'Labelled', 'Shipped'].includes(state);
  expect(needsPoll(listed({ state }), now)).toBe(asked);
});

test('a return is asked about once it was quiet for three quarters of an hour, or was never heard of', () => {
  expect(needsPoll(listed({ lastUpdateAt: ago(44) }), now)).toBe(false);
  expect(needsPoll(listed({ lastUpdateAt: ago(45) }), now)).toBe(true);
  expect(needsPoll(listed({ lastUpdateAt: undefined }), now)).toBe(true);
});

test('a return without a listing is not asked about', () => {
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

  test.each(['Cancelled', 'DeadlinePassed'] as const)('is asked about once a day, being %s', (state) => {
    expect(needsPoll(cancelled({ state }), now)).toBe(true);
    expect(needsPoll(cancelled({ state, lastUpdateAt: ago(days(1) - 1) }), now)).toBe(false);
  });

  test('is so too when its parcel was lost, although it counts as shipped', () => {
    const order = { id: 3, cancelReason: 'NOT_DELIVERED_BY_CARRIER' };
    const lost = cancelled({ state: 'Shipped', igf: { events: [], order } });
    expect(needsPoll(lost, now)).toBe(true);
    expect(needsPoll({ ...lost, lastUpdateAt: ago(days(1) - 1) }, now)).toBe(false);
  });

  test('and of whose lost parcel nobody was told yet is asked about like any other', () => {
    const order = { id: 3, cancelReason: 'NOT_DELIVERED_BY_CARRIER' };
    const undecided = cancelled({ state: 'Shipped', igf: { events: [], order }, attention: undefined });
    expect(needsPoll({ ...undecided, lastUpdateAt: ago(45) }, now)).toBe(true);
    expect(needsPoll({ ...undecided, lastUpdateAt: ago(44) }, now)).toBe(false);
  });

  test('is left alone after a month, and when nobody is asked for anything any more', () => {
    expect(needsPoll(cancelled({ attentionSince: ago(days(30)) }), now)).toBe(true);
    expect(needsPoll(cancelled({ attentionSince: ago(days(30) + 1) }), now)).toBe(false);
    expect(needsPoll(cancelled({ attention: undefined }), now)).toBe(false);
    expect(needsPoll(cancelled({ attentionSince: undefined }), now)).toBe(false);
  });

  test('is left alone once its parcel has arrived all the same', () => {
    const arrived = { ...atIgf('Matched'), shipment: { id: 9, status: 'Completed' } };
    expect(needsPoll(cancelled({ igf: arrived }), now)).toBe(false);
  });
});

test('a return that ended without a buyer is left alone', () => {
  const ended: Followed = {
    state: 'Cancelled',
    listingId: 7,
    lastUpdateAt: ago(days(2)),
    igf: atIgf('Cancelled'),
  };
  expect(needsPoll({ ...ended, attention: 'Look at it.', attentionSince: ago(days(1)) }, now)).toBe(false);
});

describe('a completed return', () => {
  const completed = (changes: Partial<Followed> = {}): Followed => ({
    state: 'Completed',
    listingId: 7,
    igf: { ...atIgf('Completed'), completedAt: ago(days(2)) },
    lastUpdateAt: ago(days(2)),
    ...changes,
  });

  test('is looked at once its refund is due by time, without asking IGF, which has no answer to that', () => {
    expect(needsReview(completed(), now)).toBe(true);
    expect(needsPoll(completed(), now)).toBe(false);
    const igf = { ...atIgf('Completed'), completedAt: ago(days(2) - 1) };
    expect(needsReview(completed({ igf }), now)).toBe(false);
  });

  test('is left alone when the refund is known, announced or settled', () => {
    expect(needsReview(completed({ refundDue: true }), now)).toBe(false);
    expect(needsReview(completed({ state: 'Settled' }), now)).toBe(false);
    const announced = { ...atIgf('Completed'), completedAt: ago(days(2)), events: ['REFUND' as const] };
    expect(needsReview(completed({ igf: announced }), now)).toBe(false);
  });
});
