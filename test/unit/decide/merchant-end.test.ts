import { endedByMerchant } from '../../../lib/decide/merchant-end.ts';
import type { OrderFact } from '../../../lib/facts/facts.ts';
import { rmaStatuses } from '../../../lib/facts/vendor-terms.ts';
import { closingFact, openingFact, pushApiOpening, rmaFact, situation } from '../../support/builders.ts';

const why = (facts: OrderFact[]) => {
  const { order, item } = situation(facts);
  return endedByMerchant(order, item);
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

test('an rma-item closes, alone and beside an opening webhook, whichever came first', () => {
  expect(why([closingFact()])).toBeDefined();
  expect(why([pushApiOpening(), closingFact()])).toBeDefined();
  expect(why([closingFact(), pushApiOpening()])).toBeDefined();
});
