import { z } from 'zod';
import { skuOf } from '../../../lib/returns/article.ts';
import { returnStates } from '../../../lib/returns/return-item.ts';
import { todoOf } from '../../../lib/returns/tasks.ts';
import { flag, list, maybe, maybeNumber, number, oneOfThese, text, texts } from '../result-fields.ts';
import type { HistoryOptions } from './format-history.ts';
import { hasParked, type OrderHistory, readDecision } from './read-history.ts';
import { waitsFor } from './waits-for.ts';

const time = text('when');

const Delivery = z.object({
  eventId: text('the id of the delivery'),
  webhook: text('such as stock-hub/v1/rma; bridge/v1/advance is of the bridge itself'),
  receivedAt: text('when the bridge accepted it'),
  correlationId: text('of the request'),
  outcome: oneOfThese(['done', 'skipped', 'retry', 'parked'], 'how the last attempt ended'),
  attempts: number('how many there were'),
  lastAttemptAt: text('when the last one ended'),
  nextAttemptAt: maybe('when the next one is due'),
  lastError: maybe("why the last one failed, with ItGoesForward's answer"),
  failures: list(
    { at: time, error: text("why, with ItGoesForward's answer") },
    'the attempts that failed, oldest first',
  ),
  unread: texts('the paths of its fields that could not be read'),
  cause: maybe('why the bridge itself sent it, such as DONE#000000093/90#<time>'),
  by: maybe('who caused that'),
  operations: list(
    {
      did: oneOfThese(['replayed', 'redriven', 'dismissed'], 'what'),
      at: time,
      by: maybe('who'),
      reason: maybe('why it was dismissed'),
    },
    'what operators did with it',
  ),
});

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

export function toHistory(
  { order, deliveries, erasures }: OrderHistory,
  { now, stage }: Omit<HistoryOptions, 'personal'>,
): z.infer<typeof History> {
  return {
    orderId: order.orderId,
    deliveries: deliveries.map(({ cause, attemptsThatFailed, operations, ...delivery }) => ({
      ...delivery,
      nextAttemptAt: delivery.nextAttemptAt ?? null,
      lastError: delivery.lastError ?? null,
      unread: delivery.unread ?? [],
      failures: attemptsThatFailed,
      cause: cause?.cause ?? null,
      by: cause?.by ?? null,
      operations: operations.map(({ did, at, by = null, reason = null }) => ({ did, at, by, reason })),
    })),
    returns: order.returns.map((item) => {
      const todo = todoOf(item, now);
      return {
        ...{ rmaId: item.rmaId, itemId: item.itemId, state: item.state, why: item.why },
        sku: skuOf(item) ?? null,
        rule: item.rule ?? null,
        decisions: (item.decisions ?? []).map(readDecision),
        attention: todo?.text ?? null,
        attentionSince: todo?.since ?? null,
        waitsFor: waitsFor(item, now, stage, hasParked(deliveries)) ?? null,
        refundDue: item.refundDue ?? false,
        refusal: item.refusal?.reason ?? null,
        listingId: item.listingId ?? null,
        igfOrderId: item.igfOrderId ?? null,
        igfShipmentId: item.igfShipmentId ?? null,
        buyersOrderId: item.igf?.order?.webshopOrderId ?? null,
        answers: (item.answers ?? []).map(({ amount = null, ...answer }) => ({ ...answer, amount })),
      };
    }),
    shipments: order.shipments.map(({ shipmentId, status = null, deliveredAt = null }) => ({
      ...{ shipmentId, status, deliveredAt },
    })),
    rmas: order.rmas.map(({ rmaId, status, unknownStatus }) => ({
      ...{ rmaId, status: status ?? unknownStatus ?? null },
    })),
    erasures: erasures.map(({ erasedAt, by, items }) => ({ at: erasedAt, by, items })),
  };
}
