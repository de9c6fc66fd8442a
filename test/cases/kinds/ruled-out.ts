import type { Json } from '../../support/builders.ts';
import type { Case } from '../case.ts';
import { buy, ends } from '../steps.ts';
import { families, inEveryOrder } from '../variations.ts';

/** What rules out another customer, in the fields that both families have, and what `why` says. */
const certainNo: readonly (readonly [string, Json, RegExp])[] = [
  ...['Beschadigd', 'gescheurd', 'damaged', 'defekt', 'cassé', 'broken'].map(
    (reason) => [`the reason "${reason}"`, { reason }, /broken/] as const,
  ),
  ...['Verkeerd artikel ontvangen', 'wrong item', 'mauvais article'].map(
    (reason) => [`the reason "${reason}"`, { reason }, /wrong_item/] as const,
  ),
  ...['gedragen', 'used', 'beschädigt', 'sale'].map(
    (condition) => [`the condition "${condition}"`, { condition }, /condition/] as const,
  ),
  ...['Ruilen', 'exchange', 'Umtausch', 'échange', 'tegoedbon', 'reparatie'].map(
    (resolution) => [`the resolution "${resolution}"`, { resolution }, /refund/] as const,
  ),
];

const ruledOutByBoth: readonly Case[] = families.flatMap(({ family, item, start, again }) =>
  certainNo.flatMap(([what, fields, why], at): Case[] => [
    {
      name: `${what} takes a ${family} listing off`,
      steps: (order) => [
        ...start(order),
        again(order, {}, fields),
        ends({ [item]: { state: 'Cancelled', why, attention: 'none' } }, { posts: 1, cancelled: 1 }),
        again(order),
        ends({ [item]: { state: 'Cancelled' } }, { posts: 1 }),
      ],
    },
    {
      name: `${what} of a ${family} article that is sold has to be looked at`,
      steps: (order) => [
        ...start(order),
        buy(item),
        again(order, {}, fields),
        ends({ [item]: { state: 'Matched', attention: why } }, { posts: 1, cancelled: 0 }),
      ],
    },
    // One of each field is enough for every order of arrival.
    ...([0, 9, 13].includes(at)
      ? inEveryOrder(
          `${what} of a ${family} return ends with no listing`,
          [(order) => order.shipment(), (order) => again(order), (order) => again(order, {}, fields)],
          ends({ [item]: { state: ['NotForwardable', 'Cancelled'] } }),
        )
      : []),
  ]),
);

/** Other changes after which it may not be forwarded, by family. */
const ruledOutByFamily: readonly Case[] = [
  ...(
    [
      ['a second unit', {}, { qty_requested: 2 }],
      ['no unit', {}, { qty_requested: 0 }],
      ['another currency', { currency: 'SEK' }, {}],
    ] as readonly (readonly [string, Json, Json])[]
  ).map(
    ([what, header, fields]): Case => ({
      name: `${what} takes a stock-hub listing off`,
      steps: ({ shipment, rma }) => [
        shipment({}, { qty: 2 }),
        rma(),
        rma(header, fields),
        ends({ 1: { state: 'Cancelled' } }, { posts: 1, cancelled: 1 }),
      ],
    }),
  ),
  {
    name: 'a price of nothing takes a push-api listing off',
    steps: ({ v2Rma }) => [
      v2Rma(),
      v2Rma({}, { price: 0 }),
      ends({ A: { state: 'Cancelled', why: /nothing was paid/ } }, { posts: 1, cancelled: 1 }),
    ],
  },
  {
    name: 'a country that is not served takes a push-api listing off',
    steps: ({ v2Rma, v2RmaTo }) => [
      v2Rma(),
      v2RmaTo({ country: 'US' }),
      ends({ A: { state: 'Cancelled', why: /US/ } }, { posts: 1, cancelled: 1 }),
    ],
  },
  ...families.flatMap(({ family, item, start, again }): Case[] => [
    {
      name: `an unknown text takes a ${family} listing off until it is mapped`,
      steps: (order) => [
        ...start(order),
        again(order, {}, { reason: 'Past niet' }),
        ends({ [item]: { state: 'NeedsMapping' } }, { posts: 1, cancelled: 1 }),
      ],
    },
    {
      name: `a ${family} article that is promised is not withdrawn because a second item came`,
      steps: (order) => [
        ...start(order),
        buy(item),
        family === 'stock-hub'
          ? order.rma({}, {}, { id: 2, sku: 'sku-b' })
          : order.v2Rma({}, {}, { rma_item_id: 'B', sku: 'sku-b' }),
        ends({ [item]: { state: 'Matched' } }, { posts: 1, cancelled: 0 }),
      ],
    },
    {
      name: `a second item takes a ${family} listing off that nobody bought`,
      steps: (order) => [
        ...start(order),
        family === 'stock-hub'
          ? order.rma({}, {}, { id: 2, sku: 'sku-b' })
          : order.v2Rma({}, {}, { rma_item_id: 'B', sku: 'sku-b' }),
        ends({ [item]: { state: 'Cancelled' } }, { posts: 1, cancelled: 1 }),
      ],
    },
  ]),
];

const itsSecond = { id: 2, sku: 'sku-b' };

/** A change of a sold article, whose RMA gets a second item in the same delivery. */
const besideSecondItem: readonly Case[] = (
  [
    ['a second unit', {}, { qty_requested: 2 }, /2 units/],
    ['another currency', { currency: 'SEK' }, {}, /SEK/],
    ['an unknown text', {}, { reason: 'Past niet' }, /reason is unknown/],
  ] as readonly (readonly [string, Json, Json, RegExp])[]
).map(([what, header, fields, attention]) => ({
  name: `${what} of a sold article has to be looked at, although a second item came too`,
  steps: ({ shipment, rma }) => [
    shipment({}, { qty: 2 }),
    rma(),
    buy('1'),
    rma(header, fields, itsSecond),
    ends({ 1: { state: 'Matched', attention: [attention, /its buyer \(WEB-1\)/] } }, { cancelled: 0 }),
  ],
}));

/** A sold article whose unit was never sent, after another change. */
const soldWithoutUnit: readonly Case[] = (
  [
    ['a second item', {}, [itsSecond]],
    ['a reason that rules it out', { reason: 'Beschadigd' }, []],
  ] as readonly (readonly [string, Json, readonly Json[]])[]
).map(([what, fields, more]) => ({
  name: `a sold article that was never sent is taken off after ${what}`,
  steps: ({ shipment, rma, orderItem }) => [
    shipment(),
    rma(),
    buy('1'),
    rma({}, fields, ...more),
    orderItem({ status: 'DEFICIENT' }),
    ends({ 1: { state: 'Cancelled', attention: /Serve WEB-1 from stock/ } }, { cancelled: 1 }),
  ],
}));

/** Changes after which the article may not be forwarded any more. */
export const rulingOut: readonly Case[] = [
  ...ruledOutByBoth,
  ...ruledOutByFamily,
  ...besideSecondItem,
  ...soldWithoutUnit,
];
