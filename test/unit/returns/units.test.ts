import type { OrderFact } from '../../../lib/facts/facts.ts';
import type { OrderSnapshot } from '../../../lib/returns/order.ts';
import type { ReturnItem } from '../../../lib/returns/return-item.ts';
import {
  isInExcess,
  promisedOthers,
  rivalsOf,
  unitsPromised,
  unitsSent,
} from '../../../lib/returns/units.ts';
import {
  closingFact,
  ofOrder,
  ofReturn,
  openingFact,
  orderOf,
  rmaFact,
  shipmentFact,
} from '../../support/builders.ts';

const other = { ...ofReturn, rmaId: '000000094', itemId: '91' };
const line = (quantity?: number, sku = 'sku-90') => ({ sku, quantity, price: 270 });
const ordered: OrderFact = { kind: 'sales-order', ...ofOrder, items: [line(3)] };
const memo = (status: 'DEFICIENT' | 'CANCELLED' | 'NONE' | 'FUNDED_BY_PLATFORM'): OrderFact => ({
  ...{ kind: 'credit-memo', ...ofOrder, memoId: '5', lineId: '1', family: 'push-api', status },
  ...{ at: '2024-03-01T10:00:00.000Z', sku: 'SKU-90', quantity: 1 },
});

/** The order's first return, and the order, with what is known of its returns by item. */
function known(facts: readonly OrderFact[], reached: Record<string, Partial<ReturnItem>> = {}) {
  const recorded = orderOf(...facts);
  const returns = recorded.returns.map((item) => ({ ...item, ...reached[item.itemId] }));
  const order: OrderSnapshot = { ...recorded, returns };
  const [item] = returns;
  if (!item) throw new Error('The order has no return.');
  return { order, item };
}

describe('the units that were sent', () => {
  test.each<[what: string, sent: number, facts: OrderFact[]]>([
    ['are those of all shipments', 3, [shipmentFact(), shipmentFact({ shipmentId: '2', items: [line(1)] })]],
    ['are one for a line without a quantity', 1, [shipmentFact({ items: [line()] })]],
    ['are counted however the sku is written', 2, [shipmentFact({ items: [line(2, 'SKU-90')] })]],
    ['are those of the shipments, although more were ordered', 2, [ordered, shipmentFact()]],
    [
      'are those ordered while no shipment has the article',
      3,
      [ordered, shipmentFact({ items: [line(1, 'x')] })],
    ],
    ['are as many as the RMA asks for while neither is known', 1, []],
    ['do not contain what was deficient', 1, [shipmentFact(), memo('DEFICIENT')]],
    ['do not contain what was deficient while neither is known', 0, [memo('DEFICIENT')]],
    ['do not contain what was cancelled', 2, [ordered, memo('CANCELLED')]],
    ['contain what was refunded', 2, [shipmentFact(), memo('NONE')]],
    ['contain what Winkelstraat paid for', 2, [shipmentFact(), memo('FUNDED_BY_PLATFORM')]],
  ])('%s', (_what, sent, facts) => {
    const { order, item } = known([openingFact(), ...facts]);
    expect(unitsSent(order, item)).toBe(sent);
  });

  test('are as many as all items of the RMA ask for together', () => {
    const { order, item } = known([openingFact(), openingFact({ itemId: '91', quantityRequested: 2 })]);
    expect(unitsSent(order, item)).toBe(3);
  });
});

const promisedBy = (reached: Partial<ReturnItem>, ...facts: OrderFact[]): number => {
  const { order, item } = known([openingFact(), openingFact(other), ...facts], { '91': reached });
  return unitsPromised(order, promisedOthers(order, item));
};

