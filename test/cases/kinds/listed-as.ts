import type { Json } from '../../support/builders.ts';
import type { Case } from '../case.ts';
import { stockHubAddress } from '../case-order.ts';
import { ends } from '../steps.ts';
import { inEveryOrder } from '../variations.ts';

/** Whether the outbound shipment is with the customer, by status and dates of the shipment. */
const outbound: readonly Case[] = (
  [
    [{ status: 'EXCEPTION' }, 'AwaitingShipment'],
    [{ status: 'exception' }, 'AwaitingShipment'],
    [{ status: 'READY_FOR_PICKUP' }, 'AwaitingShipment'],
    [{ status: 'EXCEPTION', delivered_at: '2024-02-21 10:00:00' }, 'Listed'],
    [{ status: 'READY_FOR_PICKUP', collected_at: '2024-02-21 10:00:00' }, 'Listed'],
    [{ status: 'IN_TRANSIT' }, 'Listed'],
    [{ status: 'UNKNOWN' }, 'Listed'],
    [{ status: null }, 'Listed'],
    [{ status: 'DELIVERED' }, 'Listed'],
  ] as readonly (readonly [Json, string])[]
).map(([header, state]) => ({
  name: `a return whose shipment is ${JSON.stringify(header)} is ${state}`,
  steps: ({ shipment, rma }) => [
    shipment(header),
    rma(),
    ends({ 1: { state } }, { posts: state === 'Listed' ? 1 : 0 }),
  ],
}));

const severalShipments: readonly Case[] = [
  {
    name: 'a shipment that was collected is with the customer, although the carrier has trouble with it',
    steps: ({ shipment, rma }) => [
      shipment({ status: 'EXCEPTION', collected_at: '2024-02-21 10:00:00' }),
      rma(),
      ends({ 1: { state: 'Listed', attention: /carrier/ } }, { posts: 1 }),
    ],
  },
  {
    name: 'a shipment with trouble does not matter beside one that was delivered',
    steps: ({ named, shipment, rma }) => [
      shipment(),
      shipment({ increment_id: named('S2'), status: 'EXCEPTION' }),
      rma(),
      ends({ 1: { state: 'Listed' } }, { posts: 1 }),
    ],
  },
  {
    name: 'a shipment that gets into trouble after the listing needs attention, and cancels nothing',
    steps: ({ shipment, rma }) => [
      shipment({ status: 'IN_TRANSIT' }),
      rma(),
      shipment({ status: 'EXCEPTION', updated_at: '2024-02-21 10:00:00' }),
      ends({ 1: { state: 'Listed', attention: /carrier/ } }, { cancelled: 0 }),
    ],
  },
];

/** The prices of the lines that have the article, and what it is listed for. */
const prices: readonly Case[] = (
  [
    [[270, 135], 135],
    [[135, 270], 135],
    [[0, 270], 270],
    [['270.00', 270], 270],
    [['1,250.00'], 1250],
    [['1.250,00'], 1250],
    [['2,95'], 2.95],
    [['1.250'], 1.25],
    [[271.005], 271.01],
    [[0, 0], undefined],
  ] as readonly (readonly [readonly (number | string)[], number | undefined])[]
).map(([lines, listed]) => ({
  name: `an article with the prices ${JSON.stringify(lines)} is ${listed === undefined ? 'not listed' : `listed for ${listed}`}`,
  steps: ({ shipment, rma }) => [
    shipment({}, ...lines.map((item_price_inc_tax) => ({ item_price_inc_tax }))),
    rma(),
    listed === undefined
      ? ends({ 1: { state: 'NotForwardable', why: /nothing was paid/ } }, { posts: 0 })
      : ends({ 1: { state: 'Listed' } }, { posts: 1, bodies: [{ originalPrice: listed }] }),
  ],
}));

const currencies: readonly Case[] = (
  [
    ['EUR', 'EUR', 'Listed'],
    ['eur', 'EUR', 'Listed'],
    ['EUR', null, 'Listed'],
    ['GBP', null, 'NotForwardable'],
    ['EUR', 'SEK', 'NotForwardable'],
    ['PLN', 'EUR', 'NotForwardable'],
  ] as const
).map(([ofShipment, ofRma, state]) => ({
  name: `a price in ${ofShipment} and an RMA in ${ofRma ?? 'no currency'} is ${state}`,
  steps: ({ shipment, rma }) => [
    shipment({ currency: ofShipment }),
    rma({ currency: ofRma }),
    ends({ 1: { state } }),
  ],
}));

