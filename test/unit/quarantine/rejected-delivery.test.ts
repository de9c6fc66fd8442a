import * as fc from 'fast-check';
import type { Rejection } from '../../../lib/ingest/rejection.ts';
import {
  mergeRejection,
  mostRecentDeliveries,
  type RejectedDelivery,
} from '../../../lib/quarantine/rejected-delivery.ts';

const at = (minute: number): string => new Date(Date.UTC(2026, 0, 1) + minute * 60_000).toISOString();

const rejection = (delivery: string, minute: number, change: Partial<Rejection> = {}): Rejection => ({
  schema: 1,
  id: 'an-id',
  delivery,
  webhook: 'stock-hub/v1/rma',
  version: '1.0',
  receivedAt: at(minute),
  correlationId: `of-${delivery}`,
  errors: [{ path: 'items', message: 'is required' }],
  body: Buffer.from('{}'),
  ...change,
});

const folded = (rejections: readonly Rejection[]): RejectedDelivery | undefined =>
  rejections.reduce<RejectedDelivery | undefined>(mergeRejection, undefined);

test('the sender gives up 24 hours after the first delivery, however late another comes', () => {
  expect(folded([rejection('a', 0), rejection('b', 900)])).toMatchObject({
    firstSeen: at(0),
    lastSeen: at(900),
    senderGivesUpAt: at(24 * 60),
    deliveries: 2,
  });
});

test('any order of deliveries, each received any number of times, gives the same count and times', () => {
  const deliveries = fc.uniqueArray(fc.integer({ min: 0, max: 2000 }), { minLength: 1, maxLength: 20 });
  const handedOver = deliveries.chain((minutes) =>
    fc.record({
      minutes: fc.constant(minutes),
      order: fc.shuffledSubarray([...minutes, ...minutes, ...minutes], { minLength: 3 * minutes.length }),
    }),
  );
  fc.assert(
    fc.property(handedOver, ({ minutes, order }) => {
      const known = folded(order.map((minute) => rejection(`d${minute}`, minute)));
      expect(known).toMatchObject({
        deliveries: minutes.length,
        firstSeen: at(Math.min(...minutes)),
        lastSeen: at(Math.max(...minutes)),
        senderGivesUpAt: at(Math.min(...minutes) + 24 * 60),
        correlationId: `of-d${Math.max(...minutes)}`,
      });
    }),
  );
});

test('errors, version and body are those of the last delivery, also when it is received first', () => {
  const last = rejection('b', 5, { version: '2.0', errors: [], body: Buffer.from('{ }') });
  expect(folded([last, rejection('a', 1)])).toMatchObject({
    version: '2.0',
    errors: [],
    body: Buffer.from('{ }'),
  });
});

test('a delivery that was counted before changes nothing', () => {
  const known = folded([rejection('a', 0)]);
  expect(mergeRejection(known, rejection('a', 0))).toBe(known);
});

test('a resolved delivery stays resolved when it is rejected once more, and is counted', () => {
  const known = folded([rejection('a', 0)]);
  const resolved = known && { ...known, resolution: { as: 'replayed' as const, at: at(3) }, rev: 4 };
  expect(mergeRejection(resolved, rejection('b', 9))).toMatchObject({
    deliveries: 2,
    resolution: { as: 'replayed' },
    rev: 4,
  });
});

test('a sender that never stops does not fill the item', () => {
  const many = Array.from({ length: 5 * mostRecentDeliveries }, (_, index) => rejection(`d${index}`, index));
  const known = folded(many);
  expect(known?.deliveries).toBe(5 * mostRecentDeliveries);
  expect(known?.recentDeliveries).toHaveLength(mostRecentDeliveries);
});
