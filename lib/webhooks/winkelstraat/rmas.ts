import * as z from 'zod/mini';
import type { OpeningFact, ReportedArticle, RmaFact } from '../../facts/facts.ts';
import { endsWholeRma } from '../../facts/vendor-terms.ts';
import { type CountedList, countedList, object, optional, reader, readInto } from '../fields.ts';
import { PushApiAddress } from './addresses.ts';
import {
  amount,
  dateTime,
  documentNumber,
  identifier,
  poNumber,
  quantity,
  rmaStatus,
  stockHubTrack,
  text,
} from './fields.ts';
import { winkelstraatWebhook } from './webhook.ts';

/**
 * The body of an RMA: its status, the other fields of its header, and its items. A status that ends the whole RMA needs
 * no item, because it says enough about each known one.
 */
const rmaBody = <Shape extends z.core.$ZodLooseShape, Item extends z.ZodMiniType>(
  header: Shape,
  item: Item,
) => {
  const body = object({ ...header, status: rmaStatus, items: countedList(item) });
  const ended = object({ ...header, status: rmaStatus, items: countedList(item, 0) });
  const head = object({ status: rmaStatus });
  return reader((value, context): z.output<typeof body> => {
    const { status } = z.safeParse(head, value).data?.status ?? {};
    return readInto(status && endsWholeRma(status) ? ended : body, value, context);
  });
};

/** What a body says of the number of its items. Without any it says nothing of them. */
const countItems = <Item>(
  { usable, unusable }: CountedList<Item>,
  idOf: (item: Item) => string,
): Pick<RmaFact, 'itemIds' | 'unusableItems'> =>
  usable.length + unusable === 0 ? {} : { itemIds: [...new Set(usable.map(idOf))], unusableItems: unusable };

/** "RMA created or changed", as documented in Winkelstraat's Stock Hub 1.0.0. */
export const stockHubV1Rma = winkelstraatWebhook(
  'stock-hub/v1/rma',
  rmaBody(
    {
      increment_id: documentNumber,
      order_increment_id: documentNumber,
      date_requested: optional(dateTime),
      date_received: optional(dateTime),
      currency: optional(text),
      po_number: optional(poNumber),
      track: optional(stockHubTrack),
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
  ),
  (rma, receivedAt): (RmaFact | OpeningFact)[] => {
    const common = {
      family: 'stock-hub' as const,
      orderId: rma.order_increment_id,
      rmaId: rma.increment_id,
      receivedAt,
      currency: rma.currency,
      ...rma.po_number,
    };
    return [
      {
        kind: 'rma',
        ...common,
        ...rma.status,
        ...countItems(rma.items, ({ id }) => id),
        requestedAt: rma.date_requested,
        arrivedAt: rma.date_received,
        track: rma.track,
      },
      ...rma.items.usable.map(
        (item): OpeningFact => ({
          kind: 'opening',
          ...common,
          itemId: item.id,
          ...item.status,
          rmaStatus: rma.status.status,
          sku: item.sku,
          parentSku: item.parent_sku,
          reference: item.merchant_product_reference,
          mpn: item.mpn,
          size: item.size,
          reason: item.reason,
          resolution: item.resolution,
          condition: item.condition,
          quantityRequested: item.qty_requested,
          quantityApproved: item.qty_approved,
          quantityReturned: item.qty_returned,
          merchantResolution: item.merchant_resolution,
          returnFee: item.item_return_fee,
          rowReturnFee: item.row_line_return_fee,
        }),
      ),
    ];
  },
);

/** What push-api's webhooks say of an article. */
export const articleShape = {
  rma_item_id: identifier,
  sku: identifier,
  reference: optional(text),
  article_number: optional(text),
  size: optional(text),
  resolution: optional(text),
  reason: optional(text),
  price: optional(amount),
  // Of the webhook that opens a return it is not in the document. Read where it is sent, because `rma-item` has one.
  condition: optional(text),
};
export const articleOf = (
  item: z.infer<z.ZodMiniObject<typeof articleShape>>,
): ReportedArticle & { itemId: string } => ({
  itemId: item.rma_item_id,
  sku: item.sku,
  reference: item.reference,
  articleNumber: item.article_number,
  size: item.size,
  reason: item.reason,
  resolution: item.resolution,
  condition: item.condition,
  price: item.price,
});

/**
 * "RMA created, track added, or status changed", push-api version 2: the webhook that opens a push-api return. Its items
 * have no status of their own, only the header's. Each item is one unit.
 */
export const pushApiV2Rma = winkelstraatWebhook(
  'push-api/v2/rma',
  rmaBody(
    {
      rma_id: documentNumber,
      date_received: optional(dateTime),
      date_requested: optional(dateTime),
      track_number: optional(text),
      carrier_code: optional(text),
      order: object({ order_id: documentNumber, address: optional(PushApiAddress) }),
    },
    object(articleShape),
  ),
  (rma, receivedAt): (RmaFact | OpeningFact)[] => {
    const common = {
      family: 'push-api' as const,
      orderId: rma.order.order_id,
      rmaId: rma.rma_id,
      receivedAt,
    };
    return [
      {
        kind: 'rma',
        ...common,
        ...rma.status,
        ...countItems(rma.items, (item) => item.rma_item_id),
        requestedAt: rma.date_requested,
        arrivedAt: rma.date_received,
        track: rma.track_number ? { number: rma.track_number, carrier: rma.carrier_code } : undefined,
      },
      ...rma.items.usable.map(
        (item): OpeningFact => ({
          kind: 'opening',
          ...common,
          ...articleOf(item),
          rmaStatus: rma.status.status,
          address: rma.order.address,
          quantityRequested: 1,
        }),
      ),
    ];
  },
);
