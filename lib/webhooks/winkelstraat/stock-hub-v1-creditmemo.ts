import * as z from 'zod/mini';
import type { CreditMemoFact } from '../../facts/facts.ts';
import { boundedList, isNone, reader } from '../fields.ts';
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

const notReversed = new Set(['0', 'false', 'no']);

/** A value that does not clearly say "no" says "yes": then a person looks at the memo. */
const reversal = z.optional(
  reader((value) => !isNone(value) && !notReversed.has(String(value).trim().toLowerCase())),
);

/** "Refund", as documented in Winkelstraat's Stock Hub 1.0.0. */
const schema = object({
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
});

export const stockHubV1CreditMemo = winkelstraatWebhook('stock-hub/v1/creditmemo', schema);

/** One fact a line. A line has no id: it is named by its sku and its place among the lines of this sku. */
export function creditMemoFacts(payload: unknown, receivedAt: string): CreditMemoFact[] {
  const memo = z.parse(schema, payload);
  const lines = new Map<string, number>();
  return memo.items.map((item) => {
    const place = (lines.get(item.sku) ?? 0) + 1;
    lines.set(item.sku, place);
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
}
