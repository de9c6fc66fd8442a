import { builtInOnly } from '../../../lib/returns/vocabulary.ts';
import { closingFact, openingFact, policy, shipmentFact } from '../../support/builders.ts';
import { decideOn, liveClaim, readyToList } from '../../support/decisions.ts';

const asked = { attention: 'Serve WEB-3 from stock.', tasks: [{ task: 'serve-from-stock' }] };

describe('what people must do stays as it was', () => {
  test('while another attempt is making a call', () => {
    expect(decideOn(readyToList, { state: 'Listing', pendingCall: liveClaim, ...asked })).toMatchObject({
      action: { kind: 'wait' },
      ...asked,
    });
  });

  test('while its listing is being cancelled, unless the bridge only observes', () => {
    const denied = [openingFact({ status: 'denied' }), shipmentFact()];
    const listed = { state: 'Listed' as const, listingId: 7, ...asked };

    expect(decideOn(denied, listed)).toMatchObject({ action: { kind: 'cancel' }, ...asked });
    expect(decideOn(denied, listed, { policy: policy({ mode: 'observe' }) }).tasks).toBeUndefined();
  });

  test('and not before a listing', () => {
    expect(decideOn(readyToList, asked)).toMatchObject({ action: { kind: 'list' }, attention: undefined });
  });
});

describe('a decision without the mappings of operators', () => {
  const needsThem = (...[facts, reached, overrides]: Parameters<typeof decideOn>) =>
    decideOn(facts, reached, overrides).needsMappings;
  const unknownReason = [openingFact({ reason: 'mouwen te wijd' }), shipmentFact()];

  test('needs them when one of its texts is not built in', () => {
    expect(needsThem(unknownReason)).toBe(true);
    expect(needsThem([openingFact({ status: undefined, unknownStatus: 'goedgekeurd' })])).toBe(true);
    expect(needsThem(readyToList, { texts: { condition: ['een beetje los'] } })).toBe(true);
  });

  test('needs none when its texts are built in, or when the article is not known', () => {
    expect(needsThem(readyToList)).toBeUndefined();
    expect(needsThem([closingFact()])).toBeUndefined();
  });

  test('is final with the mappings', () => {
    expect(needsThem(unknownReason, {}, { vocabulary: builtInOnly })).toBeUndefined();
  });
});
