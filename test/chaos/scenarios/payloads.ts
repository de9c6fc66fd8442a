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
const ownShipmentSample = ofSample('push-api/v2/shipment');
const orderSample = ofSample('stock-hub/v1/order');
const memoSample = ofSample('stock-hub/v1/creditmemo');
const trackSample = ofSample('push-api/v2/track').payload;
const invoiceSample = ofSample('stock-hub/v1/invoice').payload;
const orderItemSample = ofSample('push-api/v2/order-item').payload as Record<
  'order' | 'update' | 'order_item',
  Fields
>;

/** What the documents of a stock-hub order share. */
const documentOf = ({ currency, poNumber }: PlacedOrder): Payload => ({ currency, po_number: poNumber });

/** The maker's number of an article, and the merchant's own with its size. */
const mpnOf = (sku: string): string => `mpn-${sku}`;
const articleNumberOf = (sku: string): string => `${mpnOf(sku)} M`;

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
    ...documentOf(order),
    status,
    updated_at: updatedAt,
    collected_at: null,
    delivered_at: deliveredAt,
    items: articles.map(({ sku, price, requested, size }) => ({
      ...item,
      ...{ sku, mpn: mpnOf(sku), size },
      qty: requested,
      item_price_inc_tax: price,
      row_total_inc_tax: price * requested,
    })),
    shipping_address: address
      ? { ...(payload.shipping_address as Fields), email: order.email, country_id: order.country }
      : null,
  };
}

/** The order as it was placed. */
export const orderPayload = (order: PlacedOrder): Payload => ({
  ...orderSample.payload,
  increment_id: order.orderId,
  ...documentOf(order),
  items: order.rmas
    .flatMap(({ articles }) => articles)
    .map(({ sku, price, requested }) => ({
      ...orderSample.item,
      ...{ sku, qty_ordered: requested, item_price_inc_tax: price, row_total_inc_tax: price * requested },
    })),
  shipping_address: {
    ...(orderSample.payload.shipping_address as Fields),
    ...{ email: order.email, country_id: order.country },
  },
});

/** The shipment of a push-api order. */
export const ownShipmentPayload = (
  order: PlacedOrder,
  shipmentId: string,
  articles: readonly SoldArticle[],
): Payload => ({
  ...ownShipmentSample.payload,
  ...{ order_id: order.orderId, po_number: order.poNumber },
  shipment_id: shipmentId,
  items: articles.map(({ sku, price, requested }) => ({
    ...ownShipmentSample.item,
    ...{ sku, price, quantity: requested, article_number: articleNumberOf(sku) },
  })),
  shipping_address: {
    ...(ownShipmentSample.payload.shipping_address as Fields),
    ...{ email: order.email, country: order.country },
  },
});

/** The track of a warehouse's own shipment. */
export const trackPayload = (orderId: string, shipmentId: string): Payload => ({
  ...trackSample,
  ...{
    order_id: orderId,
    shipment_id: shipmentId,
    track_id: `T${shipmentId}`,
    track_number: `1Z${shipmentId}`,
  },
});

/** The invoice of an order: it says nothing about a return. */
export const invoicePayload = (order: PlacedOrder): Payload => ({
  ...invoiceSample,
  ...{ increment_id: `I${order.orderId}`, order_increment_id: order.orderId },
  ...documentOf(order),
});

/** A credit memo of stock-hub for one unit of an article. */
export const memoPayload = (
  order: PlacedOrder,
  { rmaId, itemId, sku, price }: SoldArticle,
  { id, total = price, reversal = false }: { id: string; total?: number; reversal?: boolean },
): Payload => ({
  ...memoSample.payload,
  increment_id: `M${rmaId}-${itemId}-${id}`,
  ...{ order_increment_id: order.orderId, po_number: order.poNumber },
  items: [{ ...memoSample.item, sku, qty: 1, reversal, row_total_inc_tax: total }],
});

/** A line of a credit memo of push-api, for one unit of an article. */
export const orderItemPayload = (
  order: PlacedOrder,
  { rmaId, itemId, sku, price }: SoldArticle,
  status: string,
): Payload => ({
  order: { ...orderItemSample.order, order_id: order.orderId },
  order_item: { ...orderItemSample.order_item, sku, price },
  update: {
    ...orderItemSample.update,
    ...{ creditmemo_item_id: `L${rmaId}-${itemId}-${status}`, status, quantity: 1 },
  },
});

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
  { rmaId, tracked }: OpenedRma,
  { status, items }: StockHubStatus,
): Payload => ({
  ...stockHubSample.payload,
  increment_id: rmaId,
  order_increment_id: order.orderId,
  ...documentOf(order),
  track: tracked ? stockHubSample.payload.track : null,
  status,
  items: items.map(({ article, status: own, approved }) => ({
    ...stockHubSample.item,
    ...article.texts,
    id: article.itemId,
    ...{ sku: article.sku, mpn: mpnOf(article.sku), size: article.size },
    status: own,
    qty_requested: article.requested,
    qty_approved: approved,
    row_line_return_fee: Number(
      ((stockHubSample.item?.item_return_fee as number) * article.requested).toFixed(2),
    ),
  })),
});

export const pushApiRmaPayload = (
  order: PlacedOrder,
  { rmaId, articles, tracked }: OpenedRma,
  status: string,
): Payload => ({
  ...pushApiSample.payload,
  ...(!tracked && { track_number: null, track_url: null, carrier_code: null }),
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
    ...{ rma_item_id: itemId, sku, price, article_number: articleNumberOf(sku) },
  })),
});

/** "Received by the merchant, or the RMA request closed". */
export const rmaItemPayload = (
  order: PlacedOrder,
  { rmaId, texts, itemId, sku, price }: SoldArticle,
  resolution: string | null = null,
): Payload => ({
  rma: { ...rmaItemSample.rma, id: rmaId, rma_id: rmaId, date_received: '2024-02-08T21:00:00.000+00:00' },
  order: { ...rmaItemSample.order, order_id: order.orderId },
  rma_item: {
    ...{ ...rmaItemSample.rma_item, ...texts, rma_item_id: itemId, sku, price },
    ...{ qty_returned: '1', retailer_resolution: resolution },
  },
});
