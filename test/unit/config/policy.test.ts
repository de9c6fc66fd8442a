import * as z from 'zod/mini';
import { defaultPolicy, Policy } from '../../../lib/config/policy.ts';

test('the default policy lists live, from five countries, by the parent article and the order', () => {
  expect(defaultPolicy).toEqual({
    mode: 'live',
    countries: ['NL', 'BE', 'DE', 'AT', 'FR'],
    forward: 'single-item',
    trackedReturns: 'list',
    refundPresumedHours: 84,
    sku: 'winkelstraat',
    productId: 'parent',
    webshopOrderId: 'order',
    checkForwardable: 'off',
    regularReturns: 'off',
    matchShipments: 'off',
    keepOrdersDays: 180,
    igfMaxPerSecond: 20,
  });
});

test('a stage may set a part of the policy', () => {
  expect(z.parse(Policy, { mode: 'observe', countries: ['NL'] })).toEqual({
    ...defaultPolicy,
    mode: 'observe',
    countries: ['NL'],
  });
});

test.each<Partial<Policy>>([
  { forward: 'single-item' },
  { forward: 'each-item' },
  { trackedReturns: 'list' },
  { trackedReturns: 'hold' },
  { refundPresumedHours: 0.5 },
  { refundPresumedHours: 240 },
  { sku: 'winkelstraat' },
  { sku: 'article_number' },
  { countries: ['GB', 'CH'] },
  { keepOrdersDays: 30 },
  { keepOrdersDays: 3650 },
])('a stage may set %j', (settings) => {
  expect(z.parse(Policy, settings)).toEqual({ ...defaultPolicy, ...settings });
});

test.each([
  ['a setting that does not exist', { rmaItemOpens: true }],
  ['a mode that does not exist', { mode: 'dry-run' }],
  ['no country at all', { countries: [] }],
  ['a country in lower case', { countries: ['nl'] }],
  ['a country by its name', { countries: ['Nederland'] }],
  ['a country by its three-letter code', { countries: ['NLD'] }],
  ['a code that is no country', { countries: ['NL', 'XX'] }],
  ['a code in use that ISO 3166-1 does not have', { countries: ['UK'] }],
  ['a number of items', { forward: 1 }],
  ['a way to forward that does not exist', { forward: 'all' }],
  ['a way to treat tracked returns that does not exist', { trackedReturns: 'on' }],
  ['a refund that is presumed at once', { refundPresumedHours: 0 }],
  ['a refund that is presumed before the arrival', { refundPresumedHours: -1 }],
  ['hours in words', { refundPresumedHours: '84' }],
  ['hours without an end', { refundPresumedHours: Number.POSITIVE_INFINITY }],
  ['a number of the article that is no sku', { sku: 'reference' }],
  ['a productId that does not exist', { productId: 'sku' }],
  ['a switch with an unknown value', { checkForwardable: true }],
  ['a way to match shipments that does not exist', { matchShipments: true }],
  ['an order that is kept shorter than a return', { keepOrdersDays: 29 }],
  ['an order that is kept for ever', { keepOrdersDays: 3651 }],
  ['a part of a day', { keepOrdersDays: 30.5 }],
  ['no call at all', { igfMaxPerSecond: 0 }],
  ['a rate in words', { igfMaxPerSecond: '20' }],
  ['a webshopOrderId that does not exist', { webshopOrderId: 'rma' }],
])('%s is an error', (_what, settings) => {
  expect(z.safeParse(Policy, settings).success).toBe(false);
});
