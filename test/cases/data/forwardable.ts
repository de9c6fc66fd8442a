import type { Case } from '../case.ts';
import { ends, refundDue } from '../steps.ts';

/** What may be listed, and how it is listed. */
export const forwardableCases: readonly Case[] = [
  ...[0, '0.00'].map(
    (price): Case => ({
      name: `an article with the price ${JSON.stringify(price)} is not forwarded, because nothing was paid`,
      steps: ({ v2Rma }) => [
        v2Rma({}, { price }),
        ends({ A: { state: 'NotForwardable', why: /nothing was paid/ } }, { posts: 0 }),
      ],
    }),
  ),
  {
    name: 'a price in another currency than the RMA is not listed in euros',
    steps: ({ shipment, rma }) => [
      shipment({ currency: 'GBP' }),
      rma(),
      ends({ 1: { state: 'NotForwardable', why: /GBP/ } }, { posts: 0 }),
    ],
  },
  {
    name: 'of two prices the lower one is listed, and the reason and the refund say that they differ',
    steps: ({ named, shipment, rma }) => [
      shipment(),
      shipment({ increment_id: named('S2'), updated_at: '2024-02-22 10:00:00' }, { item_price_inc_tax: 135 }),
      rma(),
      ends({ 1: { state: 'Listed', why: /differ/ } }, { bodies: [{ originalPrice: 135 }] }),
      ...refundDue('1'),
      ends({ 1: { attention: [/^Refund due: EUR 132\.05/, /differ/] } }),
    ],
  },
  {
    name: 'an article whose shipment the carrier has trouble with is not with the customer yet',
    steps: ({ shipment, rma }) => [
      shipment({ status: 'EXCEPTION' }),
      rma(),
      ends({ 1: { state: 'AwaitingShipment', why: /customer|carrier|deliver/ } }, { posts: 0 }),
      shipment({ updated_at: '2024-02-21 15:31:54' }),
      ends({ 1: { state: 'Listed' } }, { posts: 1 }),
    ],
  },
  ...['Nederland', 'NLD', 'nl', 'The Netherlands'].map(
    (country): Case => ({
      name: `the country "${country}" is NL`,
      steps: ({ v2RmaTo }) => [
        v2RmaTo({ country }),
        ends({ A: { state: 'Listed' } }, { bodies: [{ customer: { address: { country: 'NL' } } }] }),
      ],
    }),
  ),
  {
    name: 'a country that nobody knows is for a person to read',
    steps: ({ v2RmaTo }) => [
      v2RmaTo({ country: 'Atlantis' }),
      ends({ A: { attention: /country/ } }, { posts: 0 }),
    ],
  },
  {
    name: 'a price with more decimals than money has is rounded to cents',
    steps: ({ v2Rma }) => [
      v2Rma({}, { price: 59.947900000000004 }),
      ends({ A: { state: 'Listed' } }, { bodies: [{ originalPrice: 59.95 }] }),
    ],
  },
  ...(
    [
      ['4000', 'fr'],
      ['1300', 'fr'],
      ['1000', 'nl'],
      ['2000', 'nl'],
    ] as const
  ).map(
    ([postcode, language]): Case => ({
      name: `a Belgian sender with the postcode ${postcode} is written to in ${language}`,
      steps: ({ v2RmaTo }) => [
        v2RmaTo({ postcode, city: 'Luik', country: 'BE' }),
        ends({ A: { state: 'Listed' } }, { bodies: [{ customer: { language } }] }),
      ],
    }),
  ),
];
