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
