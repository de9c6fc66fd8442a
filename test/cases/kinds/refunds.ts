import type { Json } from '../../support/builders.ts';
import type { Case } from '../case.ts';
import type { CaseOrder, Post } from '../case-order.ts';
import { arrived, cancelledAtIgf, ends, event, later, refundDue, shipped } from '../steps.ts';
import { families } from '../variations.ts';

const settled = { state: 'Settled', refundDue: false, attention: 'none' } as const;

/** What the refund's text says, by what is due. */
const texts: readonly Case[] = [
  {
    name: 'the refund of a stock-hub return is the customer’s of the reseller, by order and purchase order',
    steps: ({ id, named, shipment, rma }) => [
      shipment({ po_number: named('P1') }),
      rma({ po_number: named('P1') }),
      ...refundDue('1'),
      ends({
        1: {
          attention: [
            /^Refund due: EUR 267\.05/,
            /refund your customer/i,
            new RegExp(`order ${id}`),
            new RegExp(`PO ${named('P1')}`),
          ],
          attentionWithout: /process the RMA/i,
        },
      }),
    ],
  },
  {
    name: 'the refund of a push-api return is processed at Winkelstraat, at most for its price, and not restocked',
    steps: ({ named, v2Rma }) => [
      v2Rma(),
      ...refundDue('A'),
      ends({
        A: {
          attention: [
            /^Refund due: at most EUR 120\.00/,
            new RegExp(`process RMA ${named('R1')} at Winkelstraat`, 'i'),
            /do not restock/,
          ],
        },
      }),
    ],
  },
  {
    name: 'the refund of what was delivered in excess says to check that it was charged',
    steps: ({ v2Rma }) => [
      v2Rma({}, { reason: 'Meer bezorgd dan besteld' }),
      ...refundDue('A'),
      ends({ A: { attention: [/^Refund due/, /check that it was charged/i] } }),
    ],
  },
  ...(
    [
      [{ item_return_fee: 2.95 }, 'EUR 267\\.05'],
      [{ item_return_fee: '2,95' }, 'EUR 267\\.05'],
      [{ item_return_fee: 2.95, row_line_return_fee: 5 }, 'EUR 265\\.00'],
      [{ item_return_fee: 0 }, 'EUR 270\\.00'],
      [{ item_return_fee: 300 }, 'EUR 0\\.00'],
    ] as readonly (readonly [Json, string])[]
  ).map(
    ([fee, amount]): Case => ({
      name: `a return with the fees ${JSON.stringify(fee)} is paid ${amount.replaceAll('\\', '')}`,
      steps: ({ shipment, rma }) => [
        shipment(),
        rma({}, fee),
        ...refundDue('1'),
        ends({ 1: { attention: new RegExp(`^Refund due: ${amount}`) } }),
      ],
    }),
  ),
];

/** When a refund is due, for both families. */
const due: readonly Case[] = families.flatMap(({ family, item, start, withStatus }): Case[] => [
  {
    name: `a ${family} return that the merchant approves between arrival and REFUND needs no attention, and settles`,
    steps: (order) => [
      ...start(order),
      ...arrived(item),
      withStatus(order, 'approved'),
      ends({ [item]: { state: 'Completed', attention: 'none', refundDue: false } }),
      event(item, 'REFUND'),
      ends({ [item]: settled }),
    ],
  },
  {
    name: `a ${family} return without a REFUND is due after 84 hours, and may be disputed`,
    steps: (order) => [
      ...start(order),
      ...arrived(item),
      later(83),
      ends({ [item]: { state: 'Completed', refundDue: false } }),
      later(4),
      ends({
        [item]: { state: 'Completed', refundDue: true, attention: /the buyer may have disputed/ },
      }),
    ],
  },
  {
    name: `a ${family} shipment that is lost is due at once`,
    steps: (order) => [
      ...start(order),
      ...shipped(item),
      cancelledAtIgf(item, 'NOT_DELIVERED_BY_CARRIER'),
      later(2),
      ends({ [item]: { refundDue: true, attention: /^Refund due/, why: /lost the parcel/ } }),
      withStatus(order, 'processed_closed'),
      ends({ [item]: { state: 'Settled', refundDue: false } }),
    ],
  },
  {
    name: `the buyer of a ${family} article that is lost after its end is served, and no replacement is stopped`,
    steps: (order) => [
      ...start(order),
      ...shipped(item),
      cancelledAtIgf(item, 'NOT_DELIVERED_BY_CARRIER'),
      event(item, 'RETURN_CANCELED'),
      later(2),
      ends({
        [item]: { refundDue: true, attention: /serve WEB-/, attentionWithout: /stop the replacement/ },
      }),
    ],
  },
  {
    name: `a ${family} shipment that is underway 14 days after its request needs attention once`,
    steps: (order) => [
      ...start(order),
      family === 'stock-hub'
        ? order.rma({ date_requested: '2024-03-11 10:00:00' })
        : order.v2Rma({ date_requested: '2024-03-11T10:00:00.000+00:00' }),
      ...shipped(item),
      later(24),
      ends({ [item]: { state: 'Shipped', attention: 'none' } }),
      later(14 * 24),
      ends({ [item]: { state: 'Shipped', attention: /14 days/ } }),
    ],
  },
  ...(
    [
      ['handed in after its deadline', 'RETURN_DEADLINE_PASSED'],
      ['handed in after the customer cancelled', 'RETURN_CANCELED'],
    ] as const
  ).map(
    ([what, end]): Case => ({
      name: `a ${family} article that is ${what} is due, and settles`,
      steps: (order) => [
        ...start(order),
        ...[...shipped(item).slice(0, 2), event(item, end)],
        ...(['SHIPPED', 'COMPLETED', 'REFUND'] as const).map((name) => event(item, name)),
        ends({ [item]: { refundDue: true, attention: /^Refund due/ } }),
        withStatus(order, 'approved'),
        ends({ [item]: { state: 'Settled', refundDue: false } }),
      ],
    }),
  ),
]);

