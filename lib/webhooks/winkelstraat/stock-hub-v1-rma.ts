import * as z from 'zod/mini';
import type { OpeningFact, RmaFact } from '../../facts/facts.ts';
import {
  amount,
  dateTime,
  documentNumber,
  identifier,
  object,
  optional,
  poNumber,
  quantity,
  rmaStatus,
  text,
} from './fields.ts';
import { countItems, rmaBody } from './rma.ts';
import { winkelstraatWebhook } from './webhook.ts';

/** "RMA created or changed", as documented in Winkelstraat's Stock Hub 1.0.0. */
const schema = rmaBody(
  {
    increment_id: documentNumber,
    order_increment_id: documentNumber,
    date_requested: optional(dateTime),
    date_received: optional(dateTime),
    currency: optional(text),
    po_number: optional(poNumber),
    track: optional(object({ tracking_number: optional(text), carrier: optional(text) })),
  },
  object({
    id: identifier,
    sku: identifier,
    status: optional(rmaStatus),
    resolution: optional(text),
    reason: optional(text),
    qty_requested: optional(quantity),
    qty_approved: optional(quantity),
    qty_returned: optional(quantity),
    size: optional(text),
    mpn: optional(text),
    merchant_product_reference: optional(text),
    merchant_resolution: optional(text),
    parent_sku: optional(text),
    item_return_fee: optional(amount),
    row_line_return_fee: optional(amount),
    // Not in the document. Read where it is sent, because push-api items have one.
    condition: optional(text),
  }),
);

export const stockHubV1Rma = winkelstraatWebhook('stock-hub/v1/rma', schema);

export function stockHubRmaFacts(payload: unknown, receivedAt: string): (RmaFact | OpeningFact)[] {
  const rma = z.parse(schema, payload);
  const { usable } = rma.items;
  const of = { orderId: rma.order_increment_id, rmaId: rma.increment_id, family: 'stock-hub' } as const;
  const header: RmaFact = {
    kind: 'rma',
    ...of,
    ...rma.status,
    ...countItems(
      rma.items,
      usable.map(({ id }) => id),
    ),
    receivedAt,
    currency: rma.currency,
    ...rma.po_number,
    requestedAt: rma.date_requested,
    arrivedAt: rma.date_received,
    track: rma.track && { number: rma.track.tracking_number, carrier: rma.track.carrier },
  };
  const items = usable.map(
    (item): OpeningFact => ({
      kind: 'opening',
      ...of,
      itemId: item.id,
      ...item.status,
      rmaStatus: rma.status.status,
      receivedAt,
      sku: item.sku,
      parentSku: item.parent_sku,
      reference: item.merchant_product_reference,
      mpn: item.mpn,
      size: item.size,
      reason: item.reason,
      resolution: item.resolution,
      condition: item.condition,
      currency: rma.currency,
      ...rma.po_number,
      quantityRequested: item.qty_requested,
      quantityApproved: item.qty_approved,
      quantityReturned: item.qty_returned,
      merchantResolution: item.merchant_resolution,
      returnFee: item.item_return_fee,
      rowReturnFee: item.row_line_return_fee,
    }),
  );
  return [header, ...items];
}
