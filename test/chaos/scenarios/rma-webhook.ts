import type { OpenedRma, PlacedOrder } from './order.ts';
import { pushApiRmaPayload, type StockHubStatus, stockHubRmaPayload } from './payloads.ts';
import type { SentDelivery } from './scenario.ts';

/** The statuses of an RMA and its items. push-api sends that of the RMA alone. */
export type RmaStatus = StockHubStatus;

/** The webhook with which the order's family reports an RMA in these statuses. */
export type RmaWebhook = (status: RmaStatus) => SentDelivery;

export const rmaWebhook =
  (order: PlacedOrder, rma: OpenedRma): RmaWebhook =>
  (status) =>
    order.family === 'stock-hub'
      ? { webhook: 'stock-hub/v1/rma', payload: stockHubRmaPayload(order, rma, status), copies: 1 }
      : { webhook: 'push-api/v2/rma', payload: pushApiRmaPayload(order, rma, status.status), copies: 1 };
