import type { Json } from '../../support/builders.ts';
import type { Case } from '../case.ts';
import { type CaseOrder, pushApiAddress, stockHubAddress } from '../case-order.ts';
import { buy, earlier, ends, shipped } from '../steps.ts';
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

const ruledOut: readonly Case[] = families.flatMap(({ family, item, start, again }) =>
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

/** The customer with another field, or the same field written differently. */
const address = (order: CaseOrder, fields: Json): Json => ({
  order: { order_id: order.id, address: { ...pushApiAddress, ...fields } },
});

const listedAnew: readonly Case[] = [
  ...(
    [
      ['another price', () => ({}), { price: 99 }, { originalPrice: 99 }],
      ['another reason', () => ({}), { reason: 'Te groot' }, { returnReason: 'too_big' }],
      [
        'another e-mail',
        (order: CaseOrder) => address(order, { email: 'n@example.com' }),
        {},
        { customer: { email: 'n@example.com' } },
      ],
      [
        'another house number',
        (order: CaseOrder) => address(order, { housenumber: '80' }),
        {},
        { customer: { address: { houseNr: '80' } } },
      ],
      [
        'another postcode',
        (order: CaseOrder) => address(order, { postcode: '3512AA' }),
        {},
        { customer: { address: { postalCode: '3512AA' } } },
      ],
      [
        'another country',
        (order: CaseOrder) => address(order, { country: 'BE', postcode: '2000' }),
        {},
        { customer: { address: { country: 'BE' } } },
      ],
    ] as readonly (readonly [string, (order: CaseOrder) => Json, Json, object])[]
  ).flatMap(([what, header, item, body]): Case[] => [
    {
      name: `${what} is listed anew`,
      steps: (order) => [
        order.v2Rma(),
        order.v2Rma(header(order), item),
        ends({ A: { state: 'Listed', attention: 'none' } }, { posts: 2, cancelled: 1, bodies: [{}, body] }),
      ],
    },
    {
      name: `${what} of an article that is sold has to be looked at`,
      steps: (order) => [
        order.v2Rma(),
        buy('A'),
        order.v2Rma(header(order), item),
        ends({ A: { state: 'Matched', attention: /It was sold, and now/ } }, { posts: 1, cancelled: 0 }),
      ],
    },
  ]),
  ...(
    [
      ['e-mail', { email: 'noor' }, /e-mail address/],
      ['country', { country: 'Atlantis' }, /country/],
      ['house number', { housenumber: null, street: 'Kastanjelaan' }, /house number/],
      ['name', { name: '-' }, /name/],
    ] as readonly (readonly [string, Json, RegExp])[]
  ).flatMap(([what, fields, attention]): Case[] => [
    {
      name: `an ${what} that becomes unusable takes the listing off, and has to be looked at`,
      steps: (order) => [
        order.v2Rma(),
        order.v2RmaTo(fields),
        ends({ A: { state: 'Requested', attention } }, { posts: 1, cancelled: 1 }),
        order.v2Rma(),
        ends({ A: { state: 'Listed', attention: 'none' } }, { posts: 2, cancelled: 1 }),
      ],
    },
    {
      name: `an ${what} that becomes unusable after the sale has to be looked at`,
      steps: (order) => [
        order.v2Rma(),
        buy('A'),
        order.v2RmaTo(fields),
        ends({ A: { state: 'Matched', attention } }, { posts: 1, cancelled: 0 }),
      ],
    },
  ]),
  {
    name: 'an address that is written differently is the same',
    steps: (order) => [
      order.v2Rma(),
      order.v2Rma(
        address(order, {
          email: 'Noor.deWit@Example.com',
          postcode: '3511 aa',
          country: 'nl',
          street: 'kastanjelaan',
          city: 'UTRECHT',
        }),
      ),
      ends({ A: { state: 'Listed', attention: 'none' } }, { posts: 1, cancelled: 0 }),
    ],
  },
  {
    name: 'another price of the shipment is listed anew',
    steps: ({ shipment, rma }) => [
      shipment(),
      rma(),
      shipment({ updated_at: '2024-02-21 10:00:00' }, { item_price_inc_tax: 250 }),
      ends(
        { 1: { state: 'Listed' } },
        { posts: 2, cancelled: 1, bodies: [{ originalPrice: 270 }, { originalPrice: 250 }] },
      ),
    ],
  },
  {
    name: 'another house number of the shipment is listed anew',
    steps: ({ shipment, rma }) => [
      shipment(),
      rma(),
      shipment({
        updated_at: '2024-02-21 10:00:00',
        shipping_address: { ...stockHubAddress, house_number: '80' },
      }),
      ends({ 1: { state: 'Listed' } }, { posts: 2, cancelled: 1 }),
    ],
  },
  {
    name: 'what happens to an earlier listing says nothing of the return',
    steps: ({ v2Rma }) => [
      v2Rma(),
      v2Rma({}, { price: 99 }),
      earlier('A', 'RETURN_CANCELED'),
      ends({ A: { state: 'Listed', attention: 'none' } }, { posts: 2, cancelled: 1 }),
      buy('A'),
      earlier('A', 'RETURN_CANCELED'),
      ends({ A: { state: 'Matched', attention: 'none' } }, { cancelled: 1 }),
    ],
  },
  {
    name: 'the mark of a second listing has a number',
    steps: ({ named, v2Rma }) => [
      v2Rma(),
      v2Rma({}, { price: 99 }),
      ends(
        { A: { state: 'Listed' } },
        { bodies: [{}, { returnReasonComment: `Te klein [${named('R1')}/A~2]` }] },
      ),
    ],
  },
  {
    name: 'a return is listed three times at most',
    steps: ({ v2Rma }) => [
      v2Rma(),
      ...[101, 102, 103, 104].map((price) => v2Rma({}, { price })),
      ends({ A: { attention: /./ } }, { posts: 3 }),
    ],
  },
  {
    name: 'a change has no say once the shipment is underway but that it has to be looked at',
    steps: ({ v2Rma }) => [
      v2Rma(),
      ...shipped('A'),
      v2Rma({}, { reason: 'Beschadigd' }),
      ends(
        { A: { state: 'Shipped', attention: [/broken/, /its buyer \(WEB-A\)/] } },
        { posts: 1, cancelled: 0 },
      ),
    ],
  },
  {
    name: 'an item that its RMA does not name any more has to be looked at while nobody bought it',
    policy: { forward: 'each-item' },
    steps: ({ v2Rma }) => [
      v2Rma({}, {}, { rma_item_id: 'B', sku: 'sku-b' }),
      v2Rma(),
      ends({ A: { state: 'Listed', attention: 'none' }, B: { attention: /./ } }, { posts: 2 }),
    ],
  },
  {
    name: 'the only item that an RMA still has is listed, and the one that is missing is not',
    steps: ({ v2Rma }) => [
      v2Rma({}, {}, { rma_item_id: 'B', sku: 'sku-b' }),
      ends({ A: { state: 'NotForwardable' }, B: { state: 'NotForwardable' } }, { posts: 0 }),
      v2Rma(),
      ends({ A: { state: 'Listed' }, B: { state: 'NotForwardable', why: /2 items/ } }, { posts: 1 }),
    ],
  },
  {
    name: 'a listed item whose RMA names only another one stays listed, and has to be looked at',
    steps: ({ v2Rma }) => [
      v2Rma(),
      v2Rma({}, { rma_item_id: 'B', sku: 'sku-b' }),
      ends({ A: { state: 'Listed', attention: /is missing from a later/ } }, { cancelled: 0 }),
    ],
  },
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

export const changing: readonly Case[] = [
  ...ruledOut,
  ...ruledOutByFamily,
  ...listedAnew,
  ...besideSecondItem,
  ...soldWithoutUnit,
];
