import { type Decision, decide } from '../../../lib/decide/decide.ts';
import { actionRules, attentionRules } from '../../../lib/decide/rules.ts';
import type { OrderFact } from '../../../lib/facts/facts.ts';
import {
  cancelFingerprint,
  deliverFingerprint,
  requestFingerprint,
} from '../../../lib/returns/listing-request.ts';
import type { Match, PendingCall, RelatedShipment, ReturnItem } from '../../../lib/returns/return-item.ts';
import type { DecisionContext } from '../../../lib/rules/view.ts';
import {
  address,
  atIgf,
  closingFact,
  context,
  creditMemoFact,
  openingFact,
  policy,
  pushApiOpening,
  rmaFact,
  shipmentFact,
  situation,
} from '../../support/builders.ts';
import { listingRequestOf } from '../../support/decisions.ts';

type Settings = Parameters<typeof policy>[0];
interface Given {
  /** What Winkelstraat reported; without it, an authorized return and its shipment. */
  facts?: OrderFact[];
  /** The progress of the return. */
  reached?: Partial<ReturnItem>;
  settings?: Settings;
}

const decided = ({ facts = [openingFact(), shipmentFact()], reached, settings }: Given): Decision => {
  const { order, item } = situation(facts, reached);
  const overrides: Partial<DecisionContext> = settings ? { policy: policy(settings) } : {};
  return decide(order, item, context(overrides));
};

/** A listed return with this progress at IGF. */
const listed = (
  state: Parameters<typeof atIgf>[0],
  { igf = {}, ...reached }: Partial<Omit<ReturnItem, 'igf'>> & { igf?: Partial<ReturnItem['igf']> } = {},
  given: Omit<Given, 'reached'> = {},
): Given => ({
  ...given,
  reached: { state, listingId: 7, ...reached, igf: { ...atIgf(state), ...igf } },
});

const pending = (operation: PendingCall['operation'], until = '2024-03-11T11:00:00.000Z'): PendingCall => ({
  ...{ operation, until, request: '', token: 'of another' },
});
const refusal = (request: string) => ({
  ...{ eventId: 'event-1', at: '2024-03-11T11:59:30.000Z', reason: 'refused with 422', request },
});
const match = (phase: Match['phase'], overrides: Partial<Match> = {}): Match => ({
  ...{ orderId: '000000777', shipmentId: '000000401', token: 'token', phase },
  ...overrides,
});
const labelled = { shipment: { id: 9, label: '3SDEVC676401291' } };
const related = (overrides: Partial<RelatedShipment> = {}): RelatedShipment => ({
  ...{ orderId: 'WEB-3', shipmentId: '000000401', track: '3SDEVC676401291', delivered: true },
  at: '2024-03-11T09:00:00.000Z',
  ...overrides,
});
const denied = { facts: [openingFact({ status: 'denied' }), shipmentFact()] };
const broken = [openingFact({ reason: 'broken' }), shipmentFact()];
const partly = (units: object) => ({
  facts: [openingFact({ status: 'partially_authorized', ...units }), shipmentFact()],
});
const unknownStatus = {
  facts: [openingFact({ status: undefined, unknownStatus: 'goedgekeurd' }), shipmentFact()],
};
const matching: { settings: Settings } = { settings: { matchShipments: 'on' } };
const checking: Settings = { checkForwardable: 'on' };

const listingFingerprint = (): string => requestFingerprint(listingRequestOf(decided({}).action));

