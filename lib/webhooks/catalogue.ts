import { eventTypes } from '../facts/vendor-terms.ts';
import { advanceOrder } from './envelope.ts';
import { igfWebhook } from './igf/webhooks.ts';
import type { Webhook } from './webhook.ts';
import { pushApiV1OrderItem, pushApiV2OrderItem, stockHubV1CreditMemo } from './winkelstraat/credit-memos.ts';
import {
  pushApiV1Shipment,
  pushApiV1Track,
  pushApiV2Shipment,
  pushApiV2Track,
  stockHubV1Invoice,
  stockHubV1Order,
  stockHubV1Shipment,
} from './winkelstraat/orders.ts';
import { pushApiV1RmaItem, pushApiV2Rma, pushApiV2RmaItem, stockHubV1Rma } from './winkelstraat/rmas.ts';

/** A vendor that posts webhooks to the bridge. Each has one queue, one DLQ and one worker. */
export interface Sender {
  /** Names its folder in `functions/`, its paths and its resources. */
  readonly name: string;
  readonly webhooks: readonly Webhook[];
  /** A function receives what is posted to any other path below the sender's. */
  readonly hasUnknownRoute?: boolean;
  /** The messages that the bridge itself puts on its queue. */
  readonly internal?: readonly (typeof advanceOrder)[];
}

export const winkelstraatWebhooks: readonly Webhook[] = [
  pushApiV1RmaItem,
  pushApiV2RmaItem,
  pushApiV2Rma,
  pushApiV1Shipment,
  pushApiV2Shipment,
  pushApiV1Track,
  pushApiV2Track,
  pushApiV1OrderItem,
  pushApiV2OrderItem,
  stockHubV1Order,
  stockHubV1Invoice,
  stockHubV1Shipment,
  stockHubV1Rma,
  stockHubV1CreditMemo,
];

/** Every webhook of the bridge. The stack makes a route and a function of each. */
export const senders: readonly Sender[] = [
  { name: 'winkelstraat', webhooks: winkelstraatWebhooks, hasUnknownRoute: true, internal: [advanceOrder] },
  { name: 'igf', webhooks: eventTypes.map(igfWebhook) },
];

/** The file of a webhook's handler below `functions/`, without its ending: `winkelstraat/stock-hub-v1-rma`. */
export const handlerFile = (sender: Sender, webhook: { name: string }): string =>
  `${sender.name}/${webhook.name.replaceAll('/', '-')}`;

/** The name of the handler of every other path of a sender. */
export const unknownRoute = 'unknown-route';
