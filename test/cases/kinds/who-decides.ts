import type { Case, ExpectedReturn } from '../case.ts';
import { ends, refundDue } from '../steps.ts';
import { families, inEveryOrder, lives } from '../variations.ts';

const eachItem = { forward: 'each-item' };
const second = { rma_item_id: 'B', sku: 'sku-b' };
const inPart = /is decided in part: see at Winkelstraat which items/;

/** After the refund is due: own status, status of the header, and what follows. */
const ownAndHeader: readonly (readonly [string, string, 'paid' | 'unpaid'])[] = [
  ['rejected', 'processed_closed', 'unpaid'],
  ['denied', 'processed_closed', 'unpaid'],
  ['rejected', 'approved_on_item', 'unpaid'],
  ['approved', 'rejected_on_item', 'paid'],
  ['approved', 'closed', 'paid'],
  ['approved', 'processed_closed', 'paid'],
  ['authorized', 'processed_closed', 'paid'],
  ['authorized', 'approved_on_item', 'unpaid'],
];

const paid = { state: 'Settled', refundDue: false } as const;
const unpaid = { state: 'Completed', refundDue: true, attention: /EUR 267\.05/ } as const;

const ownStatusCases: readonly Case[] = ownAndHeader.map(([own, header, result]) => ({
  name: `a stock-hub item that is ${own} is ${result} when its RMA is ${header}`,
  steps: ({ shipment, rma }) => [
    shipment(),
    rma(),
    ...refundDue('1'),
    rma({ status: header }, { status: own }),
    ends({ 1: result === 'paid' ? paid : unpaid }),
  ],
}));

/** A header that is not about all items of its RMA. */
const partial = ['partially_authorized', 'received_on_item', 'approved_on_item', 'rejected_on_item'];

const partialOfSeveral: readonly Case[] = partial.flatMap((status) =>
  Object.entries(lives).map(
    ([stage, life]): Case => ({
      name: `a push-api item of several that is ${stage} stays so when its RMA becomes ${status}`,
      policy: eachItem,
      steps: ({ v2Rma }) => [
        v2Rma({}, {}, second),
        ...life('A'),
        v2Rma({ status }, {}, second),
        ends(
          {
            A: {
              state: stage === 'due' ? 'Completed' : stage,
              attention: stage === 'Completed' ? [] : inPart,
            },
            B: { state: 'Listed', attention: inPart },
          },
          { posts: 2, cancelled: 0 },
        ),
      ],
    }),
  ),
);

const partialFromTheStart: readonly Case[] = partial.map((status) => ({
  name: `a push-api item of several waits while its RMA is ${status}`,
  policy: eachItem,
  steps: ({ v2Rma }) => [
    v2Rma({ status }, {}, second),
    ends(
      { A: { state: 'Requested', attention: inPart }, B: { state: 'Requested', attention: inPart } },
      { posts: 0 },
    ),
  ],
}));

/** The header of an RMA with one item is that item's: before it is listed, and after its refund is due. */
const headerOfOne: readonly (readonly [string, ExpectedReturn, ExpectedReturn])[] = [
  ['partially_authorized', { state: 'Listed' }, { state: 'Completed', refundDue: true }],
  ['received_on_item', { state: 'Closed' }, { state: 'Completed', refundDue: true }],
  ['approved_on_item', { state: 'Closed' }, paid],
  ['rejected_on_item', { state: 'Closed' }, { state: 'Completed', attention: /^Closed unrefunded/ }],
  ['received', { state: 'Closed' }, { state: 'Completed', refundDue: true }],
  ['approved', { state: 'Closed' }, paid],
  ['processed_closed', { state: 'Closed' }, paid],
  ['rejected', { state: 'Closed' }, { state: 'Completed', attention: /^Closed unrefunded/ }],
  ['denied', { state: 'Closed' }, { state: 'Completed', attention: /^Closed unrefunded/ }],
  ['closed', { state: 'Closed' }, { state: 'Completed', attention: /^Closed unrefunded.*EUR 120\.00/ }],
];

