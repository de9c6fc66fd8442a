import type { Case } from '../case.ts';
import { buy, done, ends, goLive, later, refundDue } from '../steps.ts';
import { families } from '../variations.ts';

/** A person did what a return asks for: it asks again only for another kind of task, or for another amount. */
const answered: readonly Case[] = [
  ...families.map(
    ({ family, item, start }): Case => ({
      name: `a ${family} refund that a person did is settled`,
      steps: (order) => [
        ...start(order),
        ...refundDue(item),
        ends({ [item]: { state: 'Completed', refundDue: true, attention: /^Refund due/ } }),
        done(item),
        ends({ [item]: { state: 'Settled', refundDue: false, attention: 'none' } }),
      ],
    }),
  ),
  {
    name: 'a problem of the carrier that a person knows is not asked for in other words',
    steps: ({ named, shipment, rma }) => [
      shipment({ status: 'IN_TRANSIT' }),
      rma(),
      shipment({ status: 'EXCEPTION', updated_at: '2024-02-21 10:00:00' }),
      ends({ 1: { state: 'Listed', attention: /shipment S1/ } }),
      done('1'),
      ends({ 1: { state: 'Listed', attention: 'none' } }),
      shipment({ status: 'DELIVERED', updated_at: '2024-02-22 10:00:00' }),
      shipment({ increment_id: named('S2'), status: 'EXCEPTION', updated_at: '2024-02-23 10:00:00' }),
      ends({ 1: { state: 'Listed', attention: 'none' } }),
    ],
  },
  {
    name: 'a return that a person has looked at asks for another kind of task',
    policy: { forward: 'each-item' },
    steps: ({ v2Rma }) => [
      v2Rma({}, {}, { rma_item_id: 'B', sku: 'sku-b' }),
      buy('A'),
      v2Rma({ status: 'approved_on_item' }, {}, { rma_item_id: 'B', sku: 'sku-b' }),
      done('A'),
      ends({ A: { state: 'Matched', attention: 'none' }, B: { attention: /decided in part/ } }),
      v2Rma({ status: 'approved_on_item' }, { price: 99 }, { rma_item_id: 'B', sku: 'sku-b' }),
      ends({ A: { attention: /^It was sold, and now/, attentionWithout: /decided in part/ } }),
    ],
  },
  {
    name: 'a credit memo that a person has checked is asked for again with another amount',
    steps: ({ named, shipment, rma, creditMemo }) => [
      shipment(),
      rma(),
      ...refundDue('1'),
      creditMemo({}, { row_total_inc_tax: 250 }),
      ends({ 1: { state: 'Settled', attention: /EUR 247\.05/ } }),
      done('1'),
      ends({ 1: { state: 'Settled', attention: 'none' } }),
      creditMemo({}, { row_total_inc_tax: 250 }),
      ends({ 1: { attention: 'none' } }),
      creditMemo(
        { increment_id: named('M0'), created_at: '2024-04-19 10:00:00' },
        { row_total_inc_tax: 240 },
      ),
      ends({ 1: { state: 'Settled', attention: /EUR 237\.05/ } }),
    ],
  },
  {
    name: 'a return that waits for something else than a person has asked for asks anew after a day',
    steps: ({ shipment, rma }) => [
      rma(),
      later(26),
      ends({ 1: { state: 'AwaitingShipment', attention: /still wait for the shipment/ } }),
      done('1'),
      later(26),
      ends({ 1: { state: 'AwaitingShipment', attention: 'none' } }),
      shipment({ status: 'READY_FOR_PICKUP' }),
      ends({ 1: { state: 'AwaitingShipment', attention: 'none' } }),
      later(26),
      ends({ 1: { state: 'AwaitingShipment', attention: /still wait for the delivery/ } }),
    ],
  },
  ...['closed', 'denied', 'rejected'].map(
    (status): Case => ({
      name: `nobody is asked to open an RMA again that is ${status}`,
      steps: ({ v2Rma }) => [
        v2Rma(),
        ...refundDue('A'),
        v2Rma({ status }),
        ends({
          A: {
            attention: /Pay the sender, or create a new RMA at Winkelstraat/,
            attentionWithout: /reopen|Process RMA/,
          },
        }),
        done('A'),
        ends({ A: { state: 'Settled', attention: 'none' } }),
      ],
    }),
  ),
];

const observing = { mode: 'observe' };

/** With `mode: observe` everything is decided, and nothing is called. Later it goes on from what is known then. */
const observed: readonly Case[] = families.flatMap(({ family, item, start, again, withStatus }): Case[] => [
  {
    name: `a ${family} return that was kept back is listed with mode=live`,
    policy: observing,
    steps: (order) => [
      ...start(order),
      ends(
        { [item]: { state: 'Requested', why: /^Observed only: it would be listed/, attention: 'none' } },
        { posts: 0 },
      ),
      later(26),
      ends({ [item]: { state: 'Requested', attention: 'none' } }, { posts: 0 }),
      goLive,
      ends({ [item]: { state: 'Listed', attention: 'none' } }, { posts: 1 }),
    ],
  },
  {
    name: `a ${family} return that ended while it was kept back stays closed with mode=live`,
    policy: observing,
    steps: (order) => [
      ...start(order),
      withStatus(order, 'denied'),
      goLive,
      ends({ [item]: { state: 'Closed' } }, { posts: 0 }),
    ],
  },
  {
    name: `a ${family} return that was ruled out while it was kept back is not listed with mode=live`,
    policy: observing,
    steps: (order) => [
      ...start(order),
      again(order, {}, { reason: 'Beschadigd' }),
      again(order),
      goLive,
      ends({ [item]: { state: 'NotForwardable', why: /broken/ } }, { posts: 0 }),
    ],
  },
]);

export const operating: readonly Case[] = [...answered, ...observed];
