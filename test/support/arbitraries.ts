/** Any order that a property can be tried on: facts as webhooks can report them, and returns however far they got. */
import fc from 'fast-check';
import type { Policy } from '../../lib/config/policy.ts';
import type {
  Address,
  ClosingFact,
  CreditMemoFact,
  OpeningFact,
  OrderFact,
  RmaFact,
  SalesOrderFact,
  ShipmentFact,
  TrackFact,
} from '../../lib/facts/facts.ts';
import {
  creditMemoStatuses,
  returnReasons,
  rmaStatuses,
  shipmentStatuses,
} from '../../lib/facts/vendor-terms.ts';
import { type ReturnItem, type ReturnState, returnStates } from '../../lib/returns/return-item.ts';
import {
  address,
  closingFact,
  creditMemoFact,
  openingFact,
  rmaFact,
  salesOrderFact,
  shipmentFact,
  situation,
  trackFact,
} from './builders.ts';
import { anyCharacter } from './characters.ts';

/** Often absent: most rules are about what is missing. */
const maybe = <T>(known: fc.Arbitrary<T>) => fc.option(known, { nil: undefined });
const free = fc.string({ unit: anyCharacter, minLength: 1, maxLength: 12 });
/** Mostly what leads to a listing, so that properties of listings meet some. */
const mostly = <T>(usual: T, other: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ arbitrary: fc.constant(usual), weight: 6 }, { arbitrary: other, weight: 1 });

/** One of few moments, so that facts meet at the same one. */
const moment = fc
  .integer({ min: 0, max: 6 })
  .map((day) => new Date(Date.UTC(2024, 1, 20 + day, 12)).toISOString());

const labels = fc.constantFrom(
  ...returnReasons,
  'te klein',
  'Meer bezorgd dan besteld',
  'mouwen te wijd',
  'Terugbetalen',
);
const said = mostly<string | undefined>(
  'Te klein.',
  maybe(
    fc.oneof(
      labels,
      free,
      free.map((text) => text.repeat(30)),
    ),
  ),
);
const country = fc.constantFrom('NL', 'BE', 'DE', 'AT', 'FR', 'ES', 'US');

const anyAddress: fc.Arbitrary<Address> = mostly<Address>(
  address(),
  fc.record({
    firstName: maybe(free),
    lastName: maybe(free),
    companyName: maybe(free),
    email: maybe(fc.constantFrom('jan@example.com', 'els@example.com')),
    phone: maybe(free),
    street: maybe(free),
    houseNumber: maybe(free),
    postcode: maybe(free),
    city: maybe(free),
    country: maybe(country),
  }),
);

const currency = mostly('EUR', fc.constantFrom('eur', 'GBP'));
const amount = fc.oneof(fc.integer({ min: -1, max: 500 }), fc.double({ min: 0.01, max: 9999, noNaN: true }));
const units = fc.integer({ min: -1, max: 4 });

const article = {
  sku: mostly('sku-90', fc.constant('sku-91')),
  parentSku: maybe(fc.constant('381189')),
  reference: maybe(fc.constant('REF-1')),
  reason: said,
  resolution: mostly<string | undefined>('refund', fc.constantFrom('', 'Terugbetalen', 'ruilen', 'bel mij')),
  condition: mostly<string | undefined>(
    undefined,
    fc.constantFrom('als nieuw', 'gedragen', 'een beetje los'),
  ),
  price: maybe(amount),
  address: maybe(anyAddress),
};
const family = fc.constantFrom('stock-hub' as const, 'push-api' as const);
const rmaStatus = fc.constantFrom(...rmaStatuses);
const endOfRma = fc.constantFrom('denied' as const, 'closed' as const, 'processed_closed' as const);

export const anyOpening: fc.Arbitrary<OpeningFact> = fc
  .record({
    ...article,
    family,
    status: mostly('authorized', rmaStatus),
    rmaStatus: mostly(undefined, maybe(endOfRma)),
    receivedAt: moment,
    currency: maybe(currency),
    poNumber: maybe(fc.constantFrom('PO-1', 'PO-2')),
    quantityRequested: mostly<number | undefined>(1, maybe(units)),
    quantityApproved: mostly<number | undefined>(undefined, maybe(units)),
  })
  .map(openingFact);

export const anyClosing: fc.Arbitrary<ClosingFact> = fc
  .record({ ...article, updatedAt: moment })
  .map(closingFact);

export const anyRma: fc.Arbitrary<RmaFact> = fc
  .record({
    status: mostly('authorized', rmaStatus),
    receivedAt: moment,
    currency: maybe(currency),
    poNumber: maybe(free),
  })
  .map(rmaFact);

