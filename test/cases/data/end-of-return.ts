import type { Case } from '../case.ts';
import { buy, ends, refundDue, shipped } from '../steps.ts';

const eachItem = { forward: 'each-item' };
const second = { rma_item_id: 'B', sku: 'sku-b' };
const inPart = /is decided in part: see at Winkelstraat which items/;

/** Who decides that a return is over: an item, its RMA, or its arrival. */
export const endCases: readonly Case[] = [
  {
    name: 'an item that the merchant rejected stays unpaid when its RMA is processed',
    steps: ({ shipment, rma }) => [
      shipment(),
      rma(),
      ...refundDue('1'),
      rma({ status: 'processed_closed' }, { status: 'rejected' }),
      ends({ 1: { state: 'Completed', refundDue: true, attention: /Closed unrefunded/ } }),
    ],
  },
  {
    name: 'a header that approves some items settles none of several',
    policy: eachItem,
    steps: ({ v2Rma }) => [
      v2Rma({}, {}, second),
      ...refundDue('A'),
      ...refundDue('B'),
      v2Rma({ status: 'approved_on_item' }, {}, second),
      ends({
        A: { state: 'Completed', refundDue: true, attention: [/^Refund due: .*EUR 120\.00/, inPart] },
        B: { state: 'Completed', refundDue: true, attention: [/^Refund due: .*EUR 120\.00/, inPart] },
      }),
    ],
  },
  {
    name: 'a header that some items were received cancels none of several',
    policy: eachItem,
    steps: ({ v2Rma }) => [
      v2Rma({}, {}, second),
      v2Rma({ status: 'received_on_item' }, {}, second),
      ends(
        { A: { state: 'Listed', attention: inPart }, B: { state: 'Listed', attention: inPart } },
        { posts: 2, cancelled: 0 },
      ),
    ],
  },
  {
    name: 'a header that some items were received does not cancel an item that is sold',
    policy: eachItem,
    steps: ({ v2Rma }) => [
      v2Rma({}, {}, second),
      buy('B'),
      v2Rma({ status: 'received_on_item' }, {}, second),
      ends(
        { A: { state: 'Listed', attention: inPart }, B: { state: 'Matched', attention: inPart } },
        { posts: 2, cancelled: 0 },
      ),
    ],
  },
  {
    name: 'a header that authorizes some items lists none of several',
    policy: eachItem,
    steps: ({ v2Rma }) => [
      v2Rma({ status: 'partially_authorized' }, {}, second),
      ends(
        { A: { state: 'Requested', attention: inPart }, B: { state: 'Requested', attention: inPart } },
        { posts: 0 },
      ),
    ],
  },
  {
    name: 'an RMA with several items is not forwarded by default, whatever its header says',
    steps: ({ v2Rma }) => [
      v2Rma({ status: 'partially_authorized' }, {}, second),
      v2Rma({}, {}, second),
      ends(
        {
          A: { state: 'NotForwardable', attention: 'none' },
          B: { state: 'NotForwardable', attention: 'none' },
        },
        { posts: 0 },
      ),
    ],
  },
  {
    name: 'a push-api item that arrived at the merchant is not listed',
    steps: ({ v2Rma }) => [
      v2Rma({ date_received: '2024-03-08T10:00:00.000+00:00' }),
      ends({ A: { state: 'Closed' } }, { posts: 0 }),
    ],
  },
  {
    name: 'a stock-hub item that arrived at the merchant is not listed',
    steps: ({ shipment, rma }) => [
      shipment(),
      rma({}, { qty_returned: 1 }),
      ends({ 1: { state: 'Closed' } }, { posts: 0 }),
    ],
  },
  ...['denied', 'closed', 'processed_closed'].flatMap((status) =>
    [null, []].map(
      (items): Case => ({
        name: `an RMA that is ${status} ends its returns with ${JSON.stringify(items)} for its items`,
        steps: ({ shipment, rma }) => [
          shipment(),
          rma(),
          rma({ status, items }),
          ends({ 1: { state: 'Cancelled' } }, { posts: 1, cancelled: 1 }),
        ],
      }),
    ),
  ),
  {
    name: 'rma-item in its second version closes a return',
    steps: ({ rmaItem }) => [rmaItem(), ends({ A: { state: 'Closed' } }, { posts: 0 })],
  },
  {
    name: 'an item that is received while its shipment is underway has to be looked at',
    steps: ({ shipment, rma }) => [
      shipment(),
      rma(),
      ...shipped('1'),
      rma({ status: 'received' }, { status: 'received', qty_returned: 1 }),
      ends({ 1: { state: 'Shipped', attention: /check what arrived/ } }, { cancelled: 0 }),
    ],
  },
];
