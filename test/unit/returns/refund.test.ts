import fc from 'fast-check';
import { closedUnrefundedText, type Refund, refundAmount, refundText } from '../../../lib/returns/refund.ts';

const refund = (overrides: Partial<Refund> = {}): Refund => ({
  ...{ amount: 267.05, atMost: false, orderId: 'O1', rmaId: 'R1', family: 'stock-hub', poNumber: 'P1' },
  ...{ reason: 'no_reason', pricesDiffer: false, presumed: false, lost: false },
  ...overrides,
});

describe('the amount', () => {
  test('is the price less the return fee', () => {
    expect(refundAmount({ price: 270, quantity: 1 }, { returnFee: 2.95 })).toEqual({
      amount: 267.05,
      atMost: false,
    });
  });

  test('multiplies price and fee by the units', () => {
    expect(refundAmount({ price: 270, quantity: 2 }, { returnFee: 2.95, quantityRequested: 3 }).amount).toBe(
      534.1,
    );
  });

  test('takes the fee of the row when all requested units come back', () => {
    const fees = { returnFee: 2.95, rowReturnFee: 4, quantityRequested: 2 };

    expect(refundAmount({ price: 270, quantity: 2 }, fees).amount).toBe(536);
    expect(refundAmount({ price: 270, quantity: 1 }, fees).amount).toBe(267.05);
  });

  test('is a maximum while no fee is known', () => {
    expect(refundAmount({ price: 120, quantity: 1 })).toEqual({ amount: 120, atMost: true });
    expect(refundAmount({ price: 120, quantity: 1 }, { returnFee: 0 })).toEqual({
      amount: 120,
      atMost: false,
    });
  });

  test('is unknown while no price is known', () => {
    expect(refundAmount({ price: undefined, quantity: 1 }, { returnFee: 2.95 }).amount).toBeUndefined();
  });

  test('is in whole cents and never below zero, whatever is reported', () => {
    const money = fc.double({ min: 0, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(money, money, fc.integer({ min: 1, max: 20 }), (price, returnFee, quantity) => {
        const { amount = -1 } = refundAmount({ price, quantity }, { returnFee });

        expect(amount).toBeGreaterThanOrEqual(0);
        expect(Number(amount.toFixed(2))).toBe(amount);
      }),
    );
  });
});

describe('the text', () => {
  test('tells a reseller to refund its customer', () => {
    expect(refundText(refund())).toBe('Refund due: EUR 267.05. Refund your customer (order O1, PO P1).');
    expect(refundText(refund({ poNumber: undefined }))).toContain('Refund your customer (order O1).');
  });

  test('tells a merchant to process the RMA', () => {
    expect(refundText(refund({ family: 'push-api', amount: 120, atMost: true }))).toBe(
      'Refund due: at most EUR 120.00. Process RMA R1 at Winkelstraat; do not restock the article: it went to another buyer.',
    );
  });

  test('names no buyer of a parcel that is lost', () => {
    expect(refundText(refund({ family: 'push-api', lost: true }))).toContain(
      'Process RMA R1 at Winkelstraat; do not restock the article: the carrier lost it.',
    );
  });

  test('names no amount while no price is known', () => {
    expect(refundText(refund({ amount: undefined }))).toMatch(/^Refund due\. Refund your customer/);
  });

  test('says that a presumed refund may be disputed', () => {
    expect(refundText(refund({ presumed: true }))).toContain(
      'IGF announced no refund: the buyer may have disputed; look there before you pay.',
    );
  });

  test.each(['Meer bezorgd dan besteld', 'more delivered than ordered.'])(
    'doubts the charge: %s',
    (reason) => {
      expect(refundText(refund({ reason }))).toContain(
        'Check that it was charged: it was delivered in excess.',
      );
    },
  );

  test('says that prices differ', () => {
    expect(refundText(refund({ pricesDiffer: true }))).toContain(
      'The prices of the article differ in the order. This is the lowest.',
    );
  });

  test('carries a remark in its first sentence', () => {
    expect(refundText(refund({ remark: 'handed in after its deadline' }))).toMatch(
      /^Refund due: EUR 267\.05 \(handed in after its deadline\)\. /,
    );
  });
});

describe('a return that was ended unpaid', () => {
  test('names the amount and the end in its first sentence', () => {
    expect(closedUnrefundedText(refund(), 'its status is rejected')).toBe(
      'Closed unrefunded: EUR 267.05 is still due, but its status is rejected. Refund your customer (order O1, PO P1).',
    );
  });

  test('needs a new RMA at Winkelstraat, because an ended RMA can not be processed', () => {
    const text = closedUnrefundedText(refund({ family: 'push-api' }), 'its RMA is closed');

    expect(text).toContain('create a new RMA');
    expect(text).not.toContain('reopen');
  });
});
