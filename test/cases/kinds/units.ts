import type { Case, LifeEvent, ReturnName, Step } from '../case.ts';
import type { CaseOrder, Post } from '../case-order.ts';
import { buy, ends, event } from '../steps.ts';
import { inEveryOrder, lives } from '../variations.ts';

const secondRma = ({ named, rma }: CaseOrder): Post => rma({ increment_id: named('R2') }, { id: 2 });

/** How the only unit that was sent is gone, although its return is not on offer. */
const unitIsGone: readonly (readonly [string, ReturnName, (order: CaseOrder) => readonly Step[]])[] = [
  ...(
    [
      ['a decision of the merchant', {}, { merchant_resolution: 'refund' }],
      ['an RMA that is processed', { status: 'processed_closed' }, {}],
      ['a returned unit', {}, { qty_returned: 1 }],
    ] as const
  ).map(
    ([what, header, item]) =>
      [what, '1', ({ shipment, rma }: CaseOrder) => [shipment(), rma(header, item)]] as const,
  ),
  ['an rma-item with a resolution', 'A', ({ rmaItem }) => [rmaItem({ retailer_resolution: 'Terugbetalen' })]],
  ...(['RETURN_DEADLINE_PASSED', 'RETURN_CANCELED'] as const).flatMap((end) =>
    [['SHIPPED'], ['SHIPPED', 'COMPLETED', 'REFUND']].map(
      (names) =>
        [
          `${end}, then ${names.join(', ')}`,
          '1',
          ({ shipment, rma }: CaseOrder) => [
            ...[shipment(), rma(), buy('1'), event('1', 'LABELED'), event('1', end)],
            ...(names as LifeEvent[]).map((name) => event('1', name)),
          ],
        ] as const,
    ),
  ),
];

/** Two RMAs for units of one article. */
const twoRmas: readonly Case[] = [
  ...unitIsGone.map(
    ([what, item, gone]): Case => ({
      name: `the second RMA for a unit is not forwarded after ${what}`,
      steps: (order) => [
        ...gone(order),
        item === '1' ? secondRma(order) : order.v2Rma({ rma_id: order.named('R2') }, { rma_item_id: '2' }),
        ends({ 'R2/2': { state: 'NotForwardable', attention: /More units come back than were sent/ } }),
      ],
    }),
  ),
  ...['1', '2'].map(
    (qty): Case => ({
      name: `of two RMAs for one article, ${qty} can be on sale when ${qty} were sent`,
      steps: (order) => [
        order.shipment({}, { qty }),
        order.rma(),
        secondRma(order),
        ends(
          { 1: { state: 'Listed' }, 'R2/2': { state: qty === '2' ? 'Listed' : 'NotForwardable' } },
          { posts: Number(qty), cancelled: 0 },
        ),
      ],
    }),
  ),
  ...inEveryOrder(
    'two RMAs for the only unit that was sent make one listing',
    [(order) => order.shipment(), (order) => order.rma(), secondRma],
    ends({}, { posts: 1, cancelled: 0 }),
  ),
  ...Object.entries(lives).map(
    ([stage, life]): Case => ({
      name: `the second RMA for a unit that is ${stage} is not forwarded`,
      steps: (order) => [
        order.shipment(),
        order.rma(),
        ...life('1'),
        secondRma(order),
        ends({ 'R2/2': { state: 'NotForwardable', attention: /./ } }, { posts: 1 }),
      ],
    }),
  ),
  {
    name: 'the second RMA for a unit is listed when the first was denied',
    steps: (order) => [
      order.shipment(),
      order.rma(),
      secondRma(order),
      order.rma({ status: 'denied' }, { status: 'denied' }),
      ends({ 1: { state: 'Cancelled' }, 'R2/2': { state: 'Listed', attention: 'none' } }, { posts: 2 }),
    ],
  },
  {
    name: 'the youngest listing is taken off when fewer units were sent than it seemed',
    steps: (order) => [
      order.shipment({}, { qty: 2 }),
      order.rma(),
      secondRma(order),
      order.shipment({ updated_at: '2024-02-21 10:00:00' }, { qty: 1 }),
      ends({ 1: { state: 'Listed' }, 'R2/2': { state: 'Cancelled' } }, { posts: 2, cancelled: 1 }),
    ],
  },
  {
    name: 'of two sold units one buyer is served from stock when one unit was sent',
    steps: (order) => [
      order.shipment({}, { qty: 2 }),
      order.rma(),
      secondRma(order),
      buy('1'),
      buy('R2/2', 'WEB-2'),
      event('1', 'LABELED'),
      order.shipment({ updated_at: '2024-02-21 10:00:00' }, { qty: 1 }),
      ends(
        { 1: { state: 'Labelled' }, 'R2/2': { state: 'Cancelled', attention: /WEB-2 from stock/ } },
        { cancelled: 1 },
      ),
    ],
  },
];

