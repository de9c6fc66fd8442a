import fc from 'fast-check';
import { articleKey, articleOf, sameArticle } from '../../../lib/returns/article.ts';
import { openingFact, shipmentFact, situation } from '../../support/builders.ts';

test.each([
  ['push-api and stock-hub', 'wsnl199-wsnl199-5c9de5ad', 'wsnl199-5c9de5ad'],
  ['capitals and small letters', 'WSNL199-WSNL199-5C9DE5AD', 'wsnl199-5c9de5ad'],
  ['composed and decomposed letters', 'wsnl199-cr\u00e8me', 'WSNL199-cre\u0300me'],
])('%s name one article', (_what, one, other) => {
  expect(sameArticle(one, other)).toBe(true);
});

test.each([
  ['another number', 'wsnl199-5c9d', 'wsnl199-5c9e'],
  ['another merchant’s number', 'wsnl199-5c9d', 'wsnl200-5c9d'],
  ['another prefix in front', 'wsnl200-wsnl199-5c9d', 'wsnl199-5c9d'],
  ['a name that repeats itself', 'dot-dot-5', 'dot-5'],
])('%s is another article', (_what, one, other) => {
  expect(sameArticle(one, other)).toBe(false);
});

test('every sku names the same article in any form of Unicode', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (sku) => {
      expect(articleKey(sku.normalize('NFD'))).toBe(articleKey(sku));
    }),
  );
});

test('a return finds the shipment that writes its article differently, and keeps the sku that was reported for it', () => {
  const told = 'WSNL199-wsnl199-5c9de5ad';
  const shipment = shipmentFact({ items: [{ sku: 'wsnl199-5c9de5ad', quantity: 2, price: 270 }] });
  const { order, item } = situation([openingFact({ sku: told }), shipment]);

  expect(articleOf(order, item)).toMatchObject({ sku: told, price: 270, ordered: 2 });
});
