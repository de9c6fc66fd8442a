import * as z from 'zod/mini';
import type { CreditMemoFact, NoChangeFact } from '../../facts/facts.ts';
import { creditMemoStatuses } from '../../facts/vendor-terms.ts';
import { dateTime, documentNumber, identifier, object, optional, quantity, text } from './fields.ts';
import { winkelstraatWebhook } from './webhook.ts';

/** "Items refunded to a customer": a line of a credit memo. Both versions have these fields. */
const schema = object({
  order: object({ order_id: documentNumber }),
  order_item: object({ sku: identifier, updated_at: optional(dateTime) }),
  update: object({
    order_type_event: optional(text),
    creditmemo_item_id: identifier,
    creditmemo_id: optional(identifier),
    // The document's example writes the memo's id so.
    id: optional(identifier),
    status: optional(text),
    quantity: optional(quantity),
  }),
});

export const pushApiV1OrderItem = winkelstraatWebhook('push-api/v1/order-item', schema);
export const pushApiV2OrderItem = winkelstraatWebhook('push-api/v2/order-item', schema);

/** The document knows one event. Another one changes nothing. */
export function orderItemFacts(payload: unknown, receivedAt: string): (CreditMemoFact | NoChangeFact)[] {
  const { order, order_item: item, update } = z.parse(schema, payload);
  const orderId = order.order_id;
  const event = update.order_type_event?.toUpperCase() ?? 'CREDITMEMO';
  if (event !== 'CREDITMEMO') return [{ kind: 'no-change', orderId }];
  return [
    {
      kind: 'credit-memo',
      family: 'push-api',
      orderId,
      memoId: update.creditmemo_id ?? update.id ?? update.creditmemo_item_id,
      lineId: update.creditmemo_item_id,
      status: creditMemoStatuses.find((status) => status === update.status?.toUpperCase()),
      at: item.updated_at ?? receivedAt,
      sku: item.sku,
      quantity: update.quantity,
    },
  ];
}
