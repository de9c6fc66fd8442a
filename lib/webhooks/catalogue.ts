import { eventTypes } from '../facts/vendor-terms.ts';
import { advanceOrder, type InternalMessage } from './advance-message.ts';
import { eventFacts, igfWebhook } from './igf/webhooks.ts';
import type { CatalogueEntry } from './webhook.ts';
import { pushApiV1RmaItem, pushApiV2RmaItem, rmaItemFacts } from './winkelstraat/push-api-rma-item.ts';
import { pushApiRmaFacts, pushApiV2Rma } from './winkelstraat/push-api-v2-rma.ts';
import { stockHubRmaFacts, stockHubV1Rma } from './winkelstraat/stock-hub-v1-rma.ts';
import { shipmentFacts, stockHubV1Shipment } from './winkelstraat/stock-hub-v1-shipment.ts';

/** A vendor that posts webhooks to the bridge. Each has one queue, one DLQ and one worker. */
export interface Sender {
  /** Names its folder in `functions/`, its paths and its resources. */
  readonly name: string;
  readonly webhooks: readonly CatalogueEntry[];
  /** The messages that the bridge itself puts on its queue. */
  readonly internal?: readonly InternalMessage[];
}

/** Every webhook of the bridge. The stack makes a route and a function of each, and the worker reads its facts. */
export const senders: readonly Sender[] = [
  {
    name: 'winkelstraat',
    webhooks: [
      { ...pushApiV1RmaItem, facts: rmaItemFacts },
      { ...pushApiV2RmaItem, facts: rmaItemFacts },
      { ...pushApiV2Rma, facts: pushApiRmaFacts },
      { ...stockHubV1Shipment, facts: shipmentFacts },
      { ...stockHubV1Rma, facts: stockHubRmaFacts },
    ],
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
