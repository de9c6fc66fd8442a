import fc from 'fast-check';
import { mergeShipment, mergeTrack, shipmentVersion } from '../../../lib/returns/merge.ts';
import { anyShipment, anyTrack } from '../../support/arbitraries.ts';
import { address, orderOf, shipmentFact, trackFact } from '../../support/builders.ts';

/** Content as stored: without unknown values. */
const stored = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('the version of a shipment', () => {
  test.each(['updatedAt', 'collectedAt', 'deliveredAt'] as const)(
    'is %s when that is its latest date',
    (date) => {
      const dates = { updatedAt: '2024-01-01T00:00:00.000Z', collectedAt: '2024-01-01T00:00:00.000Z' };
      const latest = '2024-01-02T00:00:00.000Z';

      expect(shipmentVersion(shipmentFact({ ...dates, [date]: latest }))[0]).toBe(latest);
    },
  );

  test('is its status when the dates are the same: UNKNOWN < READY_FOR_PICKUP < IN_TRANSIT < EXCEPTION < DELIVERED', () => {
    const order = ['UNKNOWN', 'READY_FOR_PICKUP', 'IN_TRANSIT', 'EXCEPTION', 'DELIVERED'] as const;

    for (const [index, status] of order.entries()) {
      for (const [otherIndex, other] of order.entries()) {
        const merged = mergeShipment(
          mergeShipment(undefined, shipmentFact({ status })),
          shipmentFact({ status: other }),
        );
        expect(merged.status).toBe(order[Math.max(index, otherIndex)]);
      }
    }
  });
});

describe('a shipment', () => {
  const newer = shipmentFact({
    updatedAt: '2024-02-22T00:00:00.000Z',
    collectedAt: '2024-02-22T00:00:00.000Z',
    items: [{ sku: 'sku-90', quantity: 2, price: 250 }],
  });

  test('changes nothing when it is older than the stored content', () => {
    const known = mergeShipment(undefined, newer);
    const older = shipmentFact({ status: 'READY_FOR_PICKUP', address: address({ city: 'Elders' }) });

    expect(mergeShipment(known, older)).toBe(known);
  });

  test('replaces the stored content when it is newer', () => {
    const known = mergeShipment(undefined, shipmentFact());

    expect(mergeShipment(known, newer)).toMatchObject({
      items: [{ price: 250 }],
      collectedAt: newer.collectedAt,
    });
  });

  test('replaces the stored content of the same version, so the last report counts', () => {
    const known = mergeShipment(undefined, shipmentFact());
    const corrected = shipmentFact({ address: address({ city: 'Nieuwstad' }) });

    expect(mergeShipment(known, corrected).address?.city).toBe('Nieuwstad');
  });

  test('never erases a date', () => {
    const known = mergeShipment(undefined, shipmentFact({ collectedAt: '2024-02-21T00:00:00.000Z' }));
    const uncollected = shipmentFact({ updatedAt: '2024-02-28T00:00:00.000Z', collectedAt: undefined });

    expect(mergeShipment(known, uncollected).collectedAt).toBe('2024-02-21T00:00:00.000Z');
  });

  test('keeps the revision that the next write is conditional on', () => {
    const known = { ...mergeShipment(undefined, shipmentFact()), rev: 4 };

    expect(mergeShipment(known, newer).rev).toBe(4);
  });

  test('that is reported twice is the same as reported once', () => {
    fc.assert(
      fc.property(anyShipment, anyShipment, (one, two) => {
        const known = mergeShipment(mergeShipment(undefined, { ...one, shipmentId: '1' }), {
          ...two,
          shipmentId: '1',
        });
        const once = mergeShipment(known, one);
        expect(mergeShipment(once, one)).toBe(once);
      }),
    );
  });

  test('has the same content whichever of two versions came first', () => {
    fc.assert(
      fc.property(anyShipment, anyShipment, (one, two) => {
        const [first, second] = [
          { ...one, shipmentId: '1' },
          { ...two, shipmentId: '1' },
        ];
        fc.pre(String(shipmentVersion(first)) !== String(shipmentVersion(second)));
        expect(stored(orderOf(first, second))).toEqual(stored(orderOf(second, first)));
      }),
    );
  });

  test('never becomes an older version, and never loses a date, in any order', () => {
    fc.assert(
      fc.property(fc.array(anyShipment, { minLength: 1, maxLength: 5 }), (facts) => {
        let known: ReturnType<typeof mergeShipment> | undefined;
        for (const fact of facts) {
          const before = known;
          known = mergeShipment(known, fact);
          if (!before) continue;
          expect(shipmentVersion(known)[0] >= shipmentVersion(before)[0]).toBe(true);
          for (const date of ['updatedAt', 'collectedAt', 'deliveredAt'] as const) {
            if (before[date]) expect(known[date]).toBeDefined();
          }
        }
      }),
    );
  });
});

