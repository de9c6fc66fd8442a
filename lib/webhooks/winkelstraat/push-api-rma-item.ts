import * as z from 'zod/mini';
import type { ClosingFact } from '../../facts/facts.ts';
import { fromPushApi, PushApiAddress } from './addresses.ts';
import { amount, dateTime, identifier, optional, quantity, text } from './fields.ts';
import { winkelstraatWebhook } from './webhook.ts';

/** "Items received by the merchant, or the RMA request closed". Version 2 has the same fields as far as facts use them. */
const schema = z.looseObject({
  rma: z.looseObject({
    rma_id: identifier,
    date_received: optional(dateTime),
    date_requested: optional(dateTime),
    track_number: optional(text),
    carrier_code: optional(text),
  }),
  order: z.looseObject({
    order_id: identifier,
    shipment_id: optional(identifier),
    date: optional(dateTime),
    discount: optional(amount),
    grand_total: optional(amount),
    shipping_address: optional(PushApiAddress),
  }),
  rma_item: z.looseObject({
    rma_item_id: identifier,
    sku: identifier,
    reference: optional(text),
    article_number: optional(text),
    manufacturer: optional(text),
    name: optional(text),
    size: optional(text),
    color: optional(text),
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

export const pushApiV1RmaItem = winkelstraatWebhook('push-api/v1/rma-item', schema);
export const pushApiV2RmaItem = winkelstraatWebhook('push-api/v2/rma-item', schema);

export function rmaItemFacts(payload: unknown, receivedAt: string): ClosingFact[] {
  const { rma, order, rma_item: item } = z.parse(schema, payload);
  return [
    {
      kind: 'closing',
      family: 'push-api',
      orderId: order.order_id,
      rmaId: rma.rma_id,
      itemId: item.rma_item_id,
      updatedAt: item.updated_at ?? receivedAt,
      sku: item.sku,
      reference: item.reference,
      reason: item.reason,
      resolution: item.resolution,
      condition: item.condition,
      price: item.price,
      address: order.shipping_address && fromPushApi(order.shipping_address),
    },
  ];
}
