/** Webhooks: the events that IGF posts by itself. One subscription for each event type and tenant. */
import * as z from 'zod/mini';
import type { EventType } from '../../facts/vendor-terms.ts';
import { eventTypes } from '../../facts/vendor-terms.ts';
import { endpoint } from '../endpoint.ts';
import { anything, listOf, maybeEventType, maybeInteger, maybeText } from './answers.ts';

const eventType = z.enum(eventTypes);

/** Body of "Subscribe to a webhook". */
const SubscriptionRequest = z.strictObject({ eventType, url: z.url() });

/** A subscription. The document shows an empty object: the names are those of the request, and any may be missing. */
const Subscription = z.looseObject({ id: maybeInteger, eventType: maybeEventType, url: maybeText });

/** Has events of a type posted to `url`. */
export const subscribe = () =>
  endpoint(
    42,
    'subscribeWebhook',
    'POST /webhooks',
    'Subscribe to a webhook. NOTE: Only one webhook per event type is allowed',
    {
      body: SubscriptionRequest,
      // The answer is not documented: the subscription, perhaps nothing.
      answer: z.optional(Subscription),
      request: (eventType: EventType, url: string) => ({ body: { eventType, url } }),
    },
  );

export const all = () =>
  endpoint(43, 'allWebhooks', 'GET /webhooks', 'Get all webhooks', { answer: listOf(Subscription) });

export const remove = () =>
  endpoint(44, 'deleteWebhook', 'DELETE /webhooks/{id}', 'Delete a webhook by ID', {
    parameters: z.strictObject({ id: z.int() }),
    answer: anything,
    request: (webhookId: number) => ({ parameters: { id: webhookId } }),
  });

/** Ends the subscription to an event type, even if somebody else made it. */
export const unsubscribe = () =>
  endpoint(
    45,
    'deleteWebhookByEventType',
    'DELETE /webhooks/eventType/{eventType}',
    'Delete a webhook by event type',
    {
      parameters: z.strictObject({ eventType }),
      answer: anything,
      request: (eventType: EventType) => ({ parameters: { eventType } }),
    },
  );
