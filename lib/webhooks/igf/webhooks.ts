import type * as z from 'zod/mini';
import type { EventType } from '../../facts/vendor-terms.ts';
import { eventTypes } from '../../facts/vendor-terms.ts';
import type { CatalogueEntry, SenderAuthentication, Webhook } from '../webhook.ts';
import { eventFacts } from './facts.ts';
import { ListingEvent, OrderEvent, RefundEvent, ShipmentEvent, withoutPeople } from './payloads.ts';
import { webhookName, webhookPath } from './routes.ts';

/** IGF documents no signature for its webhooks, so the secret is part of the URL that it was given. */
const authentication: SenderAuthentication = {
  credentialOf: ({ pathParameters }) => pathParameters?.token,
  location: 'the path, as it was subscribed',
};

const schemas: Record<EventType, z.ZodMiniType> = {
  ADD_LISTING: ListingEvent,
  UPDATE_LISTING: ListingEvent,
  RETURN_CANCELED: ListingEvent,
  RETURN_DEADLINE_PASSED: OrderEvent,
  LABELED: ShipmentEvent,
  SHIPPED: ShipmentEvent,
  COMPLETED: ShipmentEvent,
  REFUND: RefundEvent,
};

/** The webhook of one of IGF's events. */
export const igfWebhook = (event: EventType): Webhook => ({
  name: webhookName(event),
  path: webhookPath(event),
  authentication,
  schema: schemas[event],
  withoutForeignData: withoutPeople,
});

/** Every webhook of IGF, with the facts of its body. */
export const igfWebhooks: readonly CatalogueEntry[] = eventTypes.map((event) => ({
  ...igfWebhook(event),
  facts: (payload) => eventFacts(event, payload),
}));
