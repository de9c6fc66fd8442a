import * as z from 'zod/mini';
import { eventTypes } from '../../facts/event-types.ts';
import { maybeInteger, maybeText, maybeWord } from './answer-fields.ts';

/** What IGF tells by webhook; one subscription for each. */
export const EventType = z.enum(eventTypes);
export type EventType = z.infer<typeof EventType>;

/** Body of "Subscribe to a webhook". */
export const SubscriptionRequest = z.strictObject({ eventType: EventType, url: z.url() });

/** A subscription. The document shows an empty object: the names are those of the request, and nothing is sure. */
export const Webhook = z.looseObject({ id: maybeInteger, eventType: maybeWord, url: maybeText });
export type Webhook = z.infer<typeof Webhook>;