const bothReport = /^RMA \S+ is reported by push-api and by stock-hub/;

/** One return that both families report. */
const bothFamilies: readonly Case[] = [
  ...(
    [
      [
        'stock-hub',
        ({ rma }: CaseOrder) => rma(),
        ({ v2Rma }: CaseOrder) => v2Rma({}, { rma_item_id: '1' }),
        270,
      ],
      [
        'push-api',
        ({ v2Rma }: CaseOrder) => v2Rma({}, { rma_item_id: '1' }),
        ({ rma }: CaseOrder) => rma(),
        120,
      ],
    ] as const
  ).map(
    ([family, first, other, originalPrice]): Case => ({
      name: `a return that both families report by one id is that of ${family}, which came first`,
      steps: (order) => [
        order.shipment(),
        first(order),
        other(order),
        ends(
          { 1: { state: 'Listed', attention: bothReport } },
          { posts: 1, cancelled: 0, bodies: [{ originalPrice }] },
        ),
      ],
    }),
  ),
  ...Object.entries(lives).map(
    ([stage, life]): Case => ({
      name: `a return of push-api that is ${stage} is not listed again for stock-hub`,
      steps: ({ shipment, rma, v2Rma }) => [
        shipment(),
        v2Rma(),
        ...life('A'),
        rma(),
        ends({ 1: { state: 'NotForwardable', attention: /./ } }, { posts: 1, cancelled: 0 }),
      ],
    }),
  ),
  {
    name: 'a return that is not forwarded for one family is not forwarded for the other',
    steps: ({ shipment, rma, v2Rma }) => [
      shipment(),
      rma({}, { reason: 'broken' }),
      v2Rma(),
      ends({ 1: { state: 'NotForwardable' }, A: { state: 'NotForwardable' } }, { posts: 0 }),
    ],
  },
  ...inEveryOrder(
    'a return that both families report makes one listing',
    [(order) => order.shipment(), (order) => order.rma(), (order) => order.v2Rma()],
    ends({}, { posts: 1, cancelled: 0 }),
  ),
  ...inEveryOrder(
    'an article whose sku each family writes differently makes one listing',
    [
      (order) => order.shipment({}, { sku: 'wsnl199-5C9DE' }),
      (order) => order.rma({}, { sku: 'WSNL199-5c9de' }),
      (order) => order.v2Rma({ rma_id: order.named('R2') }, { sku: 'wsnl199-wsnl199-5c9de' }),
    ],
    ends({}, { posts: 1, cancelled: 0 }),
  ),
];

const several: readonly Case[] = [
  ...(
    [
      ['two units', { qty_requested: 2 }, 'NotForwardable'],
      ['no unit', { qty_requested: 0 }, 'NotForwardable'],
      ['one of two units', { qty_requested: 2, qty_approved: 1 }, 'Listed'],
      ['units that are approved as 0', { qty_approved: 0 }, 'Listed'],
      ['no unit yet', { status: 'partially_authorized', qty_approved: 0 }, 'Requested'],
      ['a number that nobody knows', { qty_requested: null }, 'Listed'],
    ] as const
  ).map(
    ([what, fields, state]): Case => ({
      name: `an item with ${what} is ${state}`,
      steps: ({ shipment, rma }) => [
        shipment({}, { qty: 5 }),
        rma({}, fields),
        ends({ 1: { state } }, { posts: state === 'Listed' ? 1 : 0 }),
      ],
    }),
  ),
  ...[
    { forward: 'single-item', state: 'NotForwardable', posts: 0 },
    { forward: 'each-item', state: 'Listed', posts: 2 },
  ].flatMap(({ forward, state, posts }): Case[] => [
    {
      name: `with forward=${forward} each item of a stock-hub RMA is ${state}`,
      policy: { forward },
      steps: ({ shipment, rma }) => [
        shipment({}, {}, { sku: 'sku-b' }),
        rma({}, {}, { id: 2, sku: 'sku-b' }),
        ends({ 1: { state }, 2: { state } }, { posts, cancelled: 0 }),
      ],
    },
    {
      name: `with forward=${forward} each item of a push-api RMA is ${state}`,
      policy: { forward },
      steps: ({ v2Rma }) => [
        v2Rma({}, {}, { rma_item_id: 'B', sku: 'sku-b' }),
        ends({ A: { state }, B: { state } }, { posts, cancelled: 0 }),
      ],
    },
  ]),
];

export const counting: readonly Case[] = [...twoRmas, ...bothFamilies, ...several];