const headerOfOneCases: readonly Case[] = headerOfOne.flatMap(([status, before, after]) => [
  {
    name: `the only push-api item of an RMA that is ${status} from the start takes its status`,
    steps: ({ v2Rma }) => [v2Rma({ status }), ends({ A: before }, { cancelled: 0 })],
  },
  {
    name: `the only push-api item whose refund is due takes the status ${status} of its RMA`,
    steps: ({ v2Rma }) => [v2Rma(), ...refundDue('A'), v2Rma({ status }), ends({ A: after })],
  },
]);

/** A header that is about all items of its RMA. */
const whole: readonly (readonly [string, ExpectedReturn])[] = [
  ['approved', paid],
  ['processed_closed', { state: 'Completed', refundDue: true, attention: /EUR 120\.00/ }],
  ['denied', { state: 'Completed', refundDue: true, attention: /^Closed unrefunded/ }],
];

const wholeOfSeveral: readonly Case[] = whole.map(([status, due]) => ({
  name: `each push-api item of several takes ${status}, which settles only what it can`,
  policy: eachItem,
  steps: ({ v2Rma }) => [
    v2Rma({}, {}, second),
    ...refundDue('A'),
    v2Rma({ status }, {}, second),
    ends({ A: due, B: { state: 'Cancelled' } }, { posts: 2, cancelled: 1 }),
  ],
}));

/** A later delivery names one item of two. */
const shorterDelivery: readonly Case[] = [
  {
    name: 'an RMA that is processed settles none of two items, although it names one of them',
    policy: eachItem,
    steps: ({ v2Rma }) => [
      v2Rma({}, {}, second),
      ...refundDue('A'),
      ...refundDue('B'),
      v2Rma({ status: 'processed_closed' }),
      ends({
        A: { state: 'Completed', refundDue: true, attention: /has 2 items/ },
        B: { state: 'Completed', refundDue: true, attention: /has 2 items/ },
      }),
    ],
  },
];

const ranks: readonly Case[] = families.flatMap(({ family, item, start, withStatus }) =>
  ['received', 'approved', 'rejected', 'denied', 'closed', 'processed_closed'].flatMap((status): Case[] => [
    {
      name: `a ${family} return that is ${status} is not opened by an earlier status`,
      steps: (order) => [
        withStatus(order, status),
        ...start(order),
        ends({ [item]: { state: 'Closed' } }, { posts: 0 }),
      ],
    },
    ...inEveryOrder(
      `a ${family} return that becomes ${status} is not on sale`,
      [
        (order) => order.shipment(),
        (order) => withStatus(order, 'authorized'),
        (order) => withStatus(order, status),
      ],
      ends({ [item]: { state: ['Closed', 'Cancelled'] } }),
    ),
  ]),
);

/** A status that Winkelstraat does not document changes nothing that runs, and a later known one answers it. */
const unknownStatus: readonly Case[] = families.flatMap(({ family, item, start, withStatus }) =>
  Object.entries(lives).map(
    ([stage, life]): Case => ({
      name: `a ${family} return that is ${stage} stays so with a status that nobody knows, and says it`,
      steps: (order) => [
        ...start(order),
        ...life(item),
        withStatus(order, 'return_received'),
        ends(
          {
            [item]: {
              state: stage === 'due' ? 'Completed' : stage,
              attention: stage === 'Completed' ? 'none' : /Map the status/,
            },
          },
          { posts: 1, cancelled: 0 },
        ),
        withStatus(order, 'authorized'),
        ends({ [item]: { attentionWithout: /status/ } }, { posts: 1, cancelled: 0 }),
      ],
    }),
  ),
);

export const deciding: readonly Case[] = [
  ...ownStatusCases,
  ...partialOfSeveral,
  ...partialFromTheStart,
  ...headerOfOneCases,
  ...wholeOfSeveral,
  ...shorterDelivery,
  ...ranks,
  ...unknownStatus,
  {
    name: 'an item that can not be read counts as an item of its RMA',
    policy: eachItem,
    steps: ({ v2Rma }) => [
      v2Rma({ status: 'partially_authorized' }, {}, { rma_item_id: null, sku: null }),
      ends({ A: { state: 'Requested', attention: inPart } }, { posts: 0 }),
    ],
  },
];