describe('the versions of a push-api shipment', () => {
  const first = shipmentFact({ status: undefined, version: 1, poNumber: undefined });
  const second = shipmentFact({
    status: undefined,
    version: 2,
    poNumber: 'PO-2',
    items: [{ sku: 'sku-91' }],
  });

  test.each([
    [first, second],
    [second, first],
  ])('of one date leave what version 2 says, whichever comes first', (...facts) => {
    expect(orderOf(...facts).shipments).toMatchObject([{ poNumber: 'PO-2', items: [{ sku: 'sku-91' }] }]);
  });

  test('of two dates leave what the later one says', () => {
    const later = { ...first, updatedAt: '2024-03-01T00:00:00.000Z' };

    expect(orderOf(later, second).shipments).toMatchObject([{ items: first.items, poNumber: 'PO-2' }]);
    expect(stored(orderOf(second, later))).toEqual(stored(orderOf(later, second)));
  });
});

describe('the track of a shipment', () => {
  test('may come before its shipment, of which then nothing else is known', () => {
    const { number, carrier, updatedAt } = trackFact();

    expect(mergeTrack(undefined, trackFact())).toEqual({
      orderId: '000000549',
      shipmentId: '000000288',
      items: [],
      track: { number, carrier, updatedAt },
      rev: 0,
    });
  });

  test('is the newest of several', () => {
    const newer = trackFact({ trackId: 'YT2', number: 'NEW', updatedAt: '2024-02-25T09:00:00.000Z' });

    for (const facts of [
      [trackFact(), newer],
      [newer, trackFact()],
    ]) {
      expect(orderOf(...facts).shipments).toMatchObject([{ track: { number: 'NEW' } }]);
    }
  });

  test('that a webhook of its own reports counts before the one that its shipment reports', () => {
    const shipment = shipmentFact({ track: { number: 'OF-THE-SHIPMENT' } });

    for (const facts of [
      [trackFact(), shipment],
      [shipment, trackFact()],
    ]) {
      expect(orderOf(...facts).shipments).toMatchObject([
        { items: shipment.items, track: { number: '1Z7E3V556825150AAP' } },
      ]);
    }
  });

  test('that is reported twice is the same as reported once', () => {
    fc.assert(
      fc.property(anyShipment, anyTrack, anyTrack, (shipment, one, two) => {
        const known = mergeTrack(mergeTrack(mergeShipment(undefined, shipment), one), two);
        expect(mergeTrack(mergeTrack(known, two), one)).toBe(known);
      }),
    );
  });

  test('and its shipment leave the same in any order', () => {
    const facts = fc.tuple(anyShipment, fc.array(anyTrack, { maxLength: 4 }));
    fc.assert(
      fc.property(facts, fc.infiniteStream(fc.nat()), ([shipment, tracks], numbers) => {
        const all = [shipment, ...tracks];
        const shuffled = all
          .map((fact) => ({ fact, at: Number(numbers.next().value) }))
          .sort((one, other) => one.at - other.at)
          .map(({ fact }) => fact);
        const byId = (facts: typeof all) =>
          orderOf(...facts).shipments.toSorted((one, other) =>
            one.shipmentId.localeCompare(other.shipmentId),
          );
        expect(stored(byId(shuffled))).toEqual(stored(byId(all)));
      }),
    );
  });
});
