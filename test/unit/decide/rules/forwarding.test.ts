import type { ReturnItem } from '../../../../lib/returns/return-item.ts';
import { atIgf, policy } from '../../../support/builders.ts';
import { decideOn, expiredClaim, readyToList } from '../../../support/decisions.ts';

type State = Parameters<typeof atIgf>[0];
const listed = (state: State, more: Partial<ReturnItem> = {}): Partial<ReturnItem> => ({
  ...{ state, why: 'as it was', listingId: 7, igf: atIgf(state) },
  ...more,
});

describe('a shipment that Winkelstraat reports as delivered', () => {
  const label = '3SDEVC676401291';
  const report = (track: string, delivered = true) => ({
    ...{ orderId: 'WEB-3', shipmentId: '000000401', track, delivered, at: '2024-03-11T09:00:00.000Z' },
  });
  const decided = (state: State, more: Partial<ReturnItem> = {}) =>
    decideOn(readyToList, {
      ...listed(state, { igf: { ...atIgf(state), shipment: { id: 9, label } } }),
      ...{ relatedShipments: [report('ANOTHER'), report(label)] },
      ...more,
    });

  test.each(['Labelled', 'Shipped'] as const)('is set delivered at IGF while it is %s', (state) => {
    expect(decided(state)).toMatchObject({
      why: expect.stringContaining('shipment 9 as delivered'),
      action: { kind: 'deliver', shipmentId: 9, checkFirst: false },
    });
  });

  test.each(['Matched', 'Completed'] as const)('changes nothing while it is %s', (state) => {
    expect(decided(state).action.kind).toBe('none');
  });

  test('is checked at IGF when the answer to the call is not stored', () => {
    const pendingCall = { ...expiredClaim, operation: 'deliver' } as const;

    expect(decided('Completed', { pendingCall })).toMatchObject({
      why: expect.not.stringContaining('Winkelstraat'),
      action: { kind: 'deliver', shipmentId: 9, checkFirst: true },
    });
  });

  test('completes nothing by another track, before it is delivered, or while its listing is cancelled', () => {
    expect(decided('Shipped', { relatedShipments: [report('ANOTHER')] }).action.kind).toBe('none');
    expect(decided('Shipped', { relatedShipments: [report(label, false)] }).action.kind).toBe('none');
    expect(decided('Labelled', { state: 'Cancelling' }).action.kind).not.toBe('deliver');
  });
});

describe('the order of a buyer', () => {
  const bought = { ...atIgf('Matched'), order: undefined, boughtAt: '2024-03-10T09:00:00.000Z' };

  test('is read when IGF reported neither its number nor its status', () => {
    const reads = (igf: ReturnItem['igf'], mode: 'live' | 'observe' = 'live') =>
      decideOn(readyToList, listed('Matched', { igf }), { policy: policy({ mode }) }).action.kind ===
      'read-buyer';

    expect(reads(bought)).toBe(true);
    expect(reads({ ...bought, order: { id: 3 } })).toBe(true);
    expect(reads({ ...bought, order: { id: 3, status: 'Matched' } })).toBe(false);
    expect(reads({ ...bought, order: { id: 3, webshopOrderId: 'WEB-3' } })).toBe(false);
    expect(reads(bought, 'observe')).toBe(false);
  });

  test('is not looked for while the bridge only observes, and the return follows IGF', () => {
    const observing = { policy: policy({ mode: 'observe' as const }) };

    expect(decideOn(readyToList, listed('Matched', { igf: bought }), observing)).toMatchObject({
      ...{ rule: 'follow-igf', why: 'as it was' },
    });
  });
});
