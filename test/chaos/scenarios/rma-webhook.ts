import type { Chance } from './chance.ts';
import type { OpenedRma, PlacedOrder } from './order.ts';
import { pushApiRmaPayload, type StockHubStatus, stockHubRmaPayload } from './payloads.ts';
import type { SentDelivery } from './scenario.ts';

/** The statuses of an RMA and its items. push-api sends that of the RMA alone. */
export type RmaStatus = StockHubStatus;

/** The RMA as a whole has ended, and its items are not named. */
export const withoutItems = (delivery: SentDelivery, items: null | []): SentDelivery => ({
  ...delivery,
  payload: { ...delivery.payload, items },
});

/** The RMA, or some of its items, arrived at the merchant. */
export const arrived = (delivery: SentDelivery): SentDelivery => ({
  ...delivery,
  payload: { ...delivery.payload, date_received: '2024-03-20T09:00:00.000+00:00' },
});

/** The webhook with which the order's family reports an RMA in these statuses. */
export type RmaWebhook = (status: RmaStatus) => SentDelivery;

export const rmaWebhook =
  (order: PlacedOrder, rma: OpenedRma): RmaWebhook =>
  (status) =>
    order.family === 'stock-hub'
      ? { webhook: 'stock-hub/v1/rma', payload: stockHubRmaPayload(order, rma, status), copies: 1 }
      : { webhook: 'push-api/v2/rma', payload: pushApiRmaPayload(order, rma, status.status), copies: 1 };

/** The RMA as the merchant authorizes it. */
export const authorized = (order: PlacedOrder, rma: OpenedRma, chance: Chance): RmaStatus =>
  order.family === 'stock-hub' ? byStockHub(rma, chance) : byPushApi(rma);

const byPushApi = ({ articles }: OpenedRma): RmaStatus => ({
  status: 'authorized',
  items: articles.map((article) => ({ article, status: 'authorized', approved: null })),
});

/** An item is authorized, or in part. Now and then the header reports something that does not concern the items. */
function byStockHub({ articles }: OpenedRma, chance: Chance): RmaStatus {
  const items = articles.map((article) => {
    const isPartly = chance.percent(12);
    const approved = isPartly && chance.percent(60) ? chance.between(0, 1) : null;
    return { article, status: isPartly ? 'partially_authorized' : 'authorized', approved };
  });
  return { status: chance.percent(6) ? 'received' : 'authorized', items };
}
