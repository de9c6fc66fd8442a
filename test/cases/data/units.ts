import type { Case } from '../case.ts';
import { ends } from '../steps.ts';

/** An article that was sent once is promised once. */
export const unitCases: readonly Case[] = [
  {
    name: 'two units of one item are not forwarded',
    steps: ({ shipment, rma }) => [
      shipment({}, { qty: 2 }),
      rma({}, { qty_requested: 2 }),
      ends({ 1: { state: 'NotForwardable', attention: 'none' } }, { posts: 0 }),
    ],
  },
  {
    name: 'a return that both families report is listed once, for the family that came first',
    steps: ({ shipment, rma, v2Rma }) => [
      shipment(),
      rma(),
      v2Rma({}, { price: 270 }),
      ends(
        { 1: { state: 'Listed', attention: 'none' }, A: { state: 'NotForwardable', attention: /./ } },
        { posts: 1 },
      ),
    ],
  },
  {
    name: 'of two RMAs for the only unit that was sent, the first is listed',
    steps: ({ named, shipment, rma }) => [
      shipment(),
      rma(),
      rma({ increment_id: named('R2') }, { id: 2 }),
      ends({ 1: { state: 'Listed' }, 'R2/2': { state: 'NotForwardable', attention: /./ } }, { posts: 1 }),
    ],
  },
];
