import fc from 'fast-check';
import type { ClosingFact, OpeningFact } from '../../../lib/facts/facts.ts';
import { statusRank } from '../../../lib/facts/vendor-terms.ts';
import { mergeReturn } from '../../../lib/returns/merge.ts';
import { anyClosing, anyOpening } from '../../support/arbitraries.ts';
import { closingFact, openingFact, orderOf } from '../../support/builders.ts';

/** A repeated report costs no write, so the time of the last report is not comparable. */
const contentOf = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, field) => (key === 'receivedAt' ? undefined : field)));

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

  test('keeps the newer status of one rank when an older report that denies all is repeated', () => {
    const at = (day: number) => `2024-02-${day}T12:00:00.000Z`;
    const denied = openingFact({ status: 'rejected_on_item', rmaStatus: 'denied', receivedAt: at(20) });
    const approved = openingFact({ status: 'approved_on_item', rmaStatus: undefined, receivedAt: at(21) });
    const once = mergeReturn(mergeReturn(undefined, approved), denied);
    expect(once.opening?.status).toBe('approved_on_item');
    expect(mergeReturn(once, denied)).toBe(once);
  });

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
