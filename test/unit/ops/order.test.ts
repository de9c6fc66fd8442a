import { formatHistory } from '../../../infra/ops/order/format-history.ts';
import type { HistoryDelivery } from '../../../infra/ops/order/read-history.ts';
import { waitsFor } from '../../../infra/ops/order/waits-for.ts';
import type { ReturnItem } from '../../../lib/returns/return-item.ts';
import {
  atIgf,
  creditMemoFact,
  now,
  openingFact,
  orderOf,
  rmaFact,
  salesOrderFact,
  shipmentFact,
  situation,
  trackFact,
} from '../../support/builders.ts';

const facts = [
  openingFact({ reason: 'te klein' }),
  rmaFact(),
  shipmentFact({ track: { number: '1Z7E3V', carrier: 'ups' } }),
];

const delivery = (overrides: Partial<HistoryDelivery> = {}): HistoryDelivery => ({
  eventId: '0123456789abcdef',
  ...{ cause: null, by: null, unread: [], failures: [], lastError: null, nextAttemptAt: null },
  operations: [],
  webhook: 'stock-hub/v1/rma',
  receivedAt: '2024-03-08T13:30:00.000Z',
  correlationId: 'c-1',
  payload: '{"email":"jan.jansen@example.com"}',
  outcome: 'done',
  attempts: 1,
  lastAttemptAt: '2024-03-08T13:30:01.000Z',
  ...overrides,
});

function formatted(
  reached: Partial<ReturnItem> = {},
  {
    personal = false,
    deliveries = [delivery()],
  }: { personal?: boolean; deliveries?: HistoryDelivery[] } = {},
): string {
  const { order } = situation(facts, reached);
  return formatHistory({ order, deliveries, erasures: [] }, { personal, now, stage: 'prod' }).join('\n');
}

test('a return whose message was parked waits for a person, not for an attempt', () => {
  const deliveries = [delivery({ outcome: 'parked', lastError: 'Failed for 24 hours: IGF answered 503' })];
  const stuck = /waits for +a person, who redrives the parked message .*: npx bridge parked --stage prod/;
  expect(formatted({ state: 'Listing' }, { deliveries })).toMatch(stuck);
  expect(formatted({ state: 'Listing' })).toMatch(/waits for +the next attempt to list it/);
  expect(formatted({ state: 'Listed', listingId: 7 }, { deliveries })).toMatch(/waits for +a buyer/);
});

test('prints deliveries, facts and returns in sections', () => {
  const text = formatted({
    state: 'Matched',
    why: 'Somebody bought the article.',
    attention: 'Look at it.',
    attentionSince: '2024-03-10T10:00:00.000Z',
    listingId: 7,
    igfOrderId: 3,
    igf: atIgf('Matched'),
  });

  expect(text.split('\n').filter((line) => /^\S/.test(line))).toEqual([
    'Order 000000549',
    'Deliveries',
    'Shipments',
    'RMAs',
    'Returns',
  ]);
  expect(text).toMatch(/2024-03-08 13:30:00Z {2}stock-hub\/v1\/rma {2}done, 1 attempt/);
  expect(text).toMatch(/000000288, IN_TRANSIT, updated 2024-02-20 15:31:54Z/);
  expect(text).toMatch(/item +2 × sku-90 at EUR 270\.00/);
  expect(text).toMatch(/000000093\/90, Matched, sku-90, stock-hub/);
  expect(text).toMatch(/attention +Look at it\. \(since 2024-03-10 10:00:00Z\)/);
  expect(text).toMatch(/at IGF +listing 7 \(Matched\), order 3 \(Matched\), for order WEB-3/);
  expect(text).toMatch(/waits for +the label/);
});

test('prints the paths of what could not be read of a delivery', () => {
  const unread = ['items.0.price', 'track'];
  expect(formatted({}, { deliveries: [delivery({ unread })] })).toMatch(/not read +items\.0\.price, track/);
  expect(formatted()).not.toContain('not read');
});

