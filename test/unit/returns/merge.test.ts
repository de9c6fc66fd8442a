import fc from 'fast-check';
import type { ClosingFact, OpeningFact } from '../../../lib/facts/facts.ts';
import { endsReturn, endsWholeRma, statusRank } from '../../../lib/facts/vendor-terms.ts';
import {
  mergeReturn,
  mergeRma,
  mergeSalesOrder,
  mergeShipment,
  mergeTrack,
  shipmentVersion,
} from '../../../lib/returns/merge.ts';
import {
  anyClosing,
  anyCreditMemo,
  anyOpening,
  anyRma,
  anySalesOrder,
  anyShipment,
  anyTrack,
} from '../../support/arbitraries.ts';
import {
  address,
  closingFact,
  creditMemoFact,
  openingFact,
  orderOf,
  rmaFact,
  salesOrderFact,
  shipmentFact,
  trackFact,
} from '../../support/builders.ts';

/** Content as stored: without unknown values. */
const stored = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
/** A repeated report costs no write, so the time of the last report is not comparable. */
const contentOf = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, field) => (key === 'receivedAt' ? undefined : field)));

describe('the rank of an RMA status', () => {
  test('is pending, authorized, received, decided, ended', () => {
    const ranks = [
      ['pending'],
      ['authorized', 'partially_authorized'],
      ['received', 'received_on_item'],
      ['approved', 'approved_on_item', 'rejected', 'rejected_on_item'],
      ['denied', 'closed', 'processed_closed'],
    ] as const;

    ranks.forEach((statuses, rank) => {
      for (const status of statuses) expect([status, statusRank(status)]).toEqual([status, rank]);
    });
  });

  test('ends a return from received on, and a whole RMA from denied on', () => {
    expect([endsReturn('authorized'), endsReturn('received_on_item')]).toEqual([false, true]);
    expect([endsWholeRma('approved'), endsWholeRma('denied')]).toEqual([false, true]);
  });
});

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

describe('a sales order', () => {
  test('is the one that was updated last, and absent fields erase nothing', () => {
    const older = salesOrderFact({ poNumber: 'PO-1' });
    const newer = salesOrderFact({
      updatedAt: '2024-02-21T00:00:00.000Z',
      items: [{ sku: 'sku-90', quantity: 3 }],
    });

    for (const facts of [
      [older, newer],
      [newer, older],
    ]) {
      expect(orderOf(...facts).salesOrder).toMatchObject({ items: [{ quantity: 3 }], poNumber: 'PO-1' });
    }
  });

  test('that is reported twice is the same as reported once', () => {
    fc.assert(
      fc.property(anySalesOrder, anySalesOrder, (one, two) => {
        const once = mergeSalesOrder(mergeSalesOrder(undefined, two), one);
        expect(mergeSalesOrder(once, one)).toBe(once);
      }),
    );
  });

  test('has the same content whichever of two versions came first', () => {
    fc.assert(
      fc.property(anySalesOrder, anySalesOrder, (one, two) => {
        const dateOf = ({ updatedAt = '', createdAt = '' }) => [updatedAt, createdAt].toSorted().at(-1);
        fc.pre(dateOf(one) !== dateOf(two));
        expect(stored(orderOf(one, two))).toEqual(stored(orderOf(two, one)));
      }),
    );
  });
});

describe('a line of a credit memo', () => {
  test('is written once: another report changes nothing that is known', () => {
    const first = creditMemoFact();
    const repeated = creditMemoFact({ quantity: 5, at: '2024-05-01T00:00:00.000Z' });

    expect(orderOf(first, repeated)).toEqual(orderOf(first));
  });

  test('takes from another report what the first one did not tell', () => {
    const facts = [creditMemoFact({ status: undefined }), creditMemoFact({ status: 'DEFICIENT' })];

    expect(orderOf(...facts).creditMemos).toMatchObject([{ status: 'DEFICIENT' }]);
  });

  test('is one whatever its memo is called, if it is of push-api', () => {
    const facts = [
      creditMemoFact({ family: 'push-api' }),
      creditMemoFact({ family: 'push-api', memoId: '2' }),
    ];

    expect(orderOf(...facts).creditMemos).toHaveLength(1);
  });

  test('that is reported twice is the same as reported once', () => {
    fc.assert(
      fc.property(fc.array(anyCreditMemo, { minLength: 1, maxLength: 6 }), (facts) => {
        const once = orderOf(...facts);
        expect(orderOf(...facts, ...facts)).toEqual(once);
      }),
    );
  });
});

describe('the header of an RMA', () => {
  test('does not go back in rank when an earlier status comes late', () => {
    const known = mergeRma(undefined, rmaFact({ status: 'denied', receivedAt: '2024-03-01T00:00:00.000Z' }));
    const late = rmaFact({ status: 'authorized', receivedAt: '2024-03-02T00:00:00.000Z' });

    expect(mergeRma(known, late)).toBe(known);
  });

  test('takes newer fields within one rank, and keeps those that are not repeated', () => {
    const known = mergeRma(undefined, rmaFact({ poNumber: 'PO-1', receivedAt: '2024-03-01T00:00:00.000Z' }));
    const next = rmaFact({ status: 'partially_authorized', receivedAt: '2024-03-02T00:00:00.000Z' });

    expect(mergeRma(known, next)).toMatchObject({ status: 'partially_authorized', poNumber: 'PO-1' });
  });

  test('that is reported twice is the same as reported once', () => {
    fc.assert(
      fc.property(anyRma, anyRma, (one, two) => {
        const once = mergeRma(mergeRma(undefined, two), one);
        expect(mergeRma(once, one)).toBe(once);
      }),
    );
  });
});

