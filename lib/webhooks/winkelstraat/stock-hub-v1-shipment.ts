import * as z from 'zod/mini';
import type { ShipmentFact } from '../../facts/facts.ts';
import { boundedList } from '../fields.ts';
import { fromStockHub, StockHubAddress } from './addresses.ts';
import {
  amount,
  dateTime,
  documentNumber,
  identifier,
  object,
  optional,
  poNumber,
  quantity,
  shipmentStatus,
  text,
} from './fields.ts';
import { winkelstraatWebhook } from './webhook.ts';

/** "Shipment created or changed", as documented in Winkelstraat's Stock Hub 1.0.0. */
const schema = object({
  increment_id: documentNumber,
  order_increment_id: documentNumber,
  created_at: optional(dateTime),
  updated_at: optional(dateTime),
  collected_at: optional(dateTime),
  delivered_at: optional(dateTime),
  status: optional(shipmentStatus),
  currency: optional(text),
  po_number: optional(poNumber),
  items: boundedList(
    object({
      sku: identifier,
      qty: optional(quantity),
      item_price_inc_tax: optional(amount),
    }),
  ),
  track: optional(object({ tracking_number: optional(text), carrier: optional(text) })),
  shipping_address: optional(StockHubAddress),
});

export const stockHubV1Shipment = winkelstraatWebhook('stock-hub/v1/shipment', schema);

export function shipmentFacts(payload: unknown): ShipmentFact[] {
  const shipment = z.parse(schema, payload);
  return [
    {
      kind: 'shipment',
      orderId: shipment.order_increment_id,
      shipmentId: shipment.increment_id,
      status: shipment.status,
      createdAt: shipment.created_at,
      updatedAt: shipment.updated_at,
      collectedAt: shipment.collected_at,
      deliveredAt: shipment.delivered_at,
      currency: shipment.currency,
      ...shipment.po_number,
      track: shipment.track && { number: shipment.track.tracking_number, carrier: shipment.track.carrier },
      items: shipment.items.map((item) => ({
        sku: item.sku,
        quantity: item.qty,
        price: item.item_price_inc_tax,
      })),
      address: shipment.shipping_address && fromStockHub(shipment.shipping_address),
    },
  ];
}
