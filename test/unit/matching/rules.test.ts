import { decide } from '../../../lib/decide/decide.ts';
import type { ShipmentFact } from '../../../lib/facts/facts.ts';
import { canFulfil } from '../../../lib/matching/matches.ts';
import type { Shipment } from '../../../lib/returns/order.ts';
import type { Match, ReturnItem } from '../../../lib/returns/return-item.ts';
import {
  address,
  atIgf,
  context,
  openingFact,
  policy,
  pushApiOpening,
  shipmentFact,
  situation,
} from '../../support/builders.ts';

const buyer = address({ email: 'buyer@example.com', houseNumber: '99' });
const waiting = (overrides: Partial<ShipmentFact> = {}): Shipment => {
  const { kind, ...fact } = shipmentFact({
    orderId: '000000777',
    shipmentId: '000000401',
    status: 'READY_FOR_PICKUP',
    address: buyer,
    ...overrides,
  });
  return { rev: 1, ...fact } as Shipment;
};
const listed: Partial<ReturnItem> = { state: 'Listed', listingId: 7, igf: atIgf('Listed') };
const match = (overrides: Partial<Match> = {}): Match => ({
  orderId: '000000777',
  shipmentId: '000000401',
  token: 'token',
  phase: 'reserved',
  ...overrides,
});

describe('a listed article can serve a shipment of another order', () => {
  const { order, item } = situation([pushApiOpening()], listed);
  const { email, ...withoutEmail } = address();

  test.each<[string, Partial<ShipmentFact>]>([
    ['that is ready for pickup', {}],
    ['whose status is unknown', { status: 'UNKNOWN' }],
    ['that has no status', { status: undefined }],
    ['that writes the article differently', { items: [{ sku: 'SKU-90' }] }],
    ['to the same address with another email', { address: address({ email: 'other@example.com' }) }],
  ])('%s', (_what, overrides) => {
    expect(canFulfil(order, item, waiting(overrides))).toBe(true);
  });

  test.each<[string, Partial<ShipmentFact>]>([
    ['that is underway', { status: 'IN_TRANSIT' }],
    ['in trouble', { status: 'EXCEPTION' }],
    ['that is collected', { collectedAt: '2024-03-01T00:00:00.000Z' }],
    ['that is delivered', { deliveredAt: '2024-03-01T00:00:00.000Z' }],
    ['of another article', { items: [{ sku: 'another' }] }],
    ['to an unknown receiver', { address: undefined }],
    ['to the sender', { address: address({ email: ` ${email?.toUpperCase()}`, houseNumber: '1' }) }],
    ['to the sender’s address without an email', { address: withoutEmail }],
  ])('but not one %s', (_what, overrides) => {
    expect(canFulfil(order, item, waiting(overrides))).toBe(false);
  });
});

describe('a shipment is looked for', () => {
  const offered = (reached: Partial<ReturnItem>, opening = {}) => {
    const { order, item } = situation([pushApiOpening(opening)], { ...listed, ...reached });
    return (
      decide(order, item, context({ policy: policy({ matchShipments: 'on' }) })).action.kind === 'reserve'
    );
  };
  test('while the article is listed', () => expect(offered({})).toBe(true));
  test.each<[string, Partial<ReturnItem>, object]>([
    ['when somebody bought it', { igf: atIgf('Matched') }, {}],
    ['when somebody is about to buy it', { igf: { events: [], listing: { status: 'Pending' } } }, {}],
    ['when its return is over', {}, { status: 'denied' }],
    ['when several units come back', {}, { quantityRequested: 2 }],
  ])('and not %s', (_when, reached, opening) => {
    expect(offered(reached, opening)).toBe(false);
  });
});

describe('a decision about a match', () => {
  const decided = (
    reached: Partial<ReturnItem>,
    change: Parameters<typeof policy>[0] = { matchShipments: 'on' },
    opening: object = {},
  ) => {
    const { order, item } = situation([openingFact(opening)], { ...listed, ...reached });
    return decide(order, item, context({ policy: policy(change) }));
  };
  const pendingCall = {
    operation: 'confirm' as const,
    request: '',
    token: 'old',
    until: '2024-03-01T00:00:00.000Z',
  };

  test.each<[string, Partial<ReturnItem>, object]>([
    ['reserved is ordered', { match: match() }, { kind: 'place', checkFirst: false }],
    [
      'that may be ordered is checked first',
      { match: match({ phase: 'ordering' }) },
      { kind: 'place', checkFirst: true },
    ],
    [
      'that is ordered is confirmed',
      { match: match({ phase: 'committed' }) },
      { kind: 'confirm', checkFirst: false },
    ],
    [
      'that may be confirmed is checked first',
      { match: match({ phase: 'committed' }), pendingCall },
      { kind: 'confirm', checkFirst: true },
    ],
    [
      'whose shipment could not wait is withdrawn',
      { match: match({ phase: 'committed', unwanted: true }) },
      { kind: 'withdraw' },
    ],
    [
      'that is confirmed makes no call, but reviews whether its shipment still waits',
      { match: match({ phase: 'confirmed' }) },
      { kind: 'review' },
    ],
  ])('a match %s', (_what, reached, action) => {
    expect(decided(reached).action).toMatchObject(action);
  });

  test.each(['ordering', 'committed'] as const)(
    'withdraws an order in the phase %s before it cancels the listing of an ended return',
    (phase) => {
      const reached = { match: match({ phase }) };
      expect(decided(reached, { matchShipments: 'on' }, { status: 'denied' }).action.kind).toBe('withdraw');
      expect(decided({}, { matchShipments: 'on' }, { status: 'denied' }).action.kind).toBe('cancel');
    },
  );

  test.each(['off', 'suggest'] as const)(
    'withdraws a committed order when the policy is set to %s',
    (value) => {
      expect(decided({ match: match({ phase: 'committed' }) }, { matchShipments: value }).action.kind).toBe(
        'withdraw',
      );
    },
  );

  test('sets attention with suggest, and none with off', () => {
    expect(decided({ match: match() }, { matchShipments: 'suggest' })).toMatchObject({
      action: { kind: 'review' },
      attention:
        'Shipment 000000401 of order 000000777 could be served by listing 7: hold it and place the order at ItGoesForward.',
    });
    expect(decided({ match: match() }, { matchShipments: 'off' }).attention).toBeUndefined();
  });

  test('makes no call with mode=observe', () => {
    for (const phase of ['reserved', 'ordering', 'committed'] as const) {
      const decision = decided({ match: match({ phase }) }, { matchShipments: 'on', mode: 'observe' });
      expect(decision).toMatchObject({
        action: { kind: 'none' },
        why: expect.stringMatching(/^Observed only/),
      });
    }
  });

  test('tells the warehouse to hold the shipment until the article is with the carrier', () => {
    const confirmed = { match: match({ phase: 'confirmed' }) };
    const hold = 'Hold shipment 000000401 of order 000000777: the article comes from another customer.';
    expect(decided({ ...confirmed, igf: atIgf('Matched') }).attention).toBe(hold);
    expect(decided({ ...confirmed, igf: atIgf('Labelled') }).attention).toBe(hold);
    expect(decided({ ...confirmed, igf: atIgf('Shipped') }).attention).toBeUndefined();
  });
});
