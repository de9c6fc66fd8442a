import fc from 'fast-check';
import { decide } from '../../../lib/decide/decide.ts';
import type { Address, OpeningFact } from '../../../lib/facts/facts.ts';
import { eventTypes, shipmentStatuses } from '../../../lib/facts/vendor-terms.ts';
import { noticeOf, noticeOfMany } from '../../../lib/returns/notice.ts';
import type { ReturnItem } from '../../../lib/returns/return-item.ts';
import { type TextField, termOf } from '../../../lib/returns/vocabulary.ts';
import { anyPolicy } from '../../support/arbitraries.ts';
import {
  atIgf,
  context,
  deployment,
  openingFact,
  pushApiOpening,
  shipmentFact,
  situation,
} from '../../support/builders.ts';
import { anyCharacter } from '../../support/characters.ts';
import { runs } from '../../support/long-form.ts';

const key = { pk: 'ORDER#000000549', sk: 'RETURN#000000093#90' };
const about = { ...key, deployment };
const link =
  'https://eu-west-1.console.aws.amazon.com/dynamodbv2/home?region=eu-west-1#edit-item?itemMode=2&pk=ORDER%23000000549&route=ROUTE_ITEM_EXPLORER&sk=RETURN%23000000093%2390&table=bridge';
const itemOf = (fact: OpeningFact, more: Partial<ReturnItem> = {}) => situation([fact], more).item;

test('a notice names the stage, what to do about which return, the commands and the item in the console', () => {
  const item = itemOf(pushApiOpening(), {
    state: 'Completed',
    listingId: 7,
    attentionSince: '2024-03-11T12:00:00.000Z',
  });

  expect(noticeOf(item, 'Refund due: EUR 268.00. Process the RMA at Winkelstraat.', about)).toEqual({
    subject: '[prod] Order 000000549: Refund due',
    body: `Return 000000093/90 of order 000000549 waits for you. Its article is sku-90. Its state is Completed. ItGoesForward has it as listing 7. It has waited since 2024-03-11 12:00 UTC.

What to do: Refund due: EUR 268.00. Process the RMA at Winkelstraat.

To see the whole order, type:
npx bridge order 000000549 --stage prod

When you have done it, type:
npx bridge done 000000093/90 --note 'what you did' --stage prod

The return in the AWS console:
${link}
`,
  });
});

test('a notice of the local bridge has commands for this machine, and no console', () => {
  const { subject, body } = noticeOf(itemOf(openingFact()), 'Look at it.', {
    ...about,
    deployment: { ...deployment, stage: 'local' },
  });

  expect(subject).toBe('[local] Order 000000549: Look at it');
  expect(body).toContain('npx bridge order 000000549 --local\n');
  expect(body).not.toContain('console');
});

test('a notice names the reseller’s own number of the order, if it is known', () => {
  const { body } = noticeOf(itemOf(openingFact()), 'Look at it.', { ...about, poNumber: 'P\n1' });

  expect(body).toMatch(/^Return 000000093\/90 of order 000000549, PO P 1 waits for you\. Its article/);
});

test('an order number from outside can add nothing to a command', () => {
  const { body } = noticeOf({ ...itemOf(openingFact()), orderId: "1'; rm -r $HOME" }, 'Look.', about);

  expect(body).toContain(String.raw`npx bridge order '1'\''; rm -r $HOME' --stage prod`);
});

/** Emoji, halves of them, control characters, letters that become many in ASCII; up to 10,000 characters. */
const anyText = fc.oneof(
  fc.string({ unit: anyCharacter, maxLength: 300 }),
  fc
    .array(
      fc.constantFrom('👗', '\ud83d', '\udc57', 'ﷺ', '½', 'E', '\u0000', '\r\n', '\u2028', '\u202e', '. '),
    )
    .map((units) => units.join('')),
  fc
    .tuple(fc.constantFrom('👗', 'ﷺ', 'E', '\u0007', '\ud83d'), fc.integer({ min: 1, max: 10_000 }))
    .map(([unit, times]) => unit.repeat(times)),
);
const mostBytes = 256 * 1024;

test('SNS accepts a notice, and its body has the same lines, whatever its texts are', () => {
  fc.assert(
    fc.property(anyText, anyText, anyText, anyText, (orderId, sku, attention, poNumber) => {
      const item = { ...itemOf(openingFact({ sku })), orderId };
      // Longer numbers are refused, because a key of the table would be too long.
      const pk = `ORDER#${orderId.slice(0, 330)}`;
      const { subject, body } = noticeOf(item, attention, { ...about, pk, poNumber });

      expect(subject).toMatch(/^\[prod\] Order [\x20-\x7e]{0,87}$/);
      expect(body.isWellFormed()).toBe(true);
      expect(Buffer.byteLength(body)).toBeLessThan(mostBytes);
      expect(body.replaceAll('\n', '')).not.toMatch(/[\p{C}\u2028\u2029]/u);
      expect(body.split('\n')).toHaveLength(13);
    }),
    runs(100),
  );
});

test('SNS accepts a notice of many returns, whatever its texts are', () => {
  fc.assert(
    fc.property(anyText, anyText, fc.integer({ min: 1, max: 500 }), (headline, text, count) => {
      // A key of the table has at most 1,024 bytes.
      const long = { pk: `ORDER#${text.slice(0, 330)}`, sk: `RETURN#${text.slice(0, 330)}` };
      const item = { orderId: text, rmaId: text, itemId: text, attention: text, ...long };
      const { subject, body } = noticeOfMany(deployment, headline, new Array(count).fill(item));

      expect(subject).toMatch(/^\[prod\][\x20-\x7e]{0,94}$/);
      expect(body.isWellFormed()).toBe(true);
      expect(Buffer.byteLength(body)).toBeLessThan(mostBytes);
    }),
    runs(100),
  );
});

test('a notice of many returns links each, and names the command that lists them all', () => {
  const ids = { orderId: '000000549', rmaId: '000000093', itemId: '90' };
  const item = { ...ids, ...key, attention: 'Look at it.' };

  expect(noticeOfMany(deployment, '1 return waits', [item])).toEqual({
    subject: '[prod] 1 return waits',
    body: `1 return waits.

Order 000000549, return 000000093/90, since unknown
Look at it.
${link}

To see them all, type:
npx bridge attention --stage prod
`,
  });
  const { body } = noticeOfMany(deployment, '26 returns wait', new Array(26).fill(item));
  expect(body).toContain('1 more waits.\n');
});

describe('the notice of an unknown text', () => {
  const noticeAbout = (field: TextField, sent: string, opening: Partial<OpeningFact> = { [field]: sent }) =>
    noticeOf(
      itemOf(openingFact(opening), { unmappedTerm: { field, text: termOf(sent) } }),
      'Map the text.',
      about,
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
const anyAnswer = fc.oneof(secret, fc.constantFrom(undefined, 'refund', 'te klein', 'goed'));
const anyOpening = fc
  .record({
    address: fc.option(anyCustomer, { nil: undefined }),
    reason: anyAnswer,
    resolution: anyAnswer,
    condition: anyAnswer,
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
        const { subject, body } = noticeOf({ ...item, ...said }, decision.attention, about);

        for (const value of personal({ ...opening }, { ...shipment }))
          expect(subject + body).not.toContain(value);
      },
    ),
    { numRuns: 300 },
  );
  expect(withAttention).toBeGreaterThan(50);
});
