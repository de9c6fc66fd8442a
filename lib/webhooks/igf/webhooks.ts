import type * as z from 'zod/mini';
import type { EventType } from '../../facts/vendor-terms.ts';
import type { SenderAuthentication, Webhook } from '../webhook.ts';
import { ListingEvent, OrderEvent, RefundEvent, ShipmentEvent, withoutPeople } from './events.ts';

const kebab = (event: EventType): string => event.toLowerCase().replaceAll('_', '-');

/** The catalogue's name of an event's webhook, such as `v1/add-listing`. */
export const webhookName = (event: EventType): string => `v1/${kebab(event)}`;

/** Where IGF posts an event. The token is the secret that it was subscribed with. */
export const webhookPath = (event: EventType): string => `/igf/v1/${kebab(event)}/{token}`;

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