/** Street and house number as they were written, and as IGF gets them. */
const houses: readonly Case[] = (
  [
    ['Lindenallee 12a', null, 'Lindenallee', '12a'],
    ['Kastanjelaan 7 bis', null, 'Kastanjelaan', '7 bis'],
    ['Kerkstraat 12 bus 3', null, 'Kerkstraat', '12 bus 3'],
    ['Plein 1944 5', null, 'Plein 1944', '5'],
    ['Kastanjelaan', '8', 'Kastanjelaan', '8'],
    [['Kastanjelaan', '8'], null, 'Kastanjelaan', '8'],
  ] as readonly (readonly [unknown, string | null, string, string])[]
).flatMap(([street, number, listedStreet, houseNr]): Case[] => [
  {
    name: `the push-api street ${JSON.stringify(street)} and number ${number} is house ${houseNr}`,
    steps: ({ v2RmaTo }) => [
      v2RmaTo({ street, housenumber: number }),
      ends(
        { A: { state: 'Listed' } },
        { bodies: [{ customer: { address: { street: listedStreet, houseNr } } }] },
      ),
    ],
  },
  {
    name: `the stock-hub street ${JSON.stringify(street)} and number ${number} is house ${houseNr}`,
    steps: ({ shipment, rma }) => [
      shipment({ shipping_address: { ...stockHubAddress, street, house_number: number } }),
      rma(),
      ends(
        { 1: { state: 'Listed' } },
        { bodies: [{ customer: { address: { street: listedStreet, houseNr } } }] },
      ),
    ],
  },
]);

/** What a person must look at, because no later webhook will give it. */
const unusable: readonly Case[] = (
  [
    ['an e-mail that is none', { email: 'n/a' }, /mail/],
    ['two e-mails', { email: 'a@example.com, b@example.com' }, /mail/],
    ['no name', { name: null }, /name/],
    ['no house number', { street: 'Packstation', housenumber: null }, /house number/],
    ['a country that nobody knows', { country: 'Atlantis' }, /country/],
  ] as readonly (readonly [string, Json, RegExp])[]
).map(([what, address, attention]) => ({
  name: `a customer with ${what} is for a person to look at`,
  steps: ({ v2RmaTo }) => [v2RmaTo(address), ends({ A: { attention } }, { posts: 0 })],
}));

/** Both families: which number of the article IGF gets. */
const articleNumbers: readonly Case[] = [
  {
    name: 'a push-api article is listed by its article number',
    policy: { sku: 'article_number' },
    steps: ({ v2Rma }) => [
      v2Rma({}, { article_number: '3G1MXE1MXVZF982 L', size: 'L' }),
      ends({ A: { state: 'Listed' } }, { bodies: [{ sku: '3G1MXE1MXVZF982 L' }] }),
    ],
  },
  {
    name: 'a stock-hub article is listed by its maker’s number and its size',
    policy: { sku: 'article_number' },
    steps: ({ shipment, rma }) => [
      shipment(),
      rma({}, { mpn: '3G1MXE1MXVZF982', size: 'L' }),
      ends({ 1: { state: 'Listed' } }, { bodies: [{ sku: '3G1MXE1MXVZF982 L' }] }),
    ],
  },
  {
    name: 'a stock-hub article without a size can not be named, and needs attention',
    policy: { sku: 'article_number' },
    steps: ({ shipment, rma }) => [
      shipment(),
      rma({}, { mpn: '3G1MXE1MXVZF982', size: null }),
      ends({ 1: { attention: /size/ } }, { posts: 0 }),
    ],
  },
  {
    name: 'a sku is listed as it was reported',
    steps: ({ v2Rma }) => [
      v2Rma({}, { sku: 'wsnl199-wsnl199-5C9de' }),
      ends({ A: { state: 'Listed' } }, { bodies: [{ sku: 'wsnl199-wsnl199-5C9de' }] }),
    ],
  },
];

const tracked: readonly Case[] = [
  ...(
    [
      ['list', 'Listed'],
      ['hold', 'Requested'],
    ] as const
  ).flatMap(([trackedReturns, state]): Case[] => [
    {
      name: `with trackedReturns=${trackedReturns} a push-api return with a label of the warehouse is ${state}`,
      policy: { trackedReturns },
      steps: ({ v2Rma }) => [
        v2Rma({ track_number: '1ZRETURN', carrier_code: 'ups' }),
        ends({ A: { state } }, { posts: state === 'Listed' ? 1 : 0 }),
      ],
    },
    {
      name: `with trackedReturns=${trackedReturns} a stock-hub return with a label of the warehouse is ${state}`,
      policy: { trackedReturns },
      steps: ({ shipment, rma }) => [
        shipment(),
        rma({ track: { tracking_number: '1ZRETURN', carrier: 'ups' } }),
        ends({ 1: { state } }, { posts: state === 'Listed' ? 1 : 0 }),
      ],
    },
  ]),
  {
    name: 'a label of the warehouse that comes after the listing says nothing',
    steps: ({ v2Rma }) => [
      v2Rma(),
      v2Rma({ track_number: '1ZRETURN', carrier_code: 'ups' }),
      ends({ A: { state: 'Listed', attention: 'none' } }, { posts: 1, cancelled: 0 }),
    ],
  },
];

export const listingAs: readonly Case[] = [
  ...outbound,
  ...severalShipments,
  ...prices,
  ...currencies,
  ...houses,
  ...unusable,
  ...articleNumbers,
  ...tracked,
  ...inEveryOrder(
    'a return that is EUR 270 in one shipment and EUR 135 in another is listed for the lower price at last',
    [
      (order) => order.shipment(),
      (order) => order.shipment({ increment_id: order.named('S2') }, { item_price_inc_tax: 135 }),
      (order) => order.rma(),
    ],
    ends({ 1: { state: 'Listed' } }),
  ),
];
