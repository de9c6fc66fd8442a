import * as z from 'zod/mini';
import type { CreditMemoFact, NoChangeFact } from '../../facts/facts.ts';
import { creditMemoStatuses } from '../../facts/vendor-terms.ts';
import { boundedList, isNone, object, optional, reader } from '../fields.ts';
import { amount, dateTime, documentNumber, identifier, poNumber, quantity, text } from './fields.ts';
import { winkelstraatWebhook } from './webhook.ts';

const notReversed = ['0', 'false', 'no'];

/** A value that does not clearly say "no" says "yes": then a person looks at the memo. */
const reversal = z.optional(
  reader((value) => !isNone(value) && !notReversed.includes(String(value).trim().toLowerCase())),
);

/**
 * "Refund", as documented in Winkelstraat's Stock Hub 1.0.0. One fact a line. A line has no id: it is named by its sku
 * and its place among the lines of this sku.
 */
export const stockHubV1CreditMemo = winkelstraatWebhook(
  'stock-hub/v1/creditmemo',
  object({
    increment_id: identifier,
    order_increment_id: documentNumber,
    created_at: optional(dateTime),
    currency: optional(text),
    po_number: optional(poNumber),
    items: boundedList(
      object({
        sku: identifier,
        qty: optional(quantity),
        row_total_inc_tax: optional(amount),
        return_item_fee: optional(amount),
        reversal,
      }),
    ),
  }),
  (memo, receivedAt): CreditMemoFact[] => {
    const places = new Map<string, number>();
    return memo.items.map((item) => {
      const place = (places.get(item.sku) ?? 0) + 1;
      places.set(item.sku, place);
      return {
        kind: 'credit-memo',
        family: 'stock-hub',
        orderId: memo.order_increment_id,
        memoId: memo.increment_id,
        lineId: `${item.sku}~${place}`,
        status: 'NONE',
        at: memo.created_at ?? receivedAt,
        sku: item.sku,
        quantity: item.qty,
        rowTotal: item.row_total_inc_tax,
        returnFee: item.return_item_fee,
        currency: memo.currency,
        ...memo.po_number,
        reversal: item.reversal ?? false,
      };
    });
  },
);

/** "Items refunded to a customer": a line of a credit memo. The document knows one event; another changes nothing. */
const pushApiOrderItem = (version: 1 | 2) =>
  winkelstraatWebhook(
    `push-api/v${version}/order-item`,
    object({
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
    }),
    ({ order, order_item: item, update }, receivedAt): (CreditMemoFact | NoChangeFact)[] => {
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
    },
  );

export const pushApiV1OrderItem = pushApiOrderItem(1);
export const pushApiV2OrderItem = pushApiOrderItem(2);
