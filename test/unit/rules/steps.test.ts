import type { ReturnItem } from '../../../lib/returns/return-item.ts';
import { atIgf } from '../../support/builders.ts';
import { decideOn, readyToList } from '../../support/decisions.ts';

const listed = (state: Parameters<typeof atIgf>[0], more: Partial<ReturnItem> = {}): Partial<ReturnItem> => ({
  ...{ state, why: 'as it was', listingId: 7, igf: atIgf(state) },
  ...more,
});

describe('a return that follows IGF', () => {
  test('keeps its reason while its state stays', () => {
    expect(decideOn(readyToList, listed('Matched')).why).toBe('as it was');
    expect(decideOn(readyToList, listed('Matched', { state: 'Listed' })).why).not.toBe('as it was');
  });

  test('says which cancellation was its own', () => {
    const cancelled = (state: 'Listed' | 'Cancelling') =>
      decideOn(readyToList, listed('Cancelled', { state })).why;

    expect(cancelled('Cancelling')).toBe('as it was Listing 7 is cancelled at ItGoesForward.');
    expect(cancelled('Listed')).not.toContain('as it was');
  });

  test('keeps the note of a status that must be mapped', () => {
    const unknown = readyToList.map((fact) => ({ ...fact, status: undefined, unknownStatus: 'goedgekeurd' }));
    const unmappedTerm = { field: 'status', text: 'goedgekeurd' } as const;

    expect(decideOn(unknown, listed('Matched', { unmappedTerm }))).toMatchObject({ unmappedTerm });
    expect(decideOn(readyToList, listed('Matched', { unmappedTerm }))).not.toHaveProperty('unmappedTerm');
  });
});
