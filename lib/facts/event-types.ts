/** The events that IGF sends webhooks for, one subscription each (vendor document, "Subscribe to a webhook"). */
export const eventTypes = [
  'ADD_LISTING',
  'UPDATE_LISTING',
  'RETURN_CANCELED',
  'RETURN_DEADLINE_PASSED',
  'LABELED',
  'SHIPPED',
  'COMPLETED',
  'REFUND',
] as const;
export type EventType = (typeof eventTypes)[number];

const kebab = (event: EventType): string => event.toLowerCase().replaceAll('_', '-');

/** The catalogue's name of an event's webhook, such as `v1/add-listing`. */
export const webhookName = (event: EventType): string => `v1/${kebab(event)}`;

/** Where IGF posts an event; the token is the secret that it was subscribed with. */
export const webhookPath = (event: EventType): string => `/igf/v1/${kebab(event)}/{token}`;