test('prints the order as it was placed, a shipment that only its track reports, and credit memos', () => {
  const memo = creditMemoFact({ poNumber: 'PO-1', reversal: true });
  const order = orderOf(salesOrderFact({ poNumber: 'PO-1' }), trackFact(), memo);
  const shown = (personal: boolean) =>
    formatHistory({ order, deliveries: [], erasures: [] }, { personal, now, stage: 'prod' }).filter(
      (line) => line !== '',
    );

  expect(shown(false)).toEqual([
    'Order 000000549',
    'Deliveries: none',
    'Sales order',
    '  created 2024-02-20 15:20:02Z, updated 2024-02-20 15:20:02Z',
    '    item        2 × sku-90 at EUR 265.00',
    '    PO          PO-1',
    'Shipments',
    '  000000288, status unknown',
    '    carrier     ups',
    'RMAs: none',
    'Returns: none',
    'Credit memos',
    '  000000037, NONE, reversal, 2024-03-14 09:30:00Z, stock-hub',
    '    item        1 × sku-90',
    '    total       EUR 270.00',
    '    fee         EUR 2.95',
    '    PO          PO-1',
  ]);
  expect(shown(true).join()).toMatch(/receiver +Jan, Jansen.*track +1Z7E3V556825150AAP/);
});

test('prints why a delivery failed, how often, and when it is retried', () => {
  const failed = delivery({
    outcome: 'retry',
    attempts: 4,
    lastError: 'IGF answered 503',
    nextAttemptAt: '2024-03-08T14:30:00.000Z',
  });
  const text = formatted({}, { deliveries: [failed] });
  expect(text).toMatch(/retry, 4 attempts, the last 2024-03-08 13:30:01Z/);
  expect(text).toMatch(/error +IGF answered 503/);
  expect(text).toMatch(/next +2024-03-08 14:30:00Z/);
});

test('prints why IGF refused the last call', () => {
  const reason = 'POST /listings: IGF refused it with 400 (E1000): customer.address.houseNr: is required';
  const refusal = { eventId: 'e', at: now, request: 'r', reason };
  expect(formatted({ state: 'Listing', refusal })).toMatch(
    /refused +POST \/listings: .*houseNr: is required$/m,
  );
});

test('prints personal data only with --personal', () => {
  const personal = /Jansen|Edsger|example\.com|31600000000|9012DE|1Z7E3V|te klein|payload/;
  expect(formatted()).not.toMatch(personal);
  for (const known of [
    'Jansen',
    'Edsger',
    '9012DE',
    '1Z7E3V',
    'te klein',
    '{"email":"jan.jansen@example.com"}',
  ]) {
    expect(formatted({}, { personal: true })).toContain(known);
  }
});

describe('a return', () => {
  const item = (reached: Partial<ReturnItem>): ReturnItem => situation(facts, reached).item;

  test.each([
    ['Requested', /merchant/],
    ['AwaitingShipment', /shipment webhook/],
    ['Listed', /a buyer/],
    ['Labelled', /hands it in/],
    ['Completed', /REFUND/],
  ] as const)('in %s waits for %s', (state, words) => {
    expect(waitsFor(item({ state }), now, 'prod')).toMatch(words);
  });

  test('that mode=observe kept back waits for mode=live', () => {
    expect(waitsFor(item({ observedOnly: true }), now, 'prod')).toMatch(/mode=live/);
  });

  test.each(['Settled', 'Closed', 'NotForwardable', 'Unmatched', 'Cancelled'] as const)(
    'in %s waits for nothing',
    (state) => {
      expect(waitsFor(item({ state }), now, 'prod')).toBeUndefined();
    },
  );

  test('waits until the deadline that IGF reported', () => {
    const igf = { events: [], listing: { matchingDeadline: '2024-03-20T00:00:00.000Z' } };
    expect(waitsFor(item({ state: 'Listed', igf }), now, 'prod')).toBe('a buyer, until 2024-03-20 00:00:00Z');
  });

  test('waits for a mapping: names the command, and not the text', () => {
    const unmappedTerm = { field: 'reason', text: 'mouwen te wijd' } as const;
    const words = waitsFor(item({ state: 'NeedsMapping', unmappedTerm }), now, 'prod');
    expect(words).toContain('npx bridge unmapped --stage prod');
    expect(words).not.toContain('mouwen te wijd');
  });

  test('waits for the answer to a call while its claim lasts', () => {
    const until = '2024-03-11T12:01:00.000Z';
    expect(
      waitsFor(
        item({ state: 'Listing', pendingCall: { operation: 'list', request: '', token: 't', until } }),
        now,
        'prod',
      ),
    ).toMatch(/answer.*12:01/);
  });

  test('waits for a person after a refusal, and for the merchant while a refund is due', () => {
    const refusal = { eventId: 'e', at: now, request: 'r', reason: 'IGF answered 400' };
    expect(waitsFor(item({ state: 'Listing', refusal }), now, 'prod')).toMatch(/redriven/);
    expect(waitsFor(item({ state: 'Cancelled', refundDue: true }), now, 'prod')).toBe(
      'the merchant: a refund is due',
    );
  });
});
