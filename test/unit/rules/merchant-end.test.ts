import type { OrderFact } from '../../../lib/facts/facts.ts';
import { rmaStatuses } from '../../../lib/facts/vendor-terms.ts';
import { endedByMerchant } from '../../../lib/rules/merchant-end.ts';
import {
  closingFact,
  openingFact,
  policy,
  pushApiOpening,
  rmaFact,
  situation,
} from '../../support/builders.ts';

const why = (facts: OrderFact[], settings = policy()) => {
  const { order, item } = situation(facts);
  return endedByMerchant(order, item, settings);
};

const notYet = ['pending', 'authorized', 'partially_authorized'];
const itemStatuses = rmaStatuses.map((status) => ({ status, over: !notYet.includes(status) }));
const wholeRma = ['denied', 'closed', 'processed_closed'];
const headerStatuses = rmaStatuses.map((status) => ({ status, over: wholeRma.includes(status) }));

test.each(itemStatuses)('an item that is $status is over: $over', ({ status, over }) => {
  expect(why([openingFact({ status })]) !== undefined).toBe(over);
});

test.each(headerStatuses)('an RMA that is $status ends its items: $over', ({ status, over }) => {
  expect(why([openingFact({ status: 'authorized' }), rmaFact({ status })]) !== undefined).toBe(over);
});

test('the header of another RMA ends nothing', () => {
  expect(why([openingFact(), rmaFact({ rmaId: 'another', status: 'closed' })])).toBeUndefined();
});

test('the RMA status in an item’s own webhook ends the item', () => {
  expect(why([openingFact({ status: 'authorized', rmaStatus: 'denied' })])).toEqual({
    why: 'its RMA is denied',
    statuses: ['denied'],
  });
});

describe('an rma-item', () => {
  test('closes, alone and after an opening webhook', () => {
    expect(why([closingFact()])).toBeDefined();
    expect(why([pushApiOpening(), closingFact()])).toBeDefined();
  });

  test('closes even when it reports nothing, except with the policy rmaItemOpens', () => {
    expect(why([closingFact({ reportsNothing: true })])).toBeDefined();
    expect(why([closingFact({ reportsNothing: true })], policy({ rmaItemOpens: true }))).toBeUndefined();
  });

  test('closes also with that policy when it reports something', () => {
    expect(why([closingFact({ reportsNothing: false })], policy({ rmaItemOpens: true }))).toBeDefined();
  });

  test('never opens when a v2/rma of its RMA came, before or after it', () => {
    const opens = policy({ rmaItemOpens: true });
    const empty = closingFact({ reportsNothing: true });

    expect(why([empty, pushApiOpening()], opens)).toBeDefined();
    expect(why([pushApiOpening(), empty], opens)).toBeDefined();
    // The header of a v2/rma that did not name this item.
    expect(why([empty, rmaFact()], opens)).toBeDefined();
    expect(why([empty, rmaFact({ rmaId: 'another' })], opens)).toBeUndefined();
  });
});
