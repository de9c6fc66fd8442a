import { z } from 'zod';
import { skuOf } from '../../../lib/returns/article.ts';
import { returnStates } from '../../../lib/returns/return-item.ts';
import { todoOf } from '../../../lib/returns/tasks.ts';
import { flag, list, maybe, maybeNumber, number, oneOfThese, text } from '../result-fields.ts';
import type { HistoryOptions } from './format-history.ts';
import { Delivery, hasParked, type OrderHistory, readDecision } from './read-history.ts';
import { waitsFor } from './waits-for.ts';

const time = text('when');

const Return = z.object({
  rmaId: text('of the return'),
  itemId: text('of the return'),
  sku: maybe('the article'),
  state: oneOfThese(returnStates, 'its state, as docs/life-of-a-return.md explains it'),
  why: text('the reason of the last decision'),
  rule: maybe('the rule of the last decision'),
  decisions: list(
    { at: time, state: text('the state'), rule: maybe('the rule') },
    'its last decisions, oldest first; a repeated one is there once',
  ),
  attention: maybe('what a person must do'),
  attentionSince: maybe('since when'),
  waitsFor: maybe('what it waits for'),
  refundDue: flag('whether a refund is due'),
  refusal: maybe('why ItGoesForward refused the last call'),
  listingId: maybeNumber('at ItGoesForward'),
  igfOrderId: maybeNumber('at ItGoesForward'),
  igfShipmentId: maybeNumber('at ItGoesForward'),
  buyersOrderId: maybe('the order of the buyer that it is forwarded to'),
  answers: list(
    {
      task: text('the kind of task'),
      amount: maybeNumber('what it was about'),
      note: text('what was done'),
      by: text('who'),
      at: time,
    },
    'what persons did',
  ),
});

/** What `npx bridge order --json` prints. It has no personal data. */
export const History = z.object({
  orderId: text("Winkelstraat's number of the order"),
  deliveries: list(Delivery.shape, 'its webhooks, the oldest first'),
  returns: list(Return.shape, 'its returns'),
  shipments: list(
    {
      shipmentId: text('the number of the shipment'),
      status: maybe('as Winkelstraat reported it'),
      deliveredAt: maybe('when it reached the customer'),
    },
    'its shipments',
  ),
  rmas: list(
    { rmaId: text('the number of the RMA'), status: maybe('as Winkelstraat reported it') },
    'its RMAs',
  ),
  erasures: list(
    { at: time, by: text('who'), items: number('how many items') },
    'when its personal data was erased',
  ),
});

export const toHistory = (
  { order, deliveries, erasures }: OrderHistory,
  { now, stage }: Omit<HistoryOptions, 'personal'>,
): z.infer<typeof History> =>
  History.parse({
    ...{ ...order, deliveries, erasures },
    returns: order.returns.map((item) => {
      const todo = todoOf(item, now);
      return {
        ...{ ...item, sku: skuOf(item), answers: item.answers ?? [], refundDue: item.refundDue ?? false },
        decisions: (item.decisions ?? []).map(readDecision),
        ...{ attention: todo?.text, attentionSince: todo?.since, refusal: item.refusal?.reason },
        waitsFor: waitsFor(item, now, stage, hasParked(deliveries)),
        buyersOrderId: item.igf?.order?.webshopOrderId,
      };
    }),
    rmas: order.rmas.map(({ rmaId, status, unknownStatus }) => ({ rmaId, status: status ?? unknownStatus })),
  });