type Proof = (order: CaseOrder) => Post;

/** What settles a refund that is due. */
const proofs: readonly (readonly [string, '1' | 'A', Proof])[] = [
  ['an approval', '1', ({ rma }) => rma({ status: 'approved' }, { status: 'approved', qty_approved: 1 })],
  ['an RMA that is processed', '1', ({ rma }) => rma({ status: 'processed_closed' })],
  ['a credit memo', '1', ({ creditMemo }) => creditMemo()],
  ['an approval', 'A', ({ v2Rma }) => v2Rma({ status: 'approved' })],
  ['an RMA that is processed', 'A', ({ v2Rma }) => v2Rma({ status: 'processed_closed' })],
  [
    'an rma-item with a refund',
    'A',
    ({ rmaItem }) => rmaItem({ qty_returned: '1', retailer_resolution: 'Terugbetaling' }),
  ],
  ['a refunded order item', 'A', ({ orderItem }) => orderItem()],
];

const startOf = (item: '1' | 'A') => families.find((each) => each.item === item)?.start ?? (() => []);

const settling: readonly Case[] = proofs.flatMap(([what, item, proof]): Case[] => [
  {
    name: `${what} settles the refund of item ${item} that is due`,
    steps: (order) => [...startOf(item)(order), ...refundDue(item), proof(order), ends({ [item]: settled })],
  },
  {
    name: `${what} before the refund of item ${item} is due settles it then`,
    steps: (order) => [
      ...startOf(item)(order),
      ...arrived(item),
      proof(order),
      ends({ [item]: { state: 'Completed', refundDue: false, attention: 'none' } }),
      event(item, 'REFUND'),
      ends({ [item]: settled }),
    ],
  },
]);

const notSettling: readonly Case[] = [
  ...(
    [
      ['an approval of no unit', '1', ({ rma }) => rma({}, { status: 'approved', qty_approved: 0 })],
      ['a reversal', '1', ({ creditMemo }) => creditMemo({}, { reversal: true })],
      ['a credit memo of another article', '1', ({ creditMemo }) => creditMemo({}, { sku: 'sku-b' })],
      [
        'a credit memo from before the request',
        '1',
        ({ creditMemo }) => creditMemo({ created_at: '2024-01-01 10:00:00' }),
      ],
      ['an RMA that is closed', '1', ({ rma }) => rma({ status: 'closed' })],
      ['a rejection', 'A', ({ v2Rma }) => v2Rma({ status: 'rejected' })],
      ['an item that was not delivered', 'A', ({ orderItem }) => orderItem({ status: 'DEFICIENT' })],
      ['an item that was cancelled', 'A', ({ orderItem }) => orderItem({ status: 'CANCELLED' })],
      [
        'an rma-item with a rejection',
        'A',
        ({ rmaItem }) => rmaItem({ qty_returned: '1', retailer_resolution: 'Afgewezen' }),
      ],
    ] as readonly (readonly [string, '1' | 'A', Proof])[]
  ).map(
    ([what, item, proof]): Case => ({
      name: `${what} does not settle the refund of item ${item}`,
      steps: (order) => [
        ...startOf(item)(order),
        ...refundDue(item),
        proof(order),
        ends({ [item]: { state: 'Completed', refundDue: true, attention: /EUR/ } }),
      ],
    }),
  ),
  {
    name: 'a refund that the platform funds settles, and the merchant does not pay it',
    steps: ({ v2Rma, orderItem }) => [
      v2Rma(),
      ...refundDue('A'),
      orderItem({ status: 'FUNDED_BY_PLATFORM' }),
      ends({ A: { state: 'Settled', refundDue: false } }),
    ],
  },
  {
    name: 'a credit memo of another amount settles, and needs attention with both amounts',
    steps: ({ shipment, rma, creditMemo }) => [
      shipment(),
      rma(),
      ...refundDue('1'),
      creditMemo({}, { row_total_inc_tax: 200 }),
      ends({ 1: { state: 'Settled', refundDue: false, attention: [/267\.05/, /197\.05/] } }),
    ],
  },
  {
    name: 'a credit memo of another amount says that at most so much is owed where no fee is known',
    steps: ({ shipment, rma, creditMemo }) => [
      shipment(),
      rma({}, { item_return_fee: null }),
      ...refundDue('1'),
      creditMemo(),
      ends({ 1: { state: 'Settled', attention: /refunds EUR 267\.05, .*owed at most EUR 270\.00/ } }),
    ],
  },
  {
    name: 'a credit memo that could be of two returns needs attention for the one that is due',
    steps: ({ named, shipment, rma, creditMemo }) => [
      shipment({}, { qty: 2 }),
      rma(),
      rma({ increment_id: named('R2') }, { id: 2 }),
      ...refundDue('1'),
      creditMemo(),
      ends({ 1: { state: 'Completed', refundDue: true, attention: [/^Refund due/, /memo/i] } }),
    ],
  },
];

export const refunding: readonly Case[] = [...texts, ...due, ...settling, ...notSettling];
