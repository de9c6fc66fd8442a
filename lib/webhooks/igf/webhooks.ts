import type * as z from 'zod/mini';
import { type EventType, eventTypes } from '../../facts/igf-facts.ts';
import type { CatalogueEntry, Webhook } from '../webhook.ts';
import { igfAuthentication } from './door.ts';
import { eventFacts } from './facts.ts';
import { ListingEvent, OrderEvent, RefundEvent, ShipmentEvent, withoutPeople } from './payloads.ts';
import { webhookName, webhookPath } from './routes.ts';

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
  authentication: igfAuthentication,
  schema: schemas[event],
  withoutForeignData: withoutPeople,
});

/** Every webhook of IGF's, with what its body tells. */
export const igfWebhooks: readonly CatalogueEntry[] = eventTypes.map((event) => ({
  ...igfWebhook(event),
  facts: (payload) => eventFacts(event, payload),
}));
