import { z } from 'zod';
import { skuOf } from '../../../lib/returns/article.ts';
import { returnStates } from '../../../lib/returns/return-item.ts';
import { todoOf } from '../../../lib/returns/tasks.ts';
import type { HistoryOptions } from './format-history.ts';
import { hasParked, type OrderHistory } from './read-history.ts';
import { waitsFor } from './waits-for.ts';

const text = (description: string) => z.string().meta({ description });
const textOrNull = (description: string) => z.string().nullable().meta({ description });
const numberOrNull = (description: string) => z.number().nullable().meta({ description });
const time = text('when');

const Delivery = z.object({
  eventId: text('the id of the delivery'),
  webhook: text('such as stock-hub/v1/rma; bridge/v1/advance is of the bridge itself'),
  receivedAt: text('when the bridge accepted it'),
  correlationId: text('of the request'),
  outcome: z.enum(['done', 'skipped', 'retry', 'parked']).meta({ description: 'how the last attempt ended' }),
  attempts: z.number().meta({ description: 'how many there were' }),
  lastAttemptAt: text('when the last one ended'),
  nextAttemptAt: textOrNull('when the next one is due'),
  lastError: textOrNull("why the last one failed, with ItGoesForward's answer"),
  failures: z
    .array(z.object({ at: time, error: text("why, with ItGoesForward's answer") }))
    .meta({ description: 'the attempts that failed, oldest first' }),
  unread: z.array(z.string()).meta({ description: 'the paths of its fields that could not be read' }),
  cause: textOrNull('why the bridge itself sent it, such as DONE#000000093/90#<time>'),
  by: textOrNull('who caused that'),
  operations: z
    .array(
      z.object({
        did: z.enum(['replayed', 'redriven', 'dismissed']).meta({ description: 'what' }),
        at: time,
        by: textOrNull('who'),
        reason: textOrNull('why it was dismissed'),
      }),
    )
    .meta({ description: 'what operators did with it' }),
});

const Return = z.object({
  rmaId: text('of the return'),
  itemId: text('of the return'),
  sku: textOrNull('the article'),
  state: z.enum(returnStates).meta({ description: 'its state, as docs/life-of-a-return.md explains it' }),
  why: text('the reason of the last decision'),
  rule: textOrNull('the rule of the last decision'),
  decisions: z
    .array(z.object({ at: time, state: text('the state'), rule: textOrNull('the rule') }))
    .meta({ description: 'its last decisions, oldest first; a repeated one is there once' }),
  attention: textOrNull('what a person must do'),
  attentionSince: textOrNull('since when'),
  waitsFor: textOrNull('what it waits for'),
  refundDue: z.boolean().meta({ description: 'whether a refund is due' }),
  refusal: textOrNull('why ItGoesForward refused the last call'),
  listingId: numberOrNull('at ItGoesForward'),
  igfOrderId: numberOrNull('at ItGoesForward'),
  igfShipmentId: numberOrNull('at ItGoesForward'),
  buyersOrderId: textOrNull('the order of the buyer that it is forwarded to'),
  answers: z
    .array(
      z.object({
        task: text('the kind of task'),
        amount: numberOrNull('what it was about'),
        note: text('what was done'),
        by: text('who'),
        at: time,
      }),
    )
    .meta({ description: 'what persons did' }),
});

/** What `npx bridge order --json` prints. It has no personal data. */
export const History = z.object({
  orderId: text("Winkelstraat's number of the order"),
  deliveries: z.array(Delivery).meta({ description: 'its webhooks, the oldest first' }),
  returns: z.array(Return).meta({ description: 'its returns' }),
  shipments: z
    .array(
      z.object({
        shipmentId: text('the number of the shipment'),
        status: textOrNull('as Winkelstraat reported it'),
        deliveredAt: textOrNull('when it reached the customer'),
      }),
    )
    .meta({ description: 'its shipments' }),
  rmas: z
    .array(
      z.object({ rmaId: text('the number of the RMA'), status: textOrNull('as Winkelstraat reported it') }),
    )
    .meta({ description: 'its RMAs' }),
  erasures: z
    .array(z.object({ at: time, by: text('who'), items: z.number().meta({ description: 'how many items' }) }))
    .meta({ description: 'when its personal data was erased' }),
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
        decisions: (item.decisions ?? []).map((line) => {
          const [at = '', state = '', rule = ''] = line.split(' ');
          return { at, state, rule: rule || null };
        }),
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
