import type { ClosingFact, RmaFact } from '../../facts/facts.ts';
import { object, optional } from '../fields.ts';
import { PushApiAddress } from './addresses.ts';
import { dateTime, documentNumber, quantity, text } from './fields.ts';
import { articleOf, articleShape } from './rmas.ts';
import { winkelstraatWebhook } from './webhook.ts';

/**
 * "Items received by the merchant, or the RMA request closed", push-api versions 1 (2.1.0 of the document) and 2, which
 * leaves out fields that are not read. The header has no status here. It makes the RMA known as one of push-api.
 */
const pushApiRmaItem = (version: 1 | 2) =>
  winkelstraatWebhook(
    `push-api/v${version}/rma-item`,
    object({
      rma: object({
        rma_id: documentNumber,
        date_received: optional(dateTime),
        date_requested: optional(dateTime),
      }),
      order: object({ order_id: documentNumber, shipping_address: optional(PushApiAddress) }),
      rma_item: object({
        ...articleShape,
        // The document calls it a text, but it is a count.
        qty_returned: optional(quantity),
        retailer_resolution: optional(text),
        updated_at: optional(dateTime),
      }),
    }),
    ({ rma, order, rma_item: item }, receivedAt): (RmaFact | ClosingFact)[] => {
      const common = {
        family: 'push-api' as const,
        orderId: order.order_id,
        rmaId: rma.rma_id,
        requestedAt: rma.date_requested,
        arrivedAt: rma.date_received,
      };
      return [
        { kind: 'rma', ...common, receivedAt },
        {
          kind: 'closing',
          ...common,
          ...articleOf(item),
          updatedAt: item.updated_at ?? receivedAt,
          quantityReturned: item.qty_returned,
          merchantResolution: item.retailer_resolution,
          address: order.shipping_address,
        },
      ];
    },
  );

export const pushApiV1RmaItem = pushApiRmaItem(1);
export const pushApiV2RmaItem = pushApiRmaItem(2);
