/** Webhooks: the events that IGF posts by itself. One subscription for each event type and tenant. */
import * as z from 'zod/mini';
import { type EventType, eventTypes } from '../../facts/vendor-terms.ts';
import { endpoint } from '../endpoint.ts';
import { listOf, maybeInteger, maybeOneOf, maybeText } from './answers.ts';

/** A subscription. The document shows an empty object: the names are those of the request, and any may be missing. */
const Subscription = z.looseObject({ id: maybeInteger, eventType: maybeOneOf([eventTypes]), url: maybeText });

/** Has events of a type posted to `url`. The answer is not documented: the subscription, perhaps nothing. */
export const subscribe = () =>
  endpoint(42, 'subscribeWebhook', 'POST /webhooks', {
    title: 'Subscribe to a webhook. NOTE: Only one webhook per event type is allowed',
    body: z.strictObject({ eventType: z.enum(eventTypes), url: z.url() }),
    answer: z.optional(Subscription),
    request: (eventType: EventType, url: string) => ({ body: { eventType, url } }),
  });

export const all = () =>
  endpoint(43, 'allWebhooks', 'GET /webhooks', { title: 'Get all webhooks', answer: listOf(Subscription) });

export const remove = () =>
  endpoint(44, 'deleteWebhook', 'DELETE /webhooks/{id:int}', { title: 'Delete a webhook by ID' });

/** Ends the subscription to an event type, even if somebody else made it. */
export const unsubscribe = () =>
  endpoint(45, 'deleteWebhookByEventType', 'DELETE /webhooks/eventType/{eventType:eventType}', {
    title: 'Delete a webhook by event type',
  });