describe('the units that are promised', () => {
  const call = { operation: 'list', request: '', token: '', until: '2024-03-11T11:00:00.000Z' } as const;

  test.each<[what: string, reached: Partial<ReturnItem>]>([
    ['being listed', { state: 'Listing', pendingCall: call }],
    ...(['Listed', 'Matched', 'Labelled', 'Shipped', 'Completed', 'Settled', 'Cancelling'] as const).map(
      (state): [string, Partial<ReturnItem>] => [state, { state, listingId: 7 }],
    ),
  ])('contain one of a return that is %s', (_what, reached) => {
    expect(promisedBy(reached)).toBe(1);
  });

  test.each(['Requested', 'Cancelled', 'Unmatched', 'DeadlinePassed', 'Closed', 'NotForwardable'] as const)(
    'contain none of a return that is %s, unless it has arrived at the merchant',
    (state) => {
      expect(promisedBy({ state })).toBe(0);
      const arrived = openingFact({ ...other, status: 'received', quantityReturned: 2 });
      expect(promisedBy({ state }, arrived)).toBe(2);
    },
  );

  test('contain one of a return that arrived by an rma-item', () => {
    const closing = closingFact({ ...other, quantityReturned: 1 });
    const { order, item } = known([openingFact(), closing], { '91': { state: 'Closed' } });
    expect(unitsPromised(order, promisedOthers(order, item))).toBe(1);
  });

  test('contain none of another article', () => {
    expect(promisedBy({ state: 'Listed', listingId: 7 }, openingFact({ ...other, sku: 'x' }))).toBe(0);
  });

  test('contain none of a return that the other family reported first, because it is the same article', () => {
    const facts = [rmaFact({ rmaId: other.rmaId, family: 'push-api' })];
    const { order, item } = known([openingFact(), openingFact(other), ...facts], {
      '91': { state: 'Listed', listingId: 7 },
    });
    const rmas = order.rmas.map((rma) => ({ ...rma, family: 'stock-hub' as const, second: true }));
    expect(promisedOthers({ ...order, rmas }, item)).toEqual([]);
  });
});

describe('the rivals of a return', () => {
  const rivals = (units: number, reached: Partial<ReturnItem> = {}) => {
    const { order, item } = known(
      [openingFact(), openingFact(other), shipmentFact({ items: [line(units)] })],
      { '91': reached },
    );
    return rivalsOf(order, item).map(({ itemId }) => itemId);
  };

  test('are the returns of its article that could be listed too', () => {
    expect(rivals(1)).toEqual(['91']);
    expect(rivals(1, { state: 'NotForwardable' })).toEqual(['91']);
  });

  test('are none when there are units for all', () => {
    expect(rivals(2)).toEqual([]);
  });

  test.each<Partial<ReturnItem>>([
    { state: 'Closed' },
    { state: 'Listed', listingId: 7 },
    { state: 'Cancelled', listingId: 7 },
  ])('do not contain one that can not be listed any more: %j', (reached) => {
    expect(rivals(1, reached)).toEqual([]);
  });
});

describe('when more units are promised than were sent', () => {
  const third = { ...ofReturn, rmaId: '000000095', itemId: '92' };
  const inExcess = (units: number, reached: Record<string, Partial<ReturnItem>>): string[] => {
    const { order } = known(
      [openingFact(), openingFact(other), openingFact(third), shipmentFact({ items: [line(units)] })],
      reached,
    );
    return order.returns.filter((item) => isInExcess(order, item)).map(({ itemId }) => itemId);
  };
  const listing = (state: ReturnItem['state'], listingId: number) => ({ state, listingId });

  test('the youngest listing is in excess', () => {
    const all = { '90': listing('Listed', 9), '91': listing('Listed', 7), '92': listing('Listed', 8) };
    expect(inExcess(3, all)).toEqual([]);
    expect(inExcess(2, all)).toEqual(['90']);
    expect(inExcess(1, all)).toEqual(['90', '92']);
  });

  test('a listing without a buyer is in excess before a younger one with a buyer', () => {
    const all = { '90': listing('Matched', 9), '91': listing('Listed', 7), '92': listing('Shipped', 10) };
    expect(inExcess(2, all)).toEqual(['91']);
    expect(inExcess(1, all)).toEqual(['90', '91']);
  });

  test('a listing that is being cancelled already is the first', () => {
    const all = { '90': listing('Cancelling', 7), '91': listing('Listed', 8), '92': {} };
    expect(inExcess(1, all)).toEqual(['90']);
  });
});
