import type { EventType } from '../../facts/vendor-terms.ts';

const kebab = (event: EventType): string => event.toLowerCase().replaceAll('_', '-');

/** The catalogue's name of an event's webhook, such as `v1/add-listing`. */
export const webhookName = (event: EventType): string => `v1/${kebab(event)}`;

/** Where IGF posts an event. The token is the secret that it was subscribed with. */
export const webhookPath = (event: EventType): string => `/igf/v1/${kebab(event)}/{token}`;
