import { decide } from '../../../../lib/decide/decide.ts';
import type { ReturnItem } from '../../../../lib/returns/return-item.ts';
import { context, openingFact, orderOf, policy, shipmentFact } from '../../../support/builders.ts';
import { expiredClaim, liveClaim } from '../../../support/decisions.ts';

describe('a return whose units are promised to earlier returns', () => {
  /** The decision about the last return of one article, of which so many units were sent. */
  function lastOf(sent: number, ...earlier: Partial<ReturnItem>[]) {
    const itemIds = ['90', '91', '92'].slice(0, earlier.length + 1);
    const openings = itemIds.map((itemId) => openingFact({ itemId, sku: 'sku-90' }));
    const order = orderOf(
      ...openings,
      shipmentFact({ items: [{ sku: 'sku-90', quantity: sent, price: 270 }] }),
    );
    const returns = order.returns.map((item, at) => ({ ...item, ...earlier[at] }));
    const last = returns[earlier.length];
    if (!last) throw new Error('The order has a return for each item.');
    return decide({ ...order, returns }, last, context({ policy: policy({ forward: 'each-item' }) }));
  }
  const listed = { state: 'Listed', listingId: 7 } as const;

  test('is not forwarded, and says which returns come first', () => {
    expect(lastOf(1, listed)).toMatchObject({
      state: 'NotForwardable',
      why: expect.stringMatching(/: 1 unit of its article was sent .* Return 000000093\/90 comes first\.$/),
      attention: expect.stringMatching(/ Check return 000000093\/91 at/),
    });
    expect(lastOf(2, listed, { ...listed, listingId: 8 }).why).toMatch(
      /: 2 units of its article were sent .* Return 000000093\/90, 000000093\/91 comes first\.$/,
    );
  });

  test('is not forwarded when no unit was sent at all', () => {
    expect(lastOf(0).why).toMatch(/0 units of its article were sent to the customer\.$/);
  });

  test('is listed when a unit is left', () => {
    expect(lastOf(2, listed).action.kind).toBe('list');
  });

  test('waits for the claim of another return that ends first', () => {
    const until = '2024-03-11T12:00:30.000Z';

    expect(lastOf(1, { pendingCall: liveClaim }).action).toMatchObject({ until: liveClaim.until });
    expect(lastOf(2, { pendingCall: liveClaim }, { pendingCall: { ...liveClaim, until } }).action).toEqual({
      ...{ kind: 'wait', until },
    });
  });

  test('waits for a return whose claim has ended without an outcome', () => {
    expect(lastOf(1, { pendingCall: expiredClaim })).toMatchObject({
      ...{ state: 'Requested', waits: 'other-return', action: { kind: 'none' } },
      why: expect.stringContaining('whether return 000000093/90 is listed'),
    });
  });
});
