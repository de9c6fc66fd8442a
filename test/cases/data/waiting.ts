import type { Case } from '../case.ts';
import { ends, later } from '../steps.ts';

/** What a return waits for, and who is called when it waits too long. */
export const waitingCases: readonly Case[] = [
  {
    name: 'a stock-hub return whose shipment never came needs attention after a day',
    steps: ({ rma }) => [
      rma(),
      ends({ 1: { state: 'AwaitingShipment', attention: 'none' } }, { posts: 0 }),
      later(26),
      ends({ 1: { state: 'AwaitingShipment', attention: /partnersupport@winkelstraat\.nl/ } }, { posts: 0 }),
    ],
  },
  {
    name: 'a push-api return without an address needs attention after a day',
    steps: ({ v2RmaTo }) => [
      v2RmaTo(null),
      ends({ A: { state: 'AwaitingShipment', attention: 'none' } }, { posts: 0 }),
      later(26),
      ends({ A: { state: 'AwaitingShipment', attention: /shipmentToken/ } }, { posts: 0 }),
    ],
  },
  {
    name: 'an RMA with a status that nobody knows is not listed, and its return needs attention',
    steps: ({ v2Rma }) => [
      v2Rma({ status: 'return_received' }),
      ends({ A: { state: 'Requested', attention: /status/ } }, { posts: 0 }),
      v2Rma(),
      ends({ A: { state: 'Listed', attention: 'none' } }, { posts: 1 }),
    ],
  },
  {
    name: 'a status that nobody knows in the header of a listed stock-hub return needs attention too',
    steps: ({ shipment, rma }) => [
      shipment(),
      rma(),
      rma({ status: 'return_received' }),
      ends({ 1: { state: 'Listed', attention: /^Map the status/ } }, { posts: 1, cancelled: 0 }),
      rma({ status: 'denied' }),
      ends({ 1: { state: 'Cancelled', attention: 'none' } }, { posts: 1, cancelled: 1 }),
    ],
  },
];
