import type { ReturnState } from '../../../lib/returns/return-item.ts';
import { atIgf, openingFact, shipmentFact } from '../../support/builders.ts';
import {
  decideOn,
  expiredClaim,
  listedStates,
  liveClaim,
  openStates,
  readyToList,
} from '../../support/decisions.ts';

describe('any other return is listed', () => {
  test.each(['Requested', 'AwaitingShipment'] as const)('from %s', (state) => {
    expect(decideOn(readyToList, { state })).toMatchObject({
      state: 'Listing',
      action: { kind: 'list', checkFirst: false, request: { sku: 'sku-90', originalPrice: 270 } },
    });
  });

  test('after a check at IGF, when an earlier call was not answered', () => {
    expect(decideOn(readyToList, { state: 'Listing', pendingCall: expiredClaim }).action).toMatchObject({
      kind: 'list',
      checkFirst: true,
    });
  });

  test('but not while another attempt has the claim', () => {
    expect(decideOn(readyToList, { state: 'Listing', pendingCall: liveClaim })).toMatchObject({
      state: 'Listing',
      action: { kind: 'wait', until: liveClaim.until },
    });
  });

  test.each(listedStates)('but not again once it is %s', (state) => {
    expect(decideOn(readyToList, { state, listingId: 7, why: 'as it was', igf: atIgf(state) })).toMatchObject(
      {
        state,
        why: 'as it was',
        action: { kind: 'none' },
      },
    );
  });

  test.each([
    ['pending units', openingFact({ status: 'partially_authorized', quantityRequested: 2 })],
    ['a bad reason', openingFact({ reason: 'broken' })],
    ['an unknown reason', openingFact({ reason: 'mouwen te wijd' })],
  ])('but with %s during an unanswered call, that call is checked first', (_what, opening) => {
    expect(
      decideOn([opening, shipmentFact()], { state: 'Listing', pendingCall: expiredClaim }),
    ).toMatchObject({
      state: 'Listing',
      action: { kind: 'resolve' },
    });
  });
});

test('every state of a return has its decision', () => {
  const states: ReturnState[] = [...openStates, ...listedStates];

  for (const state of states) expect(decideOn(readyToList, { state, listingId: 7 }).why).toMatch(/\.$/);
});
