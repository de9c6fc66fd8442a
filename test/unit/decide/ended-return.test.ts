import type { OrderFact } from '../../../lib/facts/facts.ts';
import type { RmaStatus } from '../../../lib/facts/vendor-terms.ts';
import { rmaStatuses } from '../../../lib/facts/vendor-terms.ts';
import type { IgfState } from '../../../lib/returns/igf-state.ts';
import {
  atIgf,
  closingFact,
  openingFact,
  pushApiOpening,
  rmaFact,
  shipmentFact,
} from '../../support/builders.ts';
import {
  decideOn,
  expiredClaim,
  listedStates,
  liveClaim,
  openStates,
  readyToList,
} from '../../support/decisions.ts';

describe('a return that is over at the merchant', () => {
  const overStatuses = rmaStatuses.filter(
    (status) => !['pending', 'authorized', 'partially_authorized'].includes(status),
  );
  const overs: [string, OrderFact[]][] = [
    ...overStatuses.map((status): [string, OrderFact[]] => [
      status,
      [openingFact({ status }), shipmentFact()],
    ]),
    ...(['denied', 'closed', 'processed_closed'] as const).map((status): [string, OrderFact[]] => [
      `header ${status}`,
      [openingFact(), rmaFact({ status }), shipmentFact()],
    ]),
    ['a closing rma-item', [pushApiOpening(), closingFact()]],
  ];

  describe.each(overs)('%s', (_name, facts) => {
    test.each(openStates)('closes a return that is %s and was never listed', (state) => {
      expect(decideOn(facts, { state })).toMatchObject({ state: 'Closed', action: { kind: 'none' } });
    });

    test.each(listedStates)('cancels a return that is %s', (state) => {
      expect(decideOn(facts, { state, listingId: 7 })).toMatchObject({
        state: 'Cancelling',
        action: { kind: 'cancel', listingId: 7, checkFirst: false },
      });
    });

    test('first checks whether an unanswered call listed it', () => {
      expect(decideOn(facts, { state: 'Listing', pendingCall: expiredClaim })).toMatchObject({
        state: 'Listing',
        action: { kind: 'resolve' },
      });
    });

    test('waits for an attempt that is listing it', () => {
      expect(decideOn(facts, { state: 'Listing', pendingCall: liveClaim }).action).toEqual({
        kind: 'wait',
        until: liveClaim.until,
      });
    });
  });

  test('the header ends its items only when it is denied, closed or processed_closed', () => {
    expect(decideOn([...readyToList, rmaFact({ status: 'received' })]).action.kind).toBe('list');
  });

  test('its end comes before every reason not to list it', () => {
    const facts = [openingFact({ status: 'denied', reason: 'mouwen te wijd', currency: 'GBP' })];

    expect(decideOn(facts).state).toBe('Closed');
  });

  test('an rma-item alone is recorded as Closed and calls nothing', () => {
    expect(decideOn([closingFact()])).toMatchObject({ state: 'Closed', action: { kind: 'none' } });
  });

  test('a cancellation of unknown outcome is checked before it is repeated', () => {
    const facts = [openingFact({ status: 'denied' })];

    expect(
      decideOn(facts, {
        state: 'Cancelling',
        listingId: 7,
        pendingCall: { ...expiredClaim, operation: 'cancel' },
      }).action,
    ).toEqual({
      kind: 'cancel',
      listingId: 7,
      checkFirst: true,
      withdraw: false,
    });
    expect(decideOn(facts, { state: 'Cancelling', listingId: 7 }).action).toMatchObject({
      checkFirst: false,
      withdraw: false,
    });
  });

  test.each(['Cancelled', 'Closed'] as const)('nothing is done about a return that is %s', (state) => {
    const facts = [openingFact({ status: 'denied' })];
    const reached = { state, why: 'as it was', ...(state === 'Cancelled' && { listingId: 7 }) };

    expect(decideOn(facts, reached)).toMatchObject({ state, why: 'as it was', action: { kind: 'none' } });
  });

  describe.each(['Shipped', 'Completed'] as const)('once it is %s', (state) => {
    const decided = (status: RmaStatus, events: IgfState['events'] = []) =>
      decideOn([openingFact({ status }), shipmentFact()], {
        state,
        why: 'as it was',
        listingId: 7,
        igf: { ...atIgf(state), events },
      });

    test('a merchant who approves a due refund completes it', () => {
      for (const status of ['approved', 'approved_on_item', 'processed_closed'] as const) {
        expect(decided(status, ['REFUND'])).toMatchObject({
          state: 'Settled',
          refundDue: false,
          action: { kind: 'none' },
        });
        expect(decided(status, ['REFUND']).attention).toBeUndefined();
      }
    });

    test('a merchant who closes it without paying a due refund gets attention', () => {
      for (const status of ['denied', 'rejected'] as const) {
        expect(decided(status, ['REFUND'])).toMatchObject({
          state,
          refundDue: true,
          attention: expect.stringContaining('Closed unrefunded'),
        });
      }
    });

    test('nothing is asked about its end before the refund is due', () => {
      for (const status of ['denied', 'closed', 'processed_closed'] as const) {
        expect(decided(status).attention).toBeUndefined();
      }
    });

    test('a merchant who received it must check what arrived, while it is on its way to its buyer', () => {
      for (const status of ['approved', 'received'] as const) {
        const attention =
          state === 'Shipped'
            ? expect.stringMatching(`its status is ${status}.*WEB-3.*check what`)
            : undefined;
        expect(decided(status)).toMatchObject({ state, attention });
      }
      expect(decided('received', ['REFUND'])).toMatchObject({
        state,
        attention: expect.stringMatching(/^Refund due/),
      });
    });
  });
});
