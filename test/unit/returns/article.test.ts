import type { OrderFact } from '../../../lib/facts/facts.ts';
import { articleOf } from '../../../lib/returns/article.ts';
import {
  address,
  closingFact,
  openingFact,
  pushApiOpening,
  salesOrderFact,
  shipmentFact,
  situation,
} from '../../support/builders.ts';

const articleFrom = (...facts: OrderFact[]) => {
  const { order, item } = situation(facts);
  return articleOf(order, item);
};

describe('a stock-hub return', () => {
  test('has customer and price from the shipment that contains its sku', () => {
    expect(articleFrom(openingFact(), shipmentFact())).toMatchObject({ address: address(), price: 270 });
  });

  test('has neither while no shipment of its order is known', () => {
    expect(articleFrom(openingFact())).toMatchObject({ address: undefined, price: undefined });
  });

  test('takes nothing from a shipment without its sku', () => {
    const other = shipmentFact({ items: [{ sku: 'sku-of-another', quantity: 5, price: 99 }] });

    expect(articleFrom(openingFact(), other)).toMatchObject({
      address: undefined,
      price: undefined,
      ordered: 1,
    });
  });

  test('takes the address of the newest of several shipments, and the lowest price', () => {
    const older = shipmentFact({ shipmentId: '1', updatedAt: '2024-02-01T00:00:00.000Z' });
    const newer = shipmentFact({
      shipmentId: '2',
      updatedAt: '2024-02-05T00:00:00.000Z',
      items: [{ sku: 'sku-90', quantity: 1, price: 250 }],
      address: address({ city: 'Nieuwstad' }),
    });

    for (const facts of [
      [older, newer],
      [newer, older],
    ]) {
      expect(articleFrom(openingFact(), ...facts)).toMatchObject({
        price: 250,
        address: { city: 'Nieuwstad' },
        ordered: 3,
      });
    }
  });

  test('has the price of an older shipment when the newest has none', () => {
    const older = shipmentFact({ shipmentId: '1', updatedAt: '2024-02-01T00:00:00.000Z' });
    const newer = shipmentFact({ shipmentId: '2', items: [{ sku: 'sku-90', quantity: 1, price: 0 }] });

    expect(articleFrom(openingFact(), older, newer)).toMatchObject({ price: 270 });
  });

  test('counts the units of its sku over all lines and shipments of the order', () => {
    const facts = [
      shipmentFact({
        shipmentId: '1',
        items: [
          { sku: 'sku-90', quantity: 2 },
          { sku: 'other', quantity: 7 },
        ],
      }),
      shipmentFact({
        shipmentId: '2',
        items: [
          { sku: 'sku-90', quantity: 1 },
          { sku: 'sku-90', quantity: 3 },
        ],
      }),
    ];

    expect(articleFrom(openingFact(), ...facts)).toMatchObject({ ordered: 6 });
  });

  test('was ordered at least as often as it comes back', () => {
    expect(articleFrom(openingFact({ quantityRequested: 3 }), shipmentFact())).toMatchObject({ ordered: 3 });
  });

  test('has the purchase order of its RMA before the one of its shipment, and both currencies', () => {
    const shipment = shipmentFact({ currency: 'GBP', poNumber: 'PO-shipment' });

    expect(articleFrom(openingFact({ currency: 'EUR', poNumber: 'PO-rma' }), shipment)).toMatchObject({
      currencies: ['GBP', 'EUR'],
      poNumber: 'PO-rma',
    });
    expect(articleFrom(openingFact({ currency: undefined }), shipment)).toMatchObject({
      currencies: ['GBP'],
      poNumber: 'PO-shipment',
    });
  });

  test('has a purchase order that was sent as a number only where no other is known', () => {
    const opening = openingFact({ uncertainPoNumber: '4711' });

    expect(articleFrom(opening, shipmentFact())).toMatchObject({
      poNumber: '4711',
      poNumberIsUncertain: true,
    });
    expect(articleFrom(opening, shipmentFact({ poNumber: '0004711' }))).toMatchObject({
      poNumber: '0004711',
      poNumberIsUncertain: false,
    });
  });
});