/** A situation for each action rule. No rule runs before its test does. */
const actionSituations: Record<string, Given> = {
  'claimed-by-another-attempt': { reached: { pendingCall: pending('list', '2024-03-11T12:01:00.000Z') } },
  'already-closed': { reached: { state: 'Closed' } },
  'ended-by-merchant': denied,
  'personal-data-deleted': { reached: { stripped: true } },
  'regular-return-made': { reached: { state: 'NotForwardable', regularReturn: { id: 5 } } },
  'find-regular-return': { reached: { state: 'NotForwardable', pendingCall: pending('regular-return') } },
  'regular-return': { facts: broken, settings: { regularReturns: 'on' } },
  'certain-no': { facts: broken },
  'reported-by-other-family': {
    facts: [rmaFact({ family: 'push-api' }), rmaFact({ family: 'stock-hub' }), openingFact(), shipmentFact()],
  },
  'units-promised': { facts: [openingFact(), shipmentFact({ items: [{ sku: 'sku-90', quantity: 0 }] })] },
  'decided-in-part': {
    facts: [
      pushApiOpening({ status: undefined, rmaStatus: 'partially_authorized' }),
      rmaFact({ family: 'push-api', status: 'partially_authorized', itemIds: ['90', '91'] }),
    ],
    settings: { forward: 'each-item' },
  },
  'status-unknown': unknownStatus,
  'not-authorized-yet': { facts: [openingFact({ status: 'pending' })] },
  'no-unit-authorized': partly({ quantityApproved: 0 }),
  'unmapped-term': { facts: [openingFact({ reason: 'mouwen te wijd' }), shipmentFact()] },
  'unusable-value': {
    facts: [openingFact(), shipmentFact({ address: address({ lastName: undefined }) })],
  },
  'awaiting-shipment': { facts: [openingFact()] },
  'not-with-customer': { facts: [openingFact(), shipmentFact({ status: 'EXCEPTION' })] },
  'warehouse-label': {
    facts: [openingFact(), shipmentFact(), rmaFact({ track: { number: '1Z999' } })],
    settings: { trackedReturns: 'hold' },
  },
  'listed-too-often': { reached: { earlierListings: [7, 8, 9].map((listingId) => ({ listingId })) } },
  'check-forwardability': { settings: checking },
  'unavailable-at-igf': {
    get reached() {
      return { forwardability: { request: listingFingerprint(), status: 'Blacklisted' } };
    },
    settings: checking,
  },
  'listing-refused': {
    get reached(): Partial<ReturnItem> {
      return { state: 'Listing', refusal: refusal(listingFingerprint()) };
    },
  },
  list: {},
  'nothing-known': { reached: { opening: undefined }, facts: [openingFact(), rmaFact()] },
  'release-match': listed('Listed', { match: match('releasing') }, matching),
  settled: listed('Completed', { state: 'Settled' }),
  'refund-settled': listed(
    'Completed',
    { igf: { events: ['REFUND'] } },
    { facts: [openingFact({ status: 'approved' })] },
  ),
  'delivery-refused': listed('Shipped', {
    ...{ igf: labelled, relatedShipments: [related()], refusal: refusal(deliverFingerprint(9)) },
  }),
  'deliver-shipment': listed('Shipped', { igf: labelled, relatedShipments: [related()] }),
  'withdraw-order': listed('Listed', { match: match('committed', { unwanted: true }) }, matching),
  'place-order': listed('Listed', { match: match('reserved') }, matching),
  'confirm-order': listed('Listed', { match: match('committed') }, matching),
  'cancellation-refused': listed('Listed', { refusal: refusal(cancelFingerprint(7)) }, denied),
  'cancel-listing': listed('Listed', {}, denied),
  'withdraw-listing': listed('Listed', {}, { facts: broken }),
  'buyer-unknown': listed('Matched', {
    igf: { order: undefined, boughtAt: '2024-03-10T09:00:00.000Z' },
  }),
  'note-status': listed('Matched', {}, unknownStatus),
  'find-match': listed('Listed', {}, matching),
  'review-match': listed('Matched', { match: match('confirmed') }, matching),
  'follow-igf': listed('Matched'),
};

const buyerEnds = { events: ['RETURN_DEADLINE_PASSED' as const] };

