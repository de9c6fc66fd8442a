import type { NoChangeFact, SalesOrderFact } from '../../facts/facts.ts';
import { boundedList, object, optional } from '../fields.ts';
import { StockHubAddress } from './addresses.ts';
import { amount, dateTime, documentNumber, identifier, poNumber, quantity, text } from './fields.ts';
import { winkelstraatWebhook } from './webhook.ts';

/** "Order created", as documented in Winkelstraat's Stock Hub 1.0.0. */
export const stockHubV1Order = winkelstraatWebhook(
  'stock-hub/v1/order',
  object({
    increment_id: documentNumber,
    created_at: optional(dateTime),
    updated_at: optional(dateTime),
    currency: optional(text),
    po_number: optional(poNumber),
    items: boundedList(
      object({ sku: identifier, qty_ordered: optional(quantity), item_price_inc_tax: optional(amount) }),
    ),
    shipping_address: optional(StockHubAddress),
  }),
  (order): SalesOrderFact[] => [
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
      address: order.shipping_address,
    },
  ],
);

/** "Invoice created": it stands in the order's history. Shipments and orders say all that is needed. */
export const stockHubV1Invoice = winkelstraatWebhook(
  'stock-hub/v1/invoice',
  object({ increment_id: identifier, order_increment_id: documentNumber }),
  (invoice): NoChangeFact[] => [{ kind: 'no-change', orderId: invoice.order_increment_id }],
);
