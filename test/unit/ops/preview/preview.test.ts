import { foretell } from '../../../../infra/ops/preview/foretold.ts';
import { nextCalls } from '../../../../infra/ops/preview/next-calls.ts';
import { shownBody } from '../../../../infra/ops/preview/shown-body.ts';
import type { Action } from '../../../../lib/decide/actions.ts';
import type { ListingRequest } from '../../../../lib/igf/api/listings.ts';
import { readPathCorrections } from '../../../../lib/igf/path-corrections.ts';
import { mergeFacts, recordFacts } from '../../../../lib/record/record-facts.ts';
import type { ReturnItem } from '../../../../lib/returns/return-item.ts';
import {
  closingFact,
  ofReturn,
  openingFact,
  order,
  orderOf,
  rmaFact,
  shipmentFact,
} from '../../../support/builders.ts';
import { inMemoryTable } from '../../../support/doubles/in-memory-table.ts';

const item: ReturnItem = {
  ...ofReturn,
  family: 'stock-hub',
  rev: 3,
  state: 'Listing',
  why: 'It is being listed.',
  listedAs: { webshopOrderId: '000000549', sku: 'sku-90', email: 'jan@example.com' },
};
const request: ListingRequest = {
  sku: 'sku-90',
  productId: '381189',
  listingWebshopOrderId: '000000549',
  returnReason: 'too_small',
  returnReasonComment: 'Jan zegt: te krap [000000093/90]',
  originalPrice: 270,
  quantity: 1,
  maxQuantity: 2,
  customer: {
    email: 'jan@example.com',
    firstName: 'Jan',
    lastName: 'Jansen',
    language: 'nl',
    address: { street: 'Dijk', houseNr: '1', city: 'Delft', postalCode: '1234AB', country: 'NL' },
  },
};
const match = { orderId: '777', shipmentId: '401', token: 't', phase: 'committed', igfOrderId: 5 } as const;

const foretold = (action: Action, corrections = {}): string[] => {
  const decision = { rule: 'list', state: 'Listing', why: 'It is so.', action } as const;
  return foretell({ before: item, item, decision, calls: nextCalls(item, decision, corrections) });
};
const listing =
  'POST /listings {"sku":"sku-90","productId":"381189","listingWebshopOrderId":"000000549","returnReason":"too_small",' +
  '"returnReasonComment":"… [000000093/90]","originalPrice":270,"quantity":1,"maxQuantity":2,"customer":"…"}';

test.each<[string, Action, string[]]>([
  ['nothing', { kind: 'none' }, ['no call, stays Listing: It is so.']],
  [
    'a live claim',
    { kind: 'wait', until: '2026-03-20T00:00:00.000Z' },
    ['no call before 2026-03-20 00:00:00Z: an earlier call to ItGoesForward is still open'],
  ],
  ['a listing', { kind: 'list', request, checkFirst: false }, [listing]],
  [
    'a listing after a call of unknown outcome',
    { kind: 'list', request, checkFirst: true },
    [
      'GET /listings/all?listingWebshopOrderId=000000549',
      `where none of them carries the mark of this return: ${listing}`,
    ],
  ],
  ['finding out', { kind: 'resolve' }, ['GET /listings/all?listingWebshopOrderId=000000549']],
  [
    'asking first',
    { kind: 'check', request },
    [
      'POST /info/forwardable {"items":[{"sku":"sku-90","productId":"381189"}],"webshopOrderId":"000000549","address":"…"}',
      `where it is Available: ${listing}`,
    ],
  ],
  [
    'a cancellation',
    { kind: 'cancel', listingId: 7, checkFirst: false },
    ['GET /orders?listingId=7', 'PUT /listings/cancel/7 {"cancelReason":"USER_CANCELLED"}'],
  ],
  [
    'a cancellation of unknown outcome',
    { kind: 'cancel', listingId: 7, checkFirst: true },
    [
      'GET /listings/7',
      'where it is not cancelled already: GET /orders?listingId=7',
      'where it is not cancelled already: PUT /listings/cancel/7 {"cancelReason":"USER_CANCELLED"}',
    ],
  ],
  ['a delivery', { kind: 'deliver', shipmentId: 9, checkFirst: false }, ['PUT /shipments/9/delivered']],
  [
    'a regular return',
    {
      kind: 'regular-return',
      request: {
        webshopOrderId: '1',
        products: [{ sku: 'a', productId: 'b', quantity: 1 }],
        customer: request.customer,
      },
      checkFirst: false,
    },
    [
      'POST /returns {"webshopOrderId":"1","products":[{"sku":"a","productId":"b","quantity":1}],"customer":"…"}',
    ],
  ],
  [
    'an order',
    { kind: 'place', listingId: 7, match, checkFirst: false },
    ['POST /orders/commit {"listingId":7,"webshopOrderId":"777","customer":"…"}'],
  ],
  [
    'a confirmation',
    { kind: 'confirm', listingId: 7, match, checkFirst: false },
    ['POST /orders/finalize/5 {"action":"CONFIRM"}'],
  ],
  [
    'a withdrawal',
    { kind: 'withdraw', listingId: 7, match },
    [
      'GET /orders?listingId=7',
      'where the order is there: GET /listings/7',
      'where it is still open: POST /orders/finalize/5 {"action":"REJECT"}',
    ],
  ],
])('%s is told as the calls that it takes, in their order', (_what, action, expected) => {
  expect(foretold(action)).toEqual(expected);
});

test('a path that this deployment corrects is told as it is corrected', () => {
  const corrections = readPathCorrections('{"setShipmentDelivered": "POST /shipment/{shipmentId}/done"}');
  expect(foretold({ kind: 'deliver', shipmentId: 9, checkFirst: false }, corrections)).toEqual([
    'POST /shipment/9/done',
  ]);
});

test('a call that would not be sent, because it does not fit, says so without a value', () => {
  const [line] = foretold({
    kind: 'list',
    request: { ...request, originalPrice: Number.NaN },
    checkFirst: false,
  });
  expect(line).toMatch(/\(not sent, and parked again: POST \/listings: .* at originalPrice\)$/);
});

test.each([
  ['unknown fields', { phone: '06', name: 'Jan' }, { phone: '…', name: '…' }],
  [
    'the customer’s own words',
    { returnReasonComment: 'Jan [x] zegt [1/2]' },
    { returnReasonComment: '… [1/2]' },
  ],
  ['a comment without a mark', { returnReasonComment: 'Jan' }, { returnReasonComment: '…' }],
  ['no body', null, null],
])('%s are not shown', (_what, body, shown) => {
  expect(shownBody(body)).toEqual(shown);
});

test.each([
  ['everything new', [shipmentFact(), rmaFact(), openingFact()]],
  ['a closing after an opening', [openingFact(), closingFact()]],
  ['two items', [openingFact(), openingFact({ itemId: '91' })]],
  ['an older fact after a newer one', [openingFact({ status: 'approved' }), openingFact()]],
])('the story with facts is the story as recorded: %s', async (_what, facts) => {
  const before = orderOf(shipmentFact({ shipmentId: '1' }));
  const { order: recorded } = await recordFacts(order.orderId, facts, inMemoryTable(before));
  const unversioned = (told: object) =>
    JSON.parse(JSON.stringify(told, (name, value) => (name === 'rev' ? undefined : value)));
  expect(unversioned(mergeFacts(before, facts).order)).toEqual(unversioned(recorded));
});
