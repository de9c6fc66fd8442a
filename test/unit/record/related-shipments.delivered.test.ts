import fc from 'fast-check';
import { decide } from '../../../lib/decide/decide.ts';
import { mergeRelatedShipments, relatedShipmentOf } from '../../../lib/record/related-shipments.ts';
import { readTrack } from '../../../lib/returns/order.ts';
import type { RelatedShipment, ReturnItem } from '../../../lib/returns/return-item.ts';
import {
  atIgf,
  context,
  openingFact,
  orderOf,
  policy,
  shipmentFact,
  situation,
} from '../../support/builders.ts';

const label = '3SDEVC676401291';
const related = (overrides: Partial<RelatedShipment> = {}): RelatedShipment => ({
  orderId: 'WEB-3',
  shipmentId: '000000401',
  track: label,
  delivered: true,
  at: '2024-03-11T09:00:00.000Z',
  ...overrides,
});

/** The decision about a listed return with this progress and these shipments. */
function decisionOf(
  state: 'Listed' | 'Matched' | 'Labelled' | 'Shipped' | 'Completed',
  relatedShipments: RelatedShipment[],
  { mode = 'live' as const, ...reached }: Partial<ReturnItem> & { mode?: 'live' | 'observe' } = {},
  facts = [openingFact()],
) {
  const labelled = state !== 'Listed' && state !== 'Matched';
  const igf = { ...atIgf(state), ...(labelled && { shipment: { id: 9, status: state, label } }) };
  const { order, item } = situation(facts, { state, listingId: 7, igf, relatedShipments, ...reached });
  return decide(order, item, context({ policy: policy({ mode }) }));
}

describe('a shipment that Winkelstraat reports as delivered', () => {
  test.each(['Labelled', 'Shipped'] as const)(
    'is set delivered at IGF when it has the label and its return is %s',
    (state) => {
      expect(decisionOf(state, [related()])).toMatchObject({
        state,
        why: expect.stringContaining('shipment 9'),
        action: { kind: 'deliver', shipmentId: 9, checkFirst: false },
      });
    },
  );

  test('is not set delivered again once it is Completed, or once the bridge has set it', () => {
    expect(decisionOf('Completed', [related()]).action.kind).toBe('none');
    expect(decisionOf('Shipped', [related()], { setDelivered: 9 }).action.kind).toBe('none');
  });

  test('completes no forwarding without its label, such as the warehouse’s own shipment for the same order', () => {
    expect(decisionOf('Labelled', [related({ track: '1Z7E3V556825150AAP' })]).action.kind).toBe('none');
    expect(decisionOf('Matched', [related()]).action.kind).toBe('none');
  });

  test('is not set delivered while it is underway', () => {
    expect(decisionOf('Shipped', [related({ delivered: false })]).action.kind).toBe('none');
  });

  test('is checked first when a call of unknown outcome may have set it delivered', () => {
    const pendingCall = {
      operation: 'deliver' as const,
      request: '',
      token: 'gone',
      until: '2024-03-11T11:00:00.000Z',
    };
    expect(decisionOf('Shipped', [related()], { pendingCall }).action).toMatchObject({
      kind: 'deliver',
      checkFirst: true,
    });
  });

  test('is set delivered before the return, which is over at the merchant, could be cancelled', () => {
    const over = [openingFact({ status: 'denied' })];
    expect(decisionOf('Labelled', [related()], {}, over).action.kind).toBe('deliver');
    expect(decisionOf('Labelled', [], {}, over).action.kind).toBe('cancel');
  });

  test('is only explained with mode=observe, with the same reason each time', () => {
    const observed = decisionOf('Shipped', [related()], { mode: 'observe' });
    expect(observed).toMatchObject({
      why: 'Observed only: it would be set delivered. Winkelstraat reports shipment 9 as delivered.',
      action: { kind: 'none' },
    });
    expect(decisionOf('Shipped', [related()], { mode: 'observe', why: observed.why })).toEqual(observed);
  });
});

describe('the same article sent to the buyer with another track number', () => {
  const second = related({ track: '1Z7E3V556825150AAP', delivered: false });

  test.each(['Matched', 'Labelled'] as const)('needs attention while the match is open (%s)', (state) => {
    expect(decisionOf(state, [second]).attention).toBe(
      'Served twice: hold shipment 000000401 or cancel listing 7.',
    );
  });

  test.each(['Listed', 'Shipped', 'Completed'] as const)(
    'needs no attention when the return is %s',
    (state) => {
      expect(decisionOf(state, [second]).attention).toBeUndefined();
    },
  );

  test('does not count when the shipment has the forwarding’s label, or belongs to another order than the buyer’s', () => {
    expect(decisionOf('Labelled', [related({ delivered: false })]).attention).toBeUndefined();
    expect(decisionOf('Labelled', [{ ...second, orderId: 'WEB-4' }]).attention).toBeUndefined();
  });

  test('does not count in the order of the return itself, which the article first came with', () => {
    const igf = { ...atIgf('Matched'), order: { id: 3, webshopOrderId: '000000549' } };
    expect(decisionOf('Matched', [{ ...second, orderId: '000000549' }], { igf }).attention).toBeUndefined();
  });
});

describe('track numbers', () => {
  test('are the same whatever their spaces and capitals', () => {
    expect(readTrack(' 3sdevc 676401291 ')).toBe(label);
  });

  test('that are empty, or the image of a label, are ignored', () => {
    expect([readTrack(undefined), readTrack('  '), readTrack('A'.repeat(65))]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('make a shipment a related shipment', () => {
    const [shipment] = orderOf(shipmentFact({ track: { number: '1z 7e' }, status: 'DELIVERED' })).shipments;
    const [untracked] = orderOf(shipmentFact()).shipments;
    if (!shipment || !untracked) throw new Error('The order has no shipment.');
    expect(relatedShipmentOf(shipment)).toEqual({
      orderId: '000000549',
      shipmentId: '000000288',
      track: '1Z7E',
      delivered: true,
      at: '2024-02-20T15:31:54.000Z',
    });
    expect(relatedShipmentOf(untracked)).toBeUndefined();
  });
});

test('related shipments are the same when they are reported in another order or repeatedly', () => {
  const reported = [
    related({ at: '2024-03-11T08:00:00.000Z', track: 'OLD', delivered: false }),
    related({ at: '2024-03-11T08:30:00.000Z', delivered: false }),
    related(),
    related({ at: '2024-03-11T10:00:00.000Z', delivered: false }),
    related({ shipmentId: '000000402' }),
  ];
  const sorted = (relatedShipments: RelatedShipment[] | undefined) =>
    relatedShipments?.toSorted((one, other) => one.shipmentId.localeCompare(other.shipmentId));
  const expected = sorted(mergeRelatedShipments(undefined, reported));
  expect(expected).toMatchObject([{ track: label, delivered: true }, { shipmentId: '000000402' }]);
  fc.assert(
    fc.property(fc.shuffledSubarray([...reported, ...reported], { minLength: 10 }), (mixed) => {
      expect(sorted(mergeRelatedShipments(undefined, mixed))).toEqual(expected);
    }),
  );
});
