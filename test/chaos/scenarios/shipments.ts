import type { Chance } from './chance.ts';
import type { PlacedOrder, SoldArticle } from './order.ts';
import {
  invoicePayload,
  orderPayload,
  ownShipmentPayload,
  shipmentPayload,
  trackPayload,
} from './payloads.ts';
import type { SentDelivery } from './scenario.ts';

const statusAt = (hour: number, status: string, address = true) => ({
  status,
  updatedAt: `2024-02-20 ${String(hour).padStart(2, '0')}:00:00`,
  deliveredAt: status === 'DELIVERED' ? `2024-02-20 ${String(hour).padStart(2, '0')}:00:00` : null,
  address,
});

/** One or two shipments with these articles, each reported once or more often on its way. */
export function shipments(
  order: PlacedOrder,
  articles: readonly SoldArticle[],
  chance: Chance,
  mayStop = true,
): SentDelivery[] {
  if (articles.length === 0) return [];
  const half = Math.ceil(articles.length / 2);
  const parts =
    chance.percent(25) && articles.length > 1 ? [articles.slice(0, half), articles.slice(half)] : [articles];
  return parts.flatMap((part, index) => {
    const id = `S${order.orderId}-${index + 1}`;
    const statuses = chance.weighted([
      [5, [statusAt(10, 'IN_TRANSIT')]],
      [3, [statusAt(10, 'IN_TRANSIT'), statusAt(15, 'DELIVERED')]],
      [mayStop ? 1 : 0, [statusAt(10, 'EXCEPTION')]],
      [2, [statusAt(9, 'READY_FOR_PICKUP', false), statusAt(10, 'IN_TRANSIT'), statusAt(15, 'DELIVERED')]],
    ]);
    return statuses.map(
      (status): SentDelivery => ({
        webhook: 'stock-hub/v1/shipment',
        payload: shipmentPayload(order, id, part, status),
        copies: 1,
      }),
    );
  });
}

/** A reseller's order as it was placed. */
export const placed = (order: PlacedOrder): SentDelivery => ({
  ...{ webhook: 'stock-hub/v1/order', payload: orderPayload(order), copies: 1 },
});

/** What is sent of an order beside its shipments and returns, and changes nothing of them. */
export function besides(order: PlacedOrder, chance: Chance): SentDelivery[] {
  const webhook = chance.one(['push-api/v1/track', 'push-api/v2/track'] as const);
  return order.family === 'stock-hub'
    ? [{ webhook: 'stock-hub/v1/invoice', payload: invoicePayload(order), copies: 1 }]
    : [{ webhook, payload: trackPayload(order.orderId, `S${order.orderId}`), copies: 1 }];
}

/** The warehouse sends an article to its buyer too. The track comes in a webhook of its own. */
export function toBuyer(order: PlacedOrder, article: SoldArticle, orderId: string): SentDelivery[] {
  const shipmentId = `S${orderId}`;
  const shipment = ownShipmentPayload({ ...order, orderId, poNumber: null }, shipmentId, [article]);
  return [
    { webhook: 'push-api/v2/shipment', payload: shipment, orderId, copies: 1 },
    { webhook: 'push-api/v2/track', payload: trackPayload(orderId, shipmentId), orderId, copies: 1 },
  ];
}

/** Whether the carrier has a problem with a shipment from the first: the article has not reached the customer. */
export const isStopped = ({ payload }: SentDelivery): boolean => payload.status === 'EXCEPTION';

/** The shipment of a push-api order with these articles. */
export const ownShipments = (
  order: PlacedOrder,
  articles: readonly SoldArticle[],
  chance: Chance,
): SentDelivery[] =>
  articles.length === 0
    ? []
    : [
        {
          webhook: chance.one(['push-api/v1/shipment', 'push-api/v2/shipment']),
          payload: ownShipmentPayload(order, `S${order.orderId}`, articles),
          copies: 1,
        },
      ];

/** The n-th report again of an order's only shipment, a day later each, with the price and the address as they are now. */
export function reshipped(
  order: PlacedOrder,
  sent: readonly SentDelivery[],
  nth: number,
  status?: string,
): SentDelivery[] {
  const last = sent.findLast(
    ({ webhook, payload }) => webhook.endsWith('/shipment') && payload.shipping_address,
  );
  const [article] = order.rmas.flatMap(({ articles }) => articles);
  if (!last || !article) return [];
  const { payload } = last;
  return [
    {
      ...last,
      payload: {
        ...payload,
        ...(status && { status, delivered_at: null }),
        updated_at: `2024-02-2${nth} 15:00:00`,
        items: (payload.items as object[]).map((item) => ({ ...item, item_price_inc_tax: article.price })),
        shipping_address: { ...(payload.shipping_address as object), email: order.email },
      },
    },
  ];
}
