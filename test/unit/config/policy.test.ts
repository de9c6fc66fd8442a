import * as z from 'zod/mini';
import { defaultPolicy, Policy } from '../../../lib/config/policy.ts';

test('the default policy lists live, from five countries, by the parent article and the order', () => {
  expect(defaultPolicy).toEqual({
    mode: 'live',
    rmaItemOpens: false,
    countries: ['NL', 'BE', 'DE', 'AT', 'FR'],
    productId: 'parent',
    webshopOrderId: 'order',
    checkForwardable: 'off',
    regularReturns: 'off',
    matchShipments: 'off',
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

test.each([
  ['a setting that does not exist', { rmaItemOpen: true }],
  ['a mode that does not exist', { mode: 'dry-run' }],
  ['a text in place of a switch', { rmaItemOpens: 'true' }],
  ['no country at all', { countries: [] }],
  ['a country in lower case', { countries: ['nl'] }],
  ['a country by its name', { countries: ['Nederland'] }],
  ['a productId that does not exist', { productId: 'sku' }],
  ['a switch with an unknown value', { checkForwardable: true }],
  ['a way to match shipments that does not exist', { matchShipments: true }],
  ['no call at all', { igfMaxPerSecond: 0 }],
  ['a rate in words', { igfMaxPerSecond: '20' }],
  ['a webshopOrderId that does not exist', { webshopOrderId: 'rma' }],
])('%s is an error', (_what, settings) => {
  expect(z.safeParse(Policy, settings).success).toBe(false);
});
