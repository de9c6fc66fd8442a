import * as z from 'zod/mini';
import type { SalesOrderFact } from '../../facts/facts.ts';
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
  text,
} from './fields.ts';
import { winkelstraatWebhook } from './webhook.ts';

/** "Order created", as documented in Winkelstraat's Stock Hub 1.0.0. */
const schema = object({
  increment_id: documentNumber,
  created_at: optional(dateTime),
  updated_at: optional(dateTime),
  currency: optional(text),
  po_number: optional(poNumber),
  items: boundedList(
    object({
      sku: identifier,
      qty_ordered: optional(quantity),
      item_price_inc_tax: optional(amount),
    }),
  ),
  shipping_address: optional(StockHubAddress),
});

export const stockHubV1Order = winkelstraatWebhook('stock-hub/v1/order', schema);

export function salesOrderFacts(payload: unknown): SalesOrderFact[] {
  const order = z.parse(schema, payload);
  return [
    {
      kind: 'sales-order',
      orderId: order.increment_id,
      createdAt: order.created_at,
      updatedAt: order.updated_at,
      currency: order.currency,
      ...order.po_number,
      items: order.items.map((item) => ({
        sku: item.sku,
        quantity: item.qty_ordered,
        price: item.item_price_inc_tax,
      })),
      address: order.shipping_address && fromStockHub(order.shipping_address),
    },
  ];
}
