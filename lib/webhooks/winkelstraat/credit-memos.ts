import * as z from 'zod/mini';
import type { CreditMemoFact, NoChangeFact } from '../../facts/facts.ts';
import { creditMemoStatuses } from '../../facts/vendor-terms.ts';
import { boundedList, isNone, object, optional, reader, renamed } from '../fields.ts';
import { amount, dateTime, documentNumber, identifier, quantity, stockHubDocument, text } from './fields.ts';
import { winkelstraatWebhook } from './webhook.ts';

const notReversed = ['0', 'false', 'no'];

/** A value that does not clearly say "no" says "yes": then a person looks at the memo. */
const reversal = z.optional(
  reader((value) => !isNone(value) && !notReversed.includes(String(value).trim().toLowerCase()), {
    type: 'boolean',
    mayBeNull: true,
  }),
);

/** "Refund" (Stock Hub 1.0.0). One fact a line, which has no id: its sku and its place among the lines of this sku. */
export const stockHubV1CreditMemo = /* @__PURE__ */ winkelstraatWebhook(
  'stock-hub/v1/creditmemo',
  () =>
    renamed({
      memoId: ['increment_id', identifier],
      at: ['created_at', optional(dateTime)],
      ...stockHubDocument,
      items: [
        'items',
        boundedList(
          renamed({
            sku: ['sku', identifier],
            quantity: ['qty', optional(quantity)],
            rowTotal: ['row_total_inc_tax', optional(amount)],
            returnFee: ['return_item_fee', optional(amount)],
            reversal: ['reversal', reversal],
          }),
        ),
      ],
    }),
  ({ purchaseOrder, items, at, ...memo }, receivedAt): CreditMemoFact[] => {
    const places = new Map<string, number>();
    return items.map((item) => {
      const place = (places.get(item.sku) ?? 0) + 1;
      places.set(item.sku, place);
      return {
        kind: 'credit-memo',
        family: 'stock-hub',
        status: 'NONE',
        ...memo,
        ...purchaseOrder,
        at: at ?? receivedAt,
        lineId: `${item.sku}~${place}`,
        ...item,
        reversal: item.reversal ?? false,
      };
    });
  },
);

/** "Items refunded to a customer": a line of a credit memo. The document knows one event; another changes nothing. */
// @__NO_SIDE_EFFECTS__
const pushApiOrderItem = (version: 1 | 2) =>
  winkelstraatWebhook(
    `push-api/v${version}/order-item`,
    () =>
      object({
        order: renamed({ orderId: ['order_id', documentNumber] }),
        order_item: renamed({ sku: ['sku', identifier], updatedAt: ['updated_at', optional(dateTime)] }),
        update: renamed({
          event: ['order_type_event', optional(text)],
          lineId: ['creditmemo_item_id', identifier],
          memoId: ['creditmemo_id', optional(identifier)],
          // The document's example writes the memo's id so.
          id: ['id', optional(identifier)],
          status: ['status', optional(text)],
          quantity: ['quantity', optional(quantity)],
        }),
      }),
    (
      { order: { orderId }, order_item: { sku, updatedAt }, update },
      receivedAt,
    ): (CreditMemoFact | NoChangeFact)[] => {
      const { event = 'CREDITMEMO', lineId, memoId, id, status, quantity } = update;
      if (event.toUpperCase() !== 'CREDITMEMO') return [{ kind: 'no-change', orderId }];
      return [
        {
          kind: 'credit-memo',
          family: 'push-api',
          orderId,
          memoId: memoId ?? id ?? lineId,
          lineId,
          status: creditMemoStatuses.find((known) => known === status?.toUpperCase()),
          at: updatedAt ?? receivedAt,
          sku,
          quantity,
        },
      ];
    },
  );

export const pushApiV1OrderItem = pushApiOrderItem(1);
export const pushApiV2OrderItem = pushApiOrderItem(2);
