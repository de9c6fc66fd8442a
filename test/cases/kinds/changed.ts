import type { Json } from '../../support/builders.ts';
import type { Case } from '../case.ts';
import { type CaseOrder, pushApiAddress, stockHubAddress } from '../case-order.ts';
import { buy, earlier, ends, shipped } from '../steps.ts';

/** The customer with another field, or the same field written differently. */
const address = (order: CaseOrder, fields: Json): Json => ({
  order: { order_id: order.id, address: { ...pushApiAddress, ...fields } },
});

/** Changes of what a listing says, and of what its RMA names. */
export const changing: readonly Case[] = [
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
