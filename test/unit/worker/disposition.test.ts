import fc from 'fast-check';
import { done, type Outcome } from '../../../lib/actions/action.ts';
import { promiseSeconds, retryDelaysSeconds } from '../../../lib/config/retry-schedule.ts';
import { dispose, type ReceiveInfo, skipped } from '../../../lib/worker/disposition.ts';

const sentAt = Date.parse('2024-03-11T12:00:00Z');
const day = promiseSeconds * 1000;
const receipt = (overrides: Partial<ReceiveInfo> = {}): ReceiveInfo => ({
  sentAt,
  receiveCount: 1,
  receivedAt: sentAt,
  ...overrides,
});
const retry = (afterSeconds?: number): Outcome => ({
  kind: 'retry',
  reason: 'no answer in 6000 ms',
  errorClass: 'IgfUnavailableError',
  afterSeconds,
});
const rejected: Outcome = {
  kind: 'permanent-failure',
  reason: 'refused with 422',
  errorClass: 'IgfRejectedError',
};

test.each([done, skipped])('a message whose outcome is $kind is acknowledged at any age', (outcome) => {
  expect(dispose(outcome, receipt(), sentAt + 2 * day, 0)).toEqual({ kind: 'ack' });
});

test('a rejected message is parked at once, with its reason and class', () => {
  expect(dispose(rejected, receipt(), sentAt + 1, 0)).toEqual({
    kind: 'park',
    reason: 'refused with 422',
    errorClass: 'IgfRejectedError',
  });
});

describe('a message that is worth a retry', () => {
  test.each([1, 2, 8])('comes back by the schedule after attempt %d', (receiveCount) => {
    expect(dispose(retry(), receipt({ receiveCount }), sentAt + 1000, 0)).toEqual({
      kind: 'retry',
      seconds: retryDelaysSeconds[receiveCount - 1],
      reason: 'no answer in 6000 ms',
    });
  });

  test('comes back after its requested delay, if that is later', () => {
    expect(dispose(retry(300), receipt(), sentAt, 0)).toMatchObject({ seconds: 300 });
    expect(dispose(retry(5), receipt(), sentAt, 0)).toMatchObject({ seconds: 30 });
  });

  test('is parked with its reason when its message is 24 hours old, and not before', () => {
    const last = receipt({ receiveCount: 30 });

    expect(dispose(retry(), last, sentAt + day - 1, 0).kind).toBe('retry');
    expect(dispose(retry(), last, sentAt + day, 0)).toEqual({
      kind: 'park',
      reason: 'Failed for 24 hours: no answer in 6000 ms',
      errorClass: 'IgfUnavailableError',
    });
  });

  test('is decided by its age, not by how often it was received', () => {
    expect(dispose(retry(), receipt({ receiveCount: 900 }), sentAt + 1000, 0).kind).toBe('retry');
    expect(dispose(retry(), receipt({ receiveCount: 1 }), sentAt + day, 0).kind).toBe('park');
  });

  test('has a fresh 24 hours after a redrive, which enqueues it anew', () => {
    const redriven = receipt({ sentAt: sentAt + 3 * day, receivedAt: sentAt + 3 * day });

    expect(dispose(retry(), redriven, sentAt + 3 * day + 1000, 0).kind).toBe('retry');
  });

  test('stays below what SQS allows from this receive on', () => {
    const slow = receipt({ receivedAt: sentAt });

    expect(dispose(retry(86_400), slow, sentAt + 30_000, 0.9)).toMatchObject({
      seconds: expect.closeTo(12 * 3600 - 60 - 30, 0),
    });
  });
});

test('a message that keeps failing is retried all of 24 hours and parked within two more', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 1, maxLength: 20 }),
      (jitter) => {
        let now = sentAt;
        let receiveCount = 0;
        for (;;) {
          receiveCount += 1;
          expect(receiveCount).toBeLessThan(100);
          const receivedAt = now;
          now += 7000;
          const random = jitter[receiveCount % jitter.length] ?? 0;
          const next = dispose(retry(), { sentAt, receiveCount, receivedAt }, now, random);
          if (next.kind !== 'retry') break;
          now += next.seconds * 1000;
        }
        expect(now - sentAt).toBeGreaterThanOrEqual(day);
        expect(now - sentAt).toBeLessThan(day + 2 * 3_600_000);
        expect(receiveCount).toBeLessThanOrEqual(retryDelaysSeconds.length + 1);
      },
    ),
  );
});
