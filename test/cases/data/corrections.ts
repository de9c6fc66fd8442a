import type { Case } from '../case.ts';
import { buy, ends } from '../steps.ts';

/** What changes after a return was listed. */
export const correctionCases: readonly Case[] = [
  {
    name: 'a push-api item that turns out to be damaged is taken off',
    steps: ({ v2Rma }) => [
      v2Rma(),
      v2Rma({}, { reason: 'Beschadigd' }),
      ends({ A: { state: 'Cancelled', why: /broken/, attention: 'none' } }, { posts: 1, cancelled: 1 }),
    ],
  },
  {
    name: 'a stock-hub item that turns out to be damaged is taken off',
    steps: ({ shipment, rma }) => [
      shipment(),
      rma(),
      rma({}, { reason: 'broken' }),
      ends({ 1: { state: 'Cancelled', why: /broken/, attention: 'none' } }, { posts: 1, cancelled: 1 }),
    ],
  },
  {
    name: 'a sold item that turns out to be damaged has to be looked at',
    steps: ({ v2Rma }) => [
      v2Rma(),
      buy('A'),
      v2Rma({}, { reason: 'Beschadigd' }),
      ends({ A: { state: 'Matched', attention: /broken/ } }, { posts: 1, cancelled: 0 }),
    ],
  },
  {
    name: 'a customer who wants to exchange an item that is listed gets it taken off',
    steps: ({ v2Rma }) => [
      v2Rma(),
      v2Rma({}, { resolution: 'Ruilen' }),
      ends({ A: { state: 'Cancelled', why: /refund/ } }, { posts: 1, cancelled: 1 }),
    ],
  },
  {
    name: 'one unit that is authorized of three is listed',
    steps: ({ shipment, rma }) => [
      shipment({}, { qty: 3 }),
      rma({}, { qty_requested: 3 }),
      ends({ 1: { state: 'NotForwardable' } }, { posts: 0 }),
      rma(
        { status: 'partially_authorized' },
        { qty_requested: 3, status: 'partially_authorized', qty_approved: 1 },
      ),
      ends({ 1: { state: 'Listed' } }, { posts: 1, bodies: [{ quantity: 1 }] }),
    ],
  },
  {
    name: 'a line of two units that the merchant splits is two listings of one unit',
    policy: { forward: 'each-item' },
    steps: ({ shipment, rma }) => [
      shipment({}, { qty: 2 }),
      rma({}, { qty_requested: 2 }),
      ends({ 1: { state: 'NotForwardable' } }, { posts: 0 }),
      rma({}, {}, { id: 2 }),
      ends(
        { 1: { state: 'Listed' }, 2: { state: 'Listed' } },
        { posts: 2, bodies: [{ quantity: 1 }, { quantity: 1 }] },
      ),
    ],
  },
];
