import type { Json } from '../../support/builders.ts';
import type { Case } from '../case.ts';
import type { CaseOrder, Post } from '../case-order.ts';
import { buy, ends, event, lost, shipped } from '../steps.ts';
import { families, inEveryOrder, lives } from '../variations.ts';

const dateReceived = '2024-03-08T10:00:00.000+00:00';

/** What says that an article arrived at its merchant. */
const arrivals: readonly {
  readonly what: string;
  readonly item: '1' | 'A';
  start(order: CaseOrder): readonly Post[];
  arrives(order: CaseOrder): Post;
}[] = [
  ...(
    [
      ['a returned quantity', {}, { qty_returned: 1 }],
      ['a returned quantity as a text', {}, { qty_returned: '1.0000' }],
      ['a resolution of the merchant', {}, { merchant_resolution: 'refund' }],
      ['an item that is received', {}, { status: 'received' }],
      ['the date of its arrival', { date_received: '2024-03-08 10:00:00' }, {}],
    ] as readonly (readonly [string, Json, Json])[]
  ).map(([what, header, item]) => ({
    what: `${what} of a stock-hub RMA`,
    item: '1' as const,
    start: ({ shipment, rma }: CaseOrder) => [shipment(), rma()],
    arrives: ({ rma }: CaseOrder) => rma(header, item),
  })),
  ...(
    [
      ['the date of its arrival', { date_received: dateReceived }],
      ['a header that is received', { status: 'received' }],
    ] as readonly (readonly [string, Json])[]
  ).map(([what, header]) => ({
    what: `${what} of a push-api RMA`,
    item: 'A' as const,
    start: ({ v2Rma }: CaseOrder) => [v2Rma()],
    arrives: ({ v2Rma }: CaseOrder) => v2Rma(header),
  })),
  {
    what: 'an rma-item with a quantity',
    item: 'A',
    start: ({ v2Rma }) => [v2Rma()],
    arrives: ({ rmaItem }) => rmaItem({ qty_returned: '1' }, { date_received: dateReceived }),
  },
];

const before: readonly Case[] = arrivals.flatMap(({ what, item, start, arrives }) => [
  {
    name: `${what} closes a return that is not listed`,
    steps: (order) => [arrives(order), ...start(order), ends({ [item]: { state: 'Closed' } }, { posts: 0 })],
  },
  {
    name: `${what} cancels a listing`,
    steps: (order) => [
      ...start(order),
      arrives(order),
      ends({ [item]: { state: 'Cancelled', attention: 'none' } }, { posts: 1, cancelled: 1 }),
    ],
  },
  ...['Matched', 'Labelled'].map(
    (stage): Case => ({
      name: `${what} cancels what is ${stage}, and its buyer is served from stock`,
      steps: (order) => [
        ...start(order),
        ...(lives[stage]?.(item) ?? []),
        arrives(order),
        ends({ [item]: { state: 'Cancelled', attention: /WEB-.* from stock/ } }, { cancelled: 1 }),
      ],
    }),
  ),
  {
    name: `${what} says nothing of an article that IGF has seen arrive`,
    steps: (order) => [
      ...start(order),
      ...(lives.Completed?.(item) ?? []),
      arrives(order),
      ends({ [item]: { state: 'Completed', attention: 'none' } }, { cancelled: 0 }),
    ],
  },
]);

const underway: readonly Case[] = families.flatMap(({ family, item, start, again, withStatus }): Case[] => [
  {
    name: `the date of arrival says nothing of a ${family} return whose shipment is underway`,
    steps: (order) => [
      ...start(order),
      ...shipped(item),
      again(order, { date_received: dateReceived }),
      ends({ [item]: { state: 'Shipped', attention: 'none' } }, { cancelled: 0 }),
    ],
  },
  {
    name: `a ${family} return that is received while its shipment is underway has to be looked at`,
    steps: (order) => [
      ...start(order),
      ...shipped(item),
      withStatus(order, 'received'),
      ends({ [item]: { state: 'Shipped', attention: /check what arrived/ } }, { cancelled: 0 }),
    ],
  },
  {
    name: `a ${family} return whose shipment left without a webhook of IGF is not cancelled when it is received`,
    steps: (order) => [
      ...start(order),
      buy(item),
      event(item, 'LABELED'),
      lost(item, 'SHIPPED'),
      withStatus(order, 'received'),
      ends({ [item]: { state: 'Shipped', attention: /check what arrived/ } }, { cancelled: 0 }),
    ],
  },
]);

export const arriving: readonly Case[] = [
  ...before,
  ...underway,
  ...arrivals.flatMap(({ what, item, arrives }) =>
    inEveryOrder(
      `${what} ends with no listing`,
      [(order) => order.shipment(), (order) => (item === '1' ? order.rma() : order.v2Rma()), arrives],
      ends({ [item]: { state: ['Closed', 'Cancelled'] } }),
    ),
  ),
  {
    name: 'the date of arrival of an RMA with several items says nothing about one of them',
    policy: { forward: 'each-item' },
    steps: ({ v2Rma }) => [
      v2Rma({}, {}, { rma_item_id: 'B', sku: 'sku-b' }),
      v2Rma({ date_received: dateReceived }, {}, { rma_item_id: 'B', sku: 'sku-b' }),
      ends(
        {
          A: { state: 'Listed', attention: /decided in part/ },
          B: { state: 'Listed', attention: /decided in part/ },
        },
        { cancelled: 0 },
      ),
    ],
  },
];
