import { webhookSample } from '../../support/samples.ts';
import type { OpenedRma, PlacedOrder, SoldArticle } from './order.ts';
import type { Payload } from './scenario.ts';

type Fields = Record<string, unknown>;

const ofSample = (webhook: string) => {
  const payload = webhookSample(webhook);
  return { payload, item: (payload.items as Fields[] | undefined)?.[0] };
};
const shipmentSample = ofSample('stock-hub/v1/shipment');
const stockHubSample = ofSample('stock-hub/v1/rma');
const pushApiSample = ofSample('push-api/v2/rma');
const rmaItemSample = ofSample('push-api/v1/rma-item').payload as Record<
  'rma' | 'order' | 'rma_item',
  Fields
>;

/** A shipment in some status; `address: false` leaves the receiver out, as the vendor may. */
export function shipmentPayload(
  order: PlacedOrder,
  shipmentId: string,
  articles: readonly SoldArticle[],
  at: { status: string; updatedAt: string; deliveredAt: string | null; address: boolean },
): Payload {
  const { payload, item } = shipmentSample;
  const { status, updatedAt, deliveredAt, address } = at;
  return {
    ...payload,
    increment_id: shipmentId,
    order_increment_id: order.orderId,
    currency: order.currency,
    status,
    updated_at: updatedAt,
    collected_at: null,
    delivered_at: deliveredAt,
    items: articles.map(({ sku, price, requested }) => ({
      ...item,
      sku,
      qty: requested,
      item_price_inc_tax: price,
      row_total_inc_tax: price * requested,
    })),
    shipping_address: address
      ? { ...(payload.shipping_address as Fields), email: order.email, country_id: order.country }
      : null,
  };
}

/** The statuses of an RMA and its items. */
export interface StockHubStatus {
  /** Of the header. */
  readonly status: string;
  readonly items: readonly {
    readonly article: SoldArticle;
    readonly status: string;
    readonly approved: number | null;
  }[];
}

export const stockHubRmaPayload = (
  order: PlacedOrder,
  { rmaId }: OpenedRma,
  { status, items }: StockHubStatus,
): Payload => ({
  ...stockHubSample.payload,
  increment_id: rmaId,
  order_increment_id: order.orderId,
  currency: order.currency,
  status,
  items: items.map(({ article, status: own, approved }) => ({
    ...stockHubSample.item,
    ...article.texts,
    id: article.itemId,
    sku: article.sku,
    status: own,
    qty_requested: article.requested,
    qty_approved: approved,
  })),
});

export const pushApiRmaPayload = (
  order: PlacedOrder,
  { rmaId, articles }: OpenedRma,
  status: string,
): Payload => ({
  ...pushApiSample.payload,
  rma_id: rmaId,
  status,
  order: {
    ...(pushApiSample.payload.order as Fields),
    order_id: order.orderId,
    address: {
      ...((pushApiSample.payload.order as Fields).address as Fields),
      ...{ email: order.email, country: order.country },
    },
  },
  items: articles.map(({ texts, itemId, sku, price }) => ({
    ...pushApiSample.item,
    ...texts,
    ...{ rma_item_id: itemId, sku, price },
  })),
});

/** "Received by the merchant, or the RMA request closed". */
export const rmaItemPayload = (
  order: PlacedOrder,
  { rmaId, texts, itemId, sku, price }: SoldArticle,
): Payload => ({
  rma: { ...rmaItemSample.rma, id: rmaId, rma_id: rmaId, date_received: '2024-02-08T21:00:00.000+00:00' },
  order: { ...rmaItemSample.order, order_id: order.orderId },
  rma_item: { ...rmaItemSample.rma_item, ...texts, rma_item_id: itemId, sku, price, qty_returned: '1' },
});
