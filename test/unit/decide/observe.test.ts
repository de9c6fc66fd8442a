import { openingFact, policy } from '../../support/builders.ts';
import { decideOn, expiredClaim, readyToList } from '../../support/decisions.ts';

describe('policy mode=observe', () => {
  const observe = { policy: policy({ mode: 'observe' as const }) };

  test('explains a listing and makes no call', () => {
    const decision = decideOn(readyToList, {}, observe);

    expect(decision).toMatchObject({ state: 'Requested', observedOnly: true, action: { kind: 'none' } });
    expect(decision.why).toContain('Observed only: it would be listed');
  });

  test('leaves a return `Listing` that a call of unknown outcome may have listed', () => {
    const begun = { state: 'Listing' as const, pendingCall: expiredClaim };

    expect(decideOn(readyToList, begun, observe)).toMatchObject({ state: 'Listing', observedOnly: true });
  });

  test('explains a cancellation and leaves the return listed', () => {
    const decision = decideOn(
      [openingFact({ status: 'denied' })],
      { state: 'Listed', listingId: 7 },
      observe,
    );

    expect(decision).toMatchObject({ state: 'Listed', action: { kind: 'none' } });
    expect(decision.why).toContain('Observed only: its listing would be cancelled');
  });

  test('decides everything else as with mode=live', () => {
    for (const facts of [
      [openingFact()],
      [openingFact({ reason: 'broken' })],
      [openingFact({ reason: 'mouwen te wijd' })],
      [openingFact({ status: 'denied' })],
    ]) {
      expect(decideOn(facts, {}, observe)).toEqual(decideOn(facts));
    }
  });
});
