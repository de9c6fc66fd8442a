import * as z from 'zod/mini';
import type { OpeningFact, RmaFact } from '../../facts/facts.ts';
import { endsWholeRma } from '../../facts/vendor-terms.ts';
import { boundedList } from '../fields.ts';
import { amount, dateTime, identifier, optional, quantity, rmaStatus, text } from './fields.ts';
import { winkelstraatWebhook } from './webhook.ts';

/** "RMA created or changed", as documented in Winkelstraat's Stock Hub 1.0.0. */
const schema = z.looseObject({
  increment_id: identifier,
  order_increment_id: identifier,
  status: rmaStatus,
  date_requested: optional(dateTime),
  date_received: optional(dateTime),
  date_processed: optional(dateTime),
  currency: optional(text),
  po_number: optional(text),
  items: boundedList(
    z.looseObject({
      id: identifier,
      sku: identifier,
      status: rmaStatus,
      resolution: optional(text),
      reason: optional(text),
      qty_requested: optional(quantity),
      qty_approved: optional(quantity),
      qty_returned: optional(quantity),
      manufacturer: optional(text),
      color: optional(text),
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
  ),
  track: optional(
    z.looseObject({
      tracking_number: optional(text),
      carrier: optional(text),
      method: optional(text),
      tracking_url: optional(text),
    }),
  ),
});

export const stockHubV1Rma = winkelstraatWebhook('stock-hub/v1/rma', schema);

export function stockHubRmaFacts(payload: unknown, receivedAt: string): (RmaFact | OpeningFact)[] {
  const rma = z.parse(schema, payload);
  const header: RmaFact = {
    kind: 'rma',
    orderId: rma.order_increment_id,
    rmaId: rma.increment_id,
    status: rma.status,
    receivedAt,
    currency: rma.currency,
    poNumber: rma.po_number,
    requestedAt: rma.date_requested,
    arrivedAt: rma.date_received,
    track: rma.track && { number: rma.track.tracking_number, carrier: rma.track.carrier },
  };
  const items = rma.items.map(
    (item): OpeningFact => ({
      kind: 'opening',
      family: 'stock-hub',
      orderId: rma.order_increment_id,
      rmaId: rma.increment_id,
      itemId: item.id,
      status: item.status,
      rmaStatus: endsWholeRma(rma.status) ? rma.status : undefined,
      receivedAt,
      sku: item.sku,
      parentSku: item.parent_sku,
      reference: item.merchant_product_reference,
      reason: item.reason,
      resolution: item.resolution,
      condition: item.condition,
      currency: rma.currency,
      poNumber: rma.po_number,
      quantityRequested: item.qty_requested,
      quantityApproved: item.qty_approved,
      returnFee: item.item_return_fee,
    }),
  );
  return [header, ...items];
}
