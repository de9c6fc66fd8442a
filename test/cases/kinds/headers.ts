import type { Json } from '../../support/builders.ts';
import type { Case } from '../case.ts';
import { ends } from '../steps.ts';
import { families, inEveryOrder, lives } from '../variations.ts';

/** The items of an RMA that has ended, in every form of none. */
const noItems: readonly Json[] = [{ items: null }, { items: [] }, { items: {} }, { items: undefined }];

const endings = ['denied', 'closed', 'processed_closed'];

/** A header that ends an RMA, without its items. */
const alone: readonly Case[] = families.flatMap(({ family, item, start, again }) =>
  endings.flatMap((status): Case[] => [
    ...noItems.map(
      (none): Case => ({
        name: `a ${family} header that is ${status} ends its return with ${JSON.stringify(none)}`,
        steps: (order) => [
          ...start(order),
          again(order, { status, ...none }),
          ends({ [item]: { state: 'Cancelled', attention: 'none' } }, { posts: 1, cancelled: 1 }),
        ],
      }),
    ),
    ...['Matched', 'Labelled'].map(
      (stage): Case => ({
        name: `a ${family} header alone that is ${status} ends what is ${stage}, and its buyer is served from stock`,
        steps: (order) => [
          ...start(order),
          ...(lives[stage]?.(item) ?? []),
          again(order, { status, items: null }),
          ends({ [item]: { state: 'Cancelled', attention: /from stock/ } }, { cancelled: 1 }),
        ],
      }),
    ),
    ...inEveryOrder(
      `a ${family} header alone that is ${status} ends with no listing`,
      [(order) => order.shipment(), (order) => again(order), (order) => again(order, { status, items: [] })],
      ends({ [item]: { state: ['Closed', 'Cancelled'] } }),
    ),
  ]),
);

/** A header that does not end its RMA needs its items. */
const needed: readonly Case[] = families.flatMap(({ family, again }) =>
  ['pending', 'authorized', 'received'].map(
    (status): Case => ({
      name: `a ${family} header that is ${status} is refused without its items`,
      steps: (order) => [{ ...again(order, { status, items: null }), answer: 406 }, ends({}, { posts: 0 })],
    }),
  ),
);

const unknown = ['return_received', 'Awaiting pickup', 'complete'];

/** A status that Winkelstraat does not document. */
const unknownStatus: readonly Case[] = families.flatMap(({ family, item, start, again }) =>
  unknown.flatMap((status): Case[] => [
    {
      name: `a ${family} RMA that is "${status}" is not listed until its status is known`,
      steps: (order) => [
        order.shipment(),
        again(order, { status }),
        ends({ [item]: { state: 'Requested', attention: /status/ } }, { posts: 0 }),
        again(order),
        ends({ [item]: { state: 'Listed', attention: 'none' } }, { posts: 1 }),
      ],
    },
    ...Object.entries(lives).map(
      ([stage, life]): Case => ({
        name: `a ${family} RMA that becomes "${status}" changes nothing of what is ${stage}`,
        steps: (order) => [
          ...start(order),
          ...life(item),
          again(order, { status }),
          ends({ [item]: { state: stage === 'due' ? 'Completed' : stage } }, { posts: 1, cancelled: 0 }),
        ],
      }),
    ),
  ]),
);

export const heading: readonly Case[] = [
  ...alone,
  ...needed,
  ...unknownStatus,
  {
    name: 'a stock-hub item with a status that nobody knows is not listed until it is known',
    steps: ({ shipment, rma }) => [
      shipment(),
      rma({}, { status: 'on_hold' }),
      ends({ 1: { state: 'Requested', attention: /status/ } }, { posts: 0 }),
      rma(),
      ends({ 1: { state: 'Listed', attention: 'none' } }, { posts: 1 }),
    ],
  },
];
