import type { OrderFact } from '../../../lib/facts/facts.ts';
import { type RmaStatus, rmaStatuses } from '../../../lib/facts/vendor-terms.ts';
import { merchantDecision } from '../../../lib/returns/merchant-decision.ts';
import { closingFact, openingFact, pushApiOpening, rmaFact, situation } from '../../support/builders.ts';

const decisionOn = (facts: OrderFact[], mapped?: (text: string) => RmaStatus | undefined) => {
  const { order, item } = situation(facts);
  return merchantDecision(order, item, mapped);
};
const why = (facts: OrderFact[]) => decisionOn(facts).end?.why;

/** A push-api return whose RMA has this status and these items. */
const ofHeader = (status: RmaStatus | undefined, itemIds = ['90']): OrderFact[] => [
  pushApiOpening({ status: undefined, rmaStatus: status }),
  rmaFact({ family: 'push-api', status, itemIds }),
];

const notYet = ['pending', 'authorized', 'partially_authorized'];
const itemStatuses = rmaStatuses.map((status) => ({ status, over: !notYet.includes(status) }));
const wholeRma = ['denied', 'closed', 'processed_closed'];
const headerStatuses = rmaStatuses.map((status) => ({ status, over: wholeRma.includes(status) }));
const partial = ['partially_authorized', 'received_on_item', 'approved_on_item', 'rejected_on_item'];

test.each(itemStatuses)('an item that is $status is over: $over', ({ status, over }) => {
  expect(why([openingFact({ status })]) !== undefined).toBe(over);
});

test.each(headerStatuses)('a stock-hub RMA that is $status ends its items: $over', ({ status, over }) => {
  expect(why([openingFact({ status: 'authorized' }), rmaFact({ status })]) !== undefined).toBe(over);
});

test.each(itemStatuses)('a push-api RMA with one item that is $status ends it: $over', ({ status, over }) => {
  expect(why(ofHeader(status)) !== undefined).toBe(over);
});

test.each(rmaStatuses)(
  'a push-api RMA with two items that is %s says something about each, or about some',
  (status) => {
    const { end, inPart } = decisionOn(ofHeader(status, ['90', '91']));
    const isPartial = partial.includes(status);

    expect(inPart !== undefined).toBe(isPartial);
    expect(end !== undefined).toBe(!isPartial && !notYet.includes(status));
  },
);

test('an item that could not be read counts as an item', () => {
  const facts = [
    pushApiOpening({ status: undefined, rmaStatus: 'partially_authorized' }),
    rmaFact({ family: 'push-api', status: 'partially_authorized', itemIds: ['90'], unusableItems: 1 }),
  ];

  expect(decisionOn(facts)).toMatchObject({ itemCount: 2, inPart: 'its status is partially_authorized' });
});

test.each([
  ['is missing when a later delivery of its RMA has other items', ['91'], undefined, true],
  ['may be the one that could not be read', ['91'], 1, false],
  ['is there when the delivery names it', ['90', '91'], undefined, false],
])('an item %s', (_what, itemIds, unusableItems, isMissing) => {
  const facts = [openingFact(), rmaFact({ family: 'stock-hub', itemIds, unusableItems })];

  expect(decisionOn(facts)).toMatchObject({ isMissing, itemCount: itemIds.length + (unusableItems ?? 0) });
});

test('the own status of an item comes before its header', () => {
  const facts = [openingFact({ status: 'rejected' }), rmaFact({ status: 'processed_closed' })];

  expect(decisionOn(facts).end).toMatchObject({ by: 'own-status', status: 'rejected' });
});

test('the header of another RMA ends nothing', () => {
  expect(why([openingFact(), rmaFact({ rmaId: 'another', status: 'closed' })])).toBeUndefined();
});

test('the RMA status in an item’s own webhook ends the item', () => {
  const facts = [openingFact({ status: 'authorized', rmaStatus: 'denied' })];

  expect(decisionOn(facts).end).toEqual({ by: 'header', status: 'denied', why: 'its RMA is denied' });
});

test('an rma-item closes, alone and after an opening webhook', () => {
  expect(why([closingFact()])).toBeDefined();
  expect(why([pushApiOpening(), closingFact()])).toBeDefined();
});

test.each([
  ['a returned unit', [openingFact({ quantityReturned: 1 })]],
  ["the merchant's resolution", [openingFact({ merchantResolution: 'Terugbetalen' })]],
  [
    'the date on which an RMA with one item arrived',
    [openingFact(), rmaFact({ arrivedAt: '2024-03-08T10:00:00.000Z' })],
  ],
])('%s ends a return', (_what, facts) => {
  expect(decisionOn(facts).end).toMatchObject({ by: 'arrival' });
});

test('the date on which an RMA with two items arrived does not say which one did', () => {
  const facts = [openingFact(), rmaFact({ itemIds: ['90', '91'], arrivedAt: '2024-03-08T10:00:00.000Z' })];

  expect(decisionOn(facts)).toMatchObject({ end: undefined, arrived: false });
  expect(decisionOn(facts).inPart).toBeDefined();
});

describe('a status that is not documented', () => {
  const at = (day: number) => `2024-03-0${day}T10:00:00.000Z`;
  const unknown = (day: number) =>
    openingFact({ status: undefined, unknownStatus: 'retour ontvangen', receivedAt: at(day) });

  test('changes nothing, until it is mapped', () => {
    const facts = [openingFact({ receivedAt: at(1) }), unknown(2)];

    expect(decisionOn(facts)).toMatchObject({ status: 'authorized', unknownStatus: 'retour ontvangen' });
    expect(decisionOn(facts, () => 'received')).toMatchObject({
      status: 'received',
      unknownStatus: undefined,
    });
  });

  test.each(['authorized', 'pending'] as const)('counts no more when %s is reported later', (status) => {
    const later = openingFact({ status, receivedAt: at(3) });

    expect(decisionOn([unknown(2), later]).unknownStatus).toBeUndefined();
    expect(decisionOn([later, unknown(2)]).unknownStatus).toBeUndefined();
  });
});
