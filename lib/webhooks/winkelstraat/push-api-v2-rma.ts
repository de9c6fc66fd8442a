import * as z from 'zod/mini';
import type { OpeningFact, RmaFact } from '../../facts/facts.ts';
import { fromPushApi, PushApiAddress } from './addresses.ts';
import { amount, dateTime, documentNumber, identifier, object, optional, text } from './fields.ts';
import { countItems, rmaBody } from './rma.ts';
import { winkelstraatWebhook } from './webhook.ts';

/** "RMA created, track added, or status changed", push-api version 2: the webhook that opens a push-api return. */
const schema = rmaBody(
  {
    rma_id: documentNumber,
    date_received: optional(dateTime),
    date_requested: optional(dateTime),
    track_number: optional(text),
    carrier_code: optional(text),
    order: object({
      order_id: documentNumber,
      address: optional(PushApiAddress),
    }),
  },
  object({
    rma_item_id: identifier,
    sku: identifier,
    reference: optional(text),
    article_number: optional(text),
    size: optional(text),
    resolution: optional(text),
    reason: optional(text),
    price: optional(amount),
    // Not in the document. Read where it is sent, because `rma-item` has one.
    condition: optional(text),
  }),
);

export const pushApiV2Rma = winkelstraatWebhook('push-api/v2/rma', schema);

/** Its items have no status of their own, only the header's. Each item is one unit. */
export function pushApiRmaFacts(payload: unknown, receivedAt: string): (RmaFact | OpeningFact)[] {
  const rma = z.parse(schema, payload);
  const { usable } = rma.items;
  const of = { orderId: rma.order.order_id, rmaId: rma.rma_id, family: 'push-api' } as const;
  const header: RmaFact = {
    kind: 'rma',
    ...of,
    ...rma.status,
    ...countItems(
      rma.items,
      usable.map((item) => item.rma_item_id),
    ),
    receivedAt,
    requestedAt: rma.date_requested,
    arrivedAt: rma.date_received,
    track: rma.track_number ? { number: rma.track_number, carrier: rma.carrier_code } : undefined,
  };
  const items = usable.map(
    (item): OpeningFact => ({
      kind: 'opening',
      ...of,
      itemId: item.rma_item_id,
      rmaStatus: rma.status.status,
      receivedAt,
      sku: item.sku,
      reference: item.reference,
      articleNumber: item.article_number,
      size: item.size,
      reason: item.reason,
      resolution: item.resolution,
      condition: item.condition,
      price: item.price,
      address: rma.order.address && fromPushApi(rma.order.address),
      quantityRequested: 1,
    }),
  );
  return [header, ...items];
}
