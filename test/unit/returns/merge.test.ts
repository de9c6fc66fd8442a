import fc from 'fast-check';
import { endsReturn, endsWholeRma, statusRank } from '../../../lib/facts/vendor-terms.ts';
import { mergeRma, mergeSalesOrder } from '../../../lib/returns/merge.ts';
import { anyCreditMemo, anyRma, anySalesOrder } from '../../support/arbitraries.ts';
import { creditMemoFact, orderOf, rmaFact, salesOrderFact } from '../../support/builders.ts';

/** Content as stored: without unknown values. */
const stored = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

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

  test('takes from another report what the first one did not say', () => {
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