describe('the order as it was placed', () => {
  test('gives a return its customer, price, currency, purchase order and quantity before any shipment', () => {
    const opening = openingFact({ currency: undefined });

    expect(articleFrom(opening, salesOrderFact({ poNumber: 'PO-order' }))).toMatchObject({
      address: address(),
      price: 265,
      currencies: ['EUR'],
      poNumber: 'PO-order',
      ordered: 2,
    });
  });

  test('tells only what no shipment of the article tells, but its price counts when it is lower', () => {
    const order = salesOrderFact({
      poNumber: 'PO-order',
      items: [{ sku: 'sku-90', quantity: 5, price: 265 }],
      address: address({ city: 'Elders' }),
    });

    expect(articleFrom(openingFact(), order, shipmentFact())).toMatchObject({
      address: { city: 'Zonnewijk' },
      price: 265,
      poNumber: 'PO-order',
      ordered: 2,
    });
    expect(articleFrom(openingFact(), order, shipmentFact({ address: { country: 'NL' } }))).toMatchObject({
      address: { city: 'Elders' },
    });
  });

  test('tells no price of another article', () => {
    const order = salesOrderFact({ items: [{ sku: 'sku-91', quantity: 2, price: 265 }] });

    expect(articleFrom(openingFact(), order)).toMatchObject({ address: address(), price: undefined });
  });
});

describe('the number of units that come back', () => {
  test.each([
    [
      'is the requested number when authorized',
      { status: 'authorized', quantityRequested: 2, quantityApproved: 0 },
      2,
    ],
    [
      'is the approved number when partially authorized',
      { status: 'partially_authorized', quantityRequested: 3, quantityApproved: 2 },
      2,
    ],
    [
      'is one when partially authorized and one was requested',
      { status: 'partially_authorized', quantityRequested: 1 },
      1,
    ],
    ['is one when no number is reported', { status: 'authorized', quantityRequested: undefined }, 1],
    ['is 0 when the requested number is 0', { status: 'authorized', quantityRequested: 0 }, 0],
  ] as const)('%s', (_rule, overrides, quantity) => {
    expect(articleFrom(openingFact(overrides))).toMatchObject({ quantity });
  });
});

describe('a push-api return', () => {
  test('has a customer of its own, and the lowest price of the order', () => {
    const elsewhere = shipmentFact({ address: address({ city: 'Elders' }) });

    expect(articleFrom(pushApiOpening(), elsewhere)).toMatchObject({
      price: 270,
      pricesDiffer: true,
      address: { city: 'Zonnewijk' },
    });
  });

  test('is one unit of one', () => {
    expect(articleFrom(pushApiOpening(), shipmentFact())).toMatchObject({ quantity: 1, ordered: 1 });
  });

  test('is known from its rma-item alone', () => {
    expect(articleFrom(closingFact())).toMatchObject({ sku: 'sku-90', price: 271, quantity: 1, ordered: 1 });
  });

  test('takes values that its RMA lacks from its rma-item', () => {
    const opening = pushApiOpening({ price: undefined, address: undefined, reference: undefined });

    expect(articleFrom(opening, closingFact({ reference: 'REF' }))).toMatchObject({
      price: 271,
      address: address(),
      reference: 'REF',
    });
  });
});

test('the sender is read from a shipment that names one completely, not from a newer one that does not', () => {
  const { order, item } = situation([
    openingFact(),
    shipmentFact(),
    shipmentFact({ shipmentId: 'newer', updatedAt: '2024-03-01T00:00:00.000Z', address: { country: 'NL' } }),
  ]);
  expect(articleOf(order, item)?.address?.email).toBe(address().email);
});
