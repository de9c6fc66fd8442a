/** Webhooks: the events that IGF posts by itself. One subscription for each event type and tenant. */
import * as z from 'zod/mini';
import { type EventType, eventTypes } from '../../facts/vendor-terms.ts';
import { endpoint } from '../endpoint.ts';
import { listOf, maybeInteger, maybeOneOf, maybeText } from './answers.ts';

/** A subscription. The document shows an empty object: the names are those of the request, and any may be missing. */
const Subscription = z.looseObject({ id: maybeInteger, eventType: maybeOneOf([eventTypes]), url: maybeText });

/** Has events of a type posted to `url`. The answer is not documented: the subscription, perhaps nothing. */
export const subscribe = () =>
  endpoint('subscribeWebhook', 'POST /webhooks', {
    body: z.strictObject({ eventType: z.enum(eventTypes), url: z.url() }),
    answer: z.optional(Subscription),
    request: (eventType: EventType, url: string) => ({ body: { eventType, url } }),
  });

export const all = () => endpoint('allWebhooks', 'GET /webhooks', { answer: listOf(Subscription) });

export const remove = () => endpoint('deleteWebhook', 'DELETE /webhooks/{id:int}');

/** Ends the subscription to an event type, even if somebody else made it. */
export const unsubscribe = () =>
  endpoint('deleteWebhookByEventType', 'DELETE /webhooks/eventType/{eventType:eventType}');