/** A situation for each attention rule. */
const attentionSituations: Record<string, Given> = {
  'closed-unrefunded': listed('Completed', { igf: { events: ['REFUND'] } }, denied),
  'refund-due': listed('Completed', { igf: { events: ['REFUND'] } }),
  'refund-presumed': listed('Completed', { igf: { completedAt: '2024-03-08T00:00:00.000Z' } }),
  'closed-for-several': listed(
    'Completed',
    { igf: { events: ['REFUND'] } },
    { facts: [openingFact(), rmaFact({ status: 'processed_closed', itemIds: ['90', '91'] })] },
  ),
  'other-resolution': listed(
    'Completed',
    { igf: { events: ['REFUND'] } },
    { facts: [pushApiOpening(), closingFact({ merchantResolution: 'afgewezen' })] },
  ),
  'unclear-credit-memo': listed(
    'Completed',
    { igf: { events: ['REFUND'] } },
    { facts: [pushApiOpening(), creditMemoFact({ family: 'push-api', status: undefined })] },
  ),
  'reversed-credit-memo': listed(
    'Completed',
    { state: 'Settled' },
    { facts: [openingFact(), creditMemoFact({ reversal: true })] },
  ),
  'other-amount': listed(
    'Completed',
    { state: 'Settled' },
    { facts: [openingFact({ returnFee: 2.95 }), shipmentFact(), creditMemoFact({ rowTotal: 250 })] },
  ),
  'unpaid-too-long': listed(
    'Shipped',
    {},
    { facts: [openingFact(), rmaFact({ requestedAt: '2024-02-26T12:00:00.000Z' })] },
  ),
  'needed-to-go-on': unknownStatus,
  'handed-in-after-all': listed('Shipped', { igf: buyerEnds }),
  'parcel-lost': listed('Shipped', {
    igf: { order: { id: 3, status: 'Cancelled', cancelReason: 'NOT_DELIVERED_BY_CARRIER' } },
  }),
  'serve-from-stock': listed('Matched', { igf: buyerEnds }),
  'check-arrival': listed('Shipped', {}, { facts: [openingFact({ status: 'received' })] }),
  'changed-after-sale': listed('Matched', {}, { facts: broken }),
  'changed-too-often': listed('Listed', {
    earlierListings: [{ listingId: 5 }, { listingId: 6 }],
    listedAs: { webshopOrderId: '', sku: '', email: '', price: 260 },
  }),
  'decided-in-part-later': listed(
    'Matched',
    {},
    {
      facts: [
        pushApiOpening({ status: undefined, rmaStatus: 'approved_on_item' }),
        rmaFact({ family: 'push-api', status: 'approved_on_item', itemIds: ['90', '91'] }),
      ],
    },
  ),
  'status-unknown-later': listed('Matched', {}, unknownStatus),
  'missing-from-rma': listed(
    'Listed',
    {},
    { facts: [openingFact(), shipmentFact(), rmaFact({ family: 'stock-hub', itemIds: ['91'] })] },
  ),
  'hold-shipment': listed('Matched', { match: match('confirmed') }, matching),
  'served-twice': listed('Matched', { relatedShipments: [related({ track: 'ANOTHER' })] }),
  'order-by-hand': listed(
    'Listed',
    { match: match('reserved') },
    { settings: { matchShipments: 'suggest' } },
  ),
  'label-reminder': listed('Matched', {
    igf: { order: { id: 3, status: 'Matched', returnDeadline: '2024-03-12T12:00:00.000Z' } },
  }),
  'reported-by-both': {
    facts: [openingFact(), shipmentFact(), rmaFact({ family: 'stock-hub' }), rmaFact({ family: 'push-api' })],
  },
  'unusable-item': { facts: [openingFact(), shipmentFact(), rmaFact({ unusableItems: 1 })] },
  'carrier-exception': listed(
    'Matched',
    {},
    { facts: [pushApiOpening(), shipmentFact({ status: 'EXCEPTION' })] },
  ),
  'waits-too-long': {
    facts: [openingFact()],
    reached: { waits: 'shipment', waitingSince: '2024-03-10T12:00:00.000Z' },
  },
};

/** A step that needs a person names its own task. */
const taskOf: Record<string, string> = {
  'needed-to-go-on': 'status-unknown',
  'decided-in-part-later': 'decided-in-part',
  'status-unknown-later': 'status-unknown',
  'reported-by-both': 'reported-by-other-family',
  'waits-too-long': 'waits-for-shipment',
};

test('every rule has a situation, and every situation has a rule', () => {
  expect(Object.keys(actionSituations)).toEqual(Object.keys(actionRules));
  expect(Object.keys(attentionSituations)).toEqual(Object.keys(attentionRules));
});

test('no two rules have the same name', () => {
  const names = [actionRules, attentionRules].flatMap(Object.keys);
  expect(new Set(names).size).toBe(names.length);
});

test.each(Object.entries(actionSituations))(
  'the rule %s determines the action of its situation',
  (name, given) => {
    expect(decided(given).rule).toBe(name);
  },
);

test.each(Object.entries(attentionSituations))(
  'the rule %s asks for its task in its situation',
  (name, given) => {
    const decision = decided(given);
    expect(decision.tasks?.map(({ task }) => task)).toContain(taskOf[name] ?? name);
    expect(decision.attention).toMatch(/\.$/);
  },
);

test('a decision without attention names no task', () => {
  expect(decided({})).toMatchObject({ rule: 'list', attention: undefined, tasks: undefined });
});

test('a unit is released although IGF refuses to set the shipment delivered', () => {
  const refused = {
    ...{ igf: labelled, relatedShipments: [related()] },
    refusal: refusal(deliverFingerprint(9)),
  };
  const bought = listed('Shipped', { ...refused, match: match('reserved') }, matching);
  expect(decided(bought).action).toMatchObject({ kind: 'release' });
});

test('attention for money comes before attention for the warehouse', () => {
  const matched = { match: match('confirmed'), igf: { events: ['REFUND' as const] } };
  expect(decided(listed('Matched', matched, matching)).tasks?.[0]?.task).toBe('refund-due');
});
