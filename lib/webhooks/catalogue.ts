import { eventTypes } from '../facts/vendor-terms.ts';
import { advanceOrder, type InternalMessage } from './advance-message.ts';
import { eventFacts } from './igf/event-facts.ts';
import { igfWebhook } from './igf/webhooks.ts';
import type { CatalogueEntry } from './webhook.ts';
import {
  orderItemFacts,
  pushApiV1OrderItem,
  pushApiV2OrderItem,
} from './winkelstraat/push-api-order-item.ts';
import { pushApiV1RmaItem, pushApiV2RmaItem, rmaItemFacts } from './winkelstraat/push-api-rma-item.ts';
import {
  pushApiShipmentFacts,
  pushApiV1Shipment,
  pushApiV2Shipment,
} from './winkelstraat/push-api-shipment.ts';
import { pushApiV1Track, pushApiV2Track, trackFacts } from './winkelstraat/push-api-track.ts';
import { pushApiRmaFacts, pushApiV2Rma } from './winkelstraat/push-api-v2-rma.ts';
import { creditMemoFacts, stockHubV1CreditMemo } from './winkelstraat/stock-hub-v1-creditmemo.ts';
import { invoiceFacts, stockHubV1Invoice } from './winkelstraat/stock-hub-v1-invoice.ts';
import { salesOrderFacts, stockHubV1Order } from './winkelstraat/stock-hub-v1-order.ts';
import { stockHubRmaFacts, stockHubV1Rma } from './winkelstraat/stock-hub-v1-rma.ts';
import { shipmentFacts, stockHubV1Shipment } from './winkelstraat/stock-hub-v1-shipment.ts';

/** A vendor that posts webhooks to the bridge. Each has one queue, one DLQ and one worker. */
export interface Sender {
  /** Names its folder in `functions/`, its paths and its resources. */
  readonly name: string;
  readonly webhooks: readonly CatalogueEntry[];
  /** A function receives what is posted to any other path below the sender's. */
  readonly hasUnknownRoute?: boolean;
  /** The messages that the bridge itself puts on its queue. */
  readonly internal?: readonly InternalMessage[];
}

/** The webhooks that Winkelstraat posts. */
export const winkelstraatWebhooks: readonly CatalogueEntry[] = [
  { ...pushApiV1RmaItem, facts: rmaItemFacts },
  { ...pushApiV2RmaItem, facts: rmaItemFacts },
  { ...pushApiV2Rma, facts: pushApiRmaFacts },
  { ...pushApiV1Shipment, facts: pushApiShipmentFacts(1) },
  { ...pushApiV2Shipment, facts: pushApiShipmentFacts(2) },
  { ...pushApiV1Track, facts: trackFacts },
  { ...pushApiV2Track, facts: trackFacts },
  { ...pushApiV1OrderItem, facts: orderItemFacts },
  { ...pushApiV2OrderItem, facts: orderItemFacts },
  { ...stockHubV1Order, facts: salesOrderFacts },
  { ...stockHubV1Invoice, facts: invoiceFacts },
  { ...stockHubV1Shipment, facts: shipmentFacts },
  { ...stockHubV1Rma, facts: stockHubRmaFacts },
  { ...stockHubV1CreditMemo, facts: creditMemoFacts },
];

/** Every webhook of the bridge. The stack makes a route and a function of each, and the worker reads its facts. */
export const senders: readonly Sender[] = [
  {
    name: 'winkelstraat',
    webhooks: winkelstraatWebhooks,
    hasUnknownRoute: true,
    internal: [advanceOrder],
  },
  {
    name: 'igf',
    webhooks: eventTypes.map((event) => ({
      ...igfWebhook(event),
      facts: (payload) => eventFacts(event, payload),
    })),
  },
];

/** The file of a webhook's handler below `functions/`, without its ending: `winkelstraat/stock-hub-v1-rma`. */
export const handlerFile = (sender: Sender, webhook: { name: string }): string =>
  `${sender.name}/${webhook.name.replaceAll('/', '-')}`;

/** The name of the handler of every other path of a sender. */
export const unknownRoute = 'unknown-route';