export const anyShipment: fc.Arbitrary<ShipmentFact> = fc
  .record({
    shipmentId: fc.constantFrom('1', '2'),
    status: maybe(fc.constantFrom(...shipmentStatuses)),
    updatedAt: maybe(moment),
    collectedAt: maybe(moment),
    deliveredAt: maybe(moment),
    currency: maybe(currency),
    poNumber: maybe(free),
    items: fc.array(
      fc.record({
        sku: mostly('sku-90', fc.constant('sku-91')),
        quantity: maybe(units),
        price: mostly<number | undefined>(270, maybe(amount)),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    address: maybe(anyAddress),
  })
  .map(shipmentFact);

export const anyTrack: fc.Arbitrary<TrackFact> = fc
  .record({
    shipmentId: fc.constantFrom('1', '2'),
    trackId: fc.constantFrom('A', 'B'),
    number: fc.constantFrom('1Z-1', '1Z-2', '1Z-3'),
    updatedAt: moment,
  })
  .map(trackFact);

export const anySalesOrder: fc.Arbitrary<SalesOrderFact> = fc
  .record({
    createdAt: maybe(moment),
    updatedAt: maybe(moment),
    currency: maybe(currency),
    poNumber: maybe(fc.constantFrom('PO-1', 'PO-2')),
    items: fc.array(
      fc.record({
        sku: mostly('sku-90', fc.constant('sku-91')),
        quantity: maybe(units),
        price: maybe(amount),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    address: maybe(anyAddress),
  })
  .map(salesOrderFact);

export const anyCreditMemo: fc.Arbitrary<CreditMemoFact> = fc
  .record({
    family,
    memoId: fc.constantFrom('1', '2'),
    lineId: fc.constantFrom('1', '2'),
    status: maybe(fc.constantFrom(...creditMemoStatuses)),
    at: moment,
    sku: mostly('sku-90', fc.constant('sku-91')),
    quantity: maybe(units),
    rowTotal: maybe(amount),
    reversal: fc.boolean(),
  })
  .map(creditMemoFact);

export const anyPolicy: fc.Arbitrary<Policy> = fc.record({
  mode: mostly<Policy['mode']>('live', fc.constant('observe')),
  countries: mostly(['NL', 'BE', 'DE', 'AT', 'FR'], fc.constantFrom(['NL'], ['ES'])),
  forward: fc.constantFrom('single-item' as const, 'each-item' as const),
  trackedReturns: fc.constantFrom('list' as const, 'hold' as const),
  refundPresumedHours: fc.constantFrom(84, 1),
  sku: mostly<Policy['sku']>('winkelstraat', fc.constant('article_number')),
  productId: fc.constantFrom('parent' as const, 'variant' as const, 'reference' as const),
  webshopOrderId: fc.constantFrom('order' as const, 'po_number' as const),
  regularReturns: mostly<Policy['regularReturns']>('off', fc.constant('on')),
  checkForwardable: mostly<Policy['checkForwardable']>('off', fc.constant('on')),
  matchShipments: mostly<Policy['matchShipments']>('off', fc.constantFrom('suggest', 'on')),
  keepOrdersDays: fc.constant(180),
  igfMaxPerSecond: fc.constant(20),
});

const reached: fc.Arbitrary<Partial<ReturnItem>> = fc
  .record({
    state: fc.oneof(fc.constantFrom<ReturnState>('Requested', 'Listing'), fc.constantFrom(...returnStates)),
    claim: fc.option(
      fc.constantFrom(
        { token: 'live', until: '2024-03-11T12:00:30.000Z' },
        { token: 'expired', until: '2024-03-11T12:00:00.000Z' },
      ),
      { nil: undefined, freq: 2 },
    ),
    attention: maybe(fc.constant('Look at it.')),
  })
  // A listing's id stays on the return once it is stored.
  .map(({ state, claim, attention }) => ({
    state,
    ...(claim &&
      state === 'Listing' && { pendingCall: { ...claim, operation: 'list' as const, request: '' } }),
    ...(claim &&
      state === 'Cancelling' && { pendingCall: { ...claim, operation: 'cancel' as const, request: '' } }),
    ...(['Listed', 'Matched', 'Labelled', 'Cancelling'].includes(state) && { listingId: 7 }),
    ...(attention && { attention }),
  }));

/** Facts of one return and of its order, at least one of them of the return itself. */
export const anyFacts: fc.Arbitrary<OrderFact[]> = fc
  .tuple(
    fc.oneof(anyOpening, anyOpening, anyOpening, anyClosing),
    fc.array(
      fc.oneof(
        anyOpening,
        anyClosing,
        anyRma,
        anyShipment,
        anyShipment,
        anySalesOrder,
        anyTrack,
        anyCreditMemo,
      ),
      { maxLength: 2 },
    ),
    maybe(anyShipment),
  )
  .map(([first, more, shipment]) => [first, ...more, ...(shipment ? [shipment] : [])]);

/** An order with one return in any state. */
export const anySituation = fc
  .tuple(anyFacts, reached)
  .map(([facts, item]) => ({ facts, ...situation(facts, item) }));