describe('a return item', () => {
  test('begins as Requested, with nothing decided', () => {
    expect(mergeReturn(undefined, openingFact())).toMatchObject({
      state: 'Requested',
      rev: 0,
      rmaId: '000000093',
    });
  });

  test('keeps its state when a new fact is merged', () => {
    const listed = {
      ...mergeReturn(undefined, openingFact()),
      state: 'Listed' as const,
      listingId: 7,
      rev: 3,
    };

    expect(mergeReturn(listed, openingFact({ status: 'denied' }))).toMatchObject({
      state: 'Listed',
      listingId: 7,
      rev: 3,
      opening: { status: 'denied' },
    });
  });

  test('is returned itself when the fact is not new', () => {
    const known = mergeReturn(undefined, openingFact());

    expect(mergeReturn(known, openingFact({ receivedAt: '2024-04-01T00:00:00.000Z' }))).toBe(known);
  });

  test('takes newer fields within one rank, and absent fields erase nothing', () => {
    const known = mergeReturn(undefined, openingFact({ quantityApproved: 1 }));
    const next = openingFact({
      reason: 'too_small',
      quantityApproved: undefined,
      receivedAt: '2024-04-01T00:00:00.000Z',
    });

    expect(mergeReturn(known, next).opening).toMatchObject({ reason: 'too_small', quantityApproved: 1 });
  });

  test('does not overwrite a later field by an earlier one of the same rank', () => {
    const known = mergeReturn(undefined, openingFact({ reason: 'too_small' }));
    const earlier = openingFact({ reason: 'style', receivedAt: '2024-01-01T00:00:00.000Z' });

    expect(mergeReturn(known, earlier).opening?.reason).toBe('too_small');
  });

  test('takes the values of the rma-item with the newest updated_at', () => {
    const known = mergeReturn(undefined, closingFact({ condition: 'goed' }));
    const older = closingFact({ condition: 'gedragen', updatedAt: '2024-01-01T00:00:00.000Z' });
    const newer = closingFact({ condition: 'gedragen', updatedAt: '2024-12-01T00:00:00.000Z' });

    expect(mergeReturn(known, older)).toBe(known);
    expect(mergeReturn(known, newer).closing?.condition).toBe('gedragen');
  });

  const openingRank = ({ status, rmaStatus }: Pick<OpeningFact, 'status' | 'rmaStatus'>) =>
    Math.max(...[status, rmaStatus].map((one) => (one ? statusRank(one) : 0)));
  const anyFact = fc.oneof(anyOpening, anyClosing).map((fact) => ({ ...fact, family: 'push-api' as const }));

  test('that is reported twice is the same as reported once', () => {
    fc.assert(
      fc.property(anyFact, anyFact, (one, two) => {
        const once = mergeReturn(mergeReturn(undefined, two), one);
        expect(mergeReturn(once, one)).toBe(once);
      }),
    );
  });

  test('has the same content whichever of two different facts came first', () => {
    /** Two statuses of one rank at one instant are a tie: nothing says which of them is the newer one. */
    const rank = (status: OpeningFact['status']) => (status ? statusRank(status) : 0);
    const isTie = (one: OpeningFact, two: OpeningFact) =>
      one.receivedAt === two.receivedAt &&
      (openingRank(one) === openingRank(two) ||
        rank(one.status) === rank(two.status) ||
        rank(one.rmaStatus) === rank(two.rmaStatus));
    const areVersions = (one: OpeningFact | ClosingFact, two: OpeningFact | ClosingFact) =>
      one.kind === 'opening' && two.kind === 'opening'
        ? !isTie(one, two)
        : one.kind !== two.kind ||
          (one.kind === 'closing' && two.kind === 'closing' && one.updatedAt !== two.updatedAt);
    fc.assert(
      fc.property(anyFact, anyFact, (one, two) => {
        fc.pre(areVersions(one, two));
        expect(contentOf(orderOf(one, two))).toEqual(contentOf(orderOf(two, one)));
      }),
    );
  });

  test('never goes back in rank, with any facts in any order', () => {
    fc.assert(
      fc.property(fc.array(anyFact, { minLength: 1, maxLength: 6 }), (facts) => {
        let known: ReturnType<typeof mergeReturn> | undefined;
        for (const fact of facts) {
          const before = known;
          known = mergeReturn(known, fact);
          const furthest = Math.max(
            fact.kind === 'opening' ? openingRank(fact) : 0,
            before?.opening ? openingRank(before.opening) : 0,
          );
          if (known.opening) expect(openingRank(known.opening)).toBe(furthest);
        }
      }),
    );
  });

  test('stays closed after an rma-item', () => {
    fc.assert(
      fc.property(fc.array(anyFact, { minLength: 1, maxLength: 6 }), (facts) => {
        const [item] = orderOf(...facts).returns;
        const closings = facts.filter(({ kind }) => kind === 'closing');
        expect(item?.closing !== undefined).toBe(closings.length > 0);
      }),
    );
  });
});
