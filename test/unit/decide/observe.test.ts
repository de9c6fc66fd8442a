import { openingFact, policy } from '../../support/builders.ts';
import { decideOn, readyToList } from '../../support/decisions.ts';

describe('policy mode=observe', () => {
  const observe = { policy: policy({ mode: 'observe' as const }) };

  test('explains a listing and makes no call', () => {
    const decision = decideOn(readyToList, {}, observe);

    expect(decision).toMatchObject({ state: 'Requested', action: { kind: 'none' } });
    expect(decision.why).toContain('Observed only: it would be listed');
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
