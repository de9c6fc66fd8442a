import fc from 'fast-check';
import { decide } from '../../../lib/decide/decide.ts';
import type { Address, OpeningFact } from '../../../lib/facts/facts.ts';
import { eventTypes, shipmentStatuses } from '../../../lib/facts/vendor-terms.ts';
import { noticeOf } from '../../../lib/returns/notice.ts';
import type { ReturnItem } from '../../../lib/returns/return-item.ts';
import { type TextField, termOf } from '../../../lib/returns/vocabulary.ts';
import { anyPolicy } from '../../support/arbitraries.ts';
import {
  atIgf,
  context,
  openingFact,
  pushApiOpening,
  shipmentFact,
  situation,
} from '../../support/builders.ts';

const key = { pk: 'ORDER#000000549', sk: 'RETURN#000000093#90' };
const itemOf = (fact: OpeningFact, more: Partial<ReturnItem> = {}) => situation([fact], more).item;

test('a notice names order, article, return and listing, what to do, and where to look', () => {
  const item = itemOf(pushApiOpening(), {
    state: 'Completed',
    listingId: 7,
    attentionSince: '2024-03-11T12:00:00.000Z',
  });

  expect(noticeOf(item, 'Refund due: EUR 268.00. Process the RMA at Winkelstraat.', key)).toEqual({
    subject: 'Order 000000549: Refund due',
    body: `Order:    000000549
Article:  sku-90
Return:   000000093/90, Completed
Listing:  7 at ItGoesForward
Since:    2024-03-11T12:00:00.000Z

What to do:
Refund due: EUR 268.00. Process the RMA at Winkelstraat.

Where to look in the table of the bridge:
pk = ORDER#000000549
sk = RETURN#000000093#90
`,
  });
});

test('a notice names the reseller’s own number of the order, if it is known', () => {
  const { body } = noticeOf(itemOf(openingFact()), 'Look at it.', { ...key, poNumber: 'P\n1' });

  expect(body).toContain('Order:    000000549\nPO:       P 1\nArticle:');
});

test('SNS accepts a notice, and its body has the same lines, for any order number', () => {
  const anyNumber = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom('👗', 'ﷺ', 'E'), minLength: 70, maxLength: 110 }),
  );
  fc.assert(
    fc.property(anyNumber, anyNumber, (orderId, sku) => {
      const { subject, body } = noticeOf({ ...itemOf(openingFact({ sku })), orderId }, 'Look: at it.', key);

      expect(subject).toMatch(/^Order [\x20-\x7e]{0,94}$/);
      expect(body.isWellFormed()).toBe(true);
      expect(body.split('\n')).toHaveLength(11);
    }),
  );
});

describe('the notice of an unknown text', () => {
  const noticeAbout = (field: TextField, sent: string, opening: Partial<OpeningFact> = { [field]: sent }) =>
    noticeOf(
      itemOf(openingFact(opening), { unmappedTerm: { field, text: termOf(sent) } }),
      'Map the text.',
      key,
    ).body.match(/^The text: "(.*)"$/m)?.[1];

  test.each([
    ['reason', 'Mouwen te  wijd!'],
    ['condition', 'Een beetje los'],
    ['resolution', "n'importe quoi"],
    ['reason', 'x'.repeat(60)],
  ] as const)('shows a short text as it was sent: %s %j', (field, sent) => {
    expect(noticeAbout(field, sent)).toBe(sent.replace('  ', ' '));
  });

  test('shows a status as it was sent with the item, otherwise in its compared form', () => {
    const sent = 'Return_Received';
    expect(noticeAbout('status', sent, { unknownStatus: sent })).toBe(sent);
    expect(noticeAbout('status', sent, {})).toBe('return received');
  });

  test.each([['x'.repeat(61)], ['bel 0612345678'], ['bel ٠٦'], ['mail jan@example.com'], ['jan@example']])(
    'does not show a long text, or one that may hold a number or an address: %j',
    (sent) => {
      expect(noticeAbout('reason', sent)).toBeUndefined();
    },
  );

  test('does not show a text that is not the one to map', () => {
    expect(noticeAbout('reason', 'Mouwen te wijd', { reason: 'Mouwen te lang' })).toBeUndefined();
    expect(noticeAbout('reason', 'Mouwen te wijd', { condition: 'Mouwen te wijd' })).toBeUndefined();
  });
});

/** Values that no sentence of ours contains by chance. */
const secret = fc.uuid();
const anyCustomer: fc.Arbitrary<Address> = fc.record({
  firstName: secret,
  lastName: secret,
  companyName: secret,
  email: secret.map((name) => `${name}@example.com`),
  phone: secret,
  street: secret,
  houseNumber: secret,
  postcode: secret,
  city: secret,
  country: fc.constant('NL'),
});
const anyText = fc.oneof(secret, fc.constantFrom(undefined, 'refund', 'te klein', 'goed'));
const anyOpening = fc
  .record({
    address: fc.option(anyCustomer, { nil: undefined }),
    reason: anyText,
    resolution: anyText,
    condition: anyText,
    status: fc.constantFrom('authorized', 'partially_authorized', 'approved', 'denied', 'closed'),
    quantityRequested: fc.constantFrom(1, 2),
  })
  .map((change) => pushApiOpening(change as Partial<OpeningFact>));
const anyShipment = fc
  .record({ status: fc.constantFrom(...shipmentStatuses), address: anyCustomer })
  .map(shipmentFact);
const anyLife = fc
  .tuple(
    fc.constantFrom('Listed' as const, 'Matched' as const, 'Shipped' as const, 'Completed' as const),
    fc.subarray([...eventTypes]),
  )
  .map(([state, events]): Partial<ReturnItem> => ({ state, listingId: 7, igf: { ...atIgf(state), events } }));

/** All personal data and all words of customers. */
const personal = (...facts: { address?: Address | undefined; [field: string]: unknown }[]): string[] =>
  facts
    .flatMap(({ address, reason, resolution, condition }) => [
      ...Object.entries(address ?? {}).flatMap(([name, value]) => (name === 'country' ? [] : [value])),
      ...[reason, resolution, condition].filter((text) => /^[\da-f-]{36}$/.test(String(text))),
    ])
    .map(String);

test('a notice contains no personal data and no words of a customer', () => {
  let withAttention = 0;
  fc.assert(
    fc.property(
      anyOpening,
      anyShipment,
      fc.option(anyLife, { nil: undefined }),
      anyPolicy,
      (opening, shipment, life, policy) => {
        const { order, item } = situation([opening, shipment], life);
        const decision = decide(order, item, context({ policy }));
        if (!decision.attention) return;
        withAttention += 1;
        const { action, ...said } = decision;
        const { subject, body } = noticeOf({ ...item, ...said }, decision.attention, key);

        for (const value of personal({ ...opening }, { ...shipment }))
          expect(subject + body).not.toContain(value);
      },
    ),
    { numRuns: 300 },
  );
  expect(withAttention).toBeGreaterThan(50);
});
