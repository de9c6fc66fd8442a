import * as z from 'zod/mini';
import type { ClosingFact, RmaFact } from '../../facts/facts.ts';
import { fromPushApi, PushApiAddress } from './addresses.ts';
import { amount, dateTime, documentNumber, identifier, object, optional, quantity, text } from './fields.ts';
import { winkelstraatWebhook } from './webhook.ts';

/**
 * "Items received by the merchant, or the RMA request closed", push-api versions 1 (2.1.0 of the document) and 2, which
 * leaves out fields that are not read.
 */
const rmaItemSchema = object({
  rma: object({
    rma_id: documentNumber,
    date_received: optional(dateTime),
    date_requested: optional(dateTime),
  }),
  order: object({
    order_id: documentNumber,
    shipping_address: optional(PushApiAddress),
  }),
  rma_item: object({
    rma_item_id: identifier,
    sku: identifier,
    reference: optional(text),
    article_number: optional(text),
    size: optional(text),
    // The document calls it a text, but it is a count.
    qty_returned: optional(quantity),
    retailer_resolution: optional(text),
    resolution: optional(text),
    condition: optional(text),
    reason: optional(text),
    price: optional(amount),
    updated_at: optional(dateTime),
  }),
});

export const pushApiV1RmaItem = winkelstraatWebhook('push-api/v1/rma-item', rmaItemSchema);
export const pushApiV2RmaItem = winkelstraatWebhook('push-api/v2/rma-item', rmaItemSchema);

/** The header has no status here. It makes the RMA known as one of push-api. */
export function rmaItemFacts(payload: unknown, receivedAt: string): (RmaFact | ClosingFact)[] {
  const { rma, order, rma_item: item } = z.parse(rmaItemSchema, payload);
  const ofRma = { family: 'push-api' as const, orderId: order.order_id, rmaId: rma.rma_id };
  const dates = { requestedAt: rma.date_requested, arrivedAt: rma.date_received };
  return [
    { kind: 'rma', ...ofRma, ...dates, receivedAt },
    {
      kind: 'closing',
      ...ofRma,
      ...dates,
      itemId: item.rma_item_id,
      updatedAt: item.updated_at ?? receivedAt,
      quantityReturned: item.qty_returned,
      merchantResolution: item.retailer_resolution,
      sku: item.sku,
      reference: item.reference,
      articleNumber: item.article_number,
      size: item.size,
      reason: item.reason,
      resolution: item.resolution,
      condition: item.condition,
      price: item.price,
      address: order.shipping_address && fromPushApi(order.shipping_address),
    },
  ];
}
