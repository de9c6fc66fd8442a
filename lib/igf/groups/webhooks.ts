/** Webhooks: what IGF tells by itself. One subscription for each event type and tenant. */
import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import * as operations from '../operations.ts';
import { anything, listOf } from '../schemas/answer-fields.ts';
import { EventType, SubscriptionRequest, Webhook } from '../schemas/webhook.ts';

/** Has events of a type posted to `url`. */
export const subscribe = () =>
  endpoint({
    operation: operations.subscribeWebhook,
    body: SubscriptionRequest,
    // What it answers is not documented: the subscription, perhaps nothing.
    answer: z.optional(Webhook),
    request: (eventType: EventType, url: string) => ({ body: { eventType, url } }),
  });

export const all = () =>
  endpoint({
    operation: operations.allWebhooks,
    answer: listOf(Webhook),
    request: () => ({}),
  });

export const remove = () =>
  endpoint({
    operation: operations.deleteWebhook,
    parameters: z.strictObject({ id: z.int() }),
    answer: anything,
    request: (webhookId: number) => ({ parameters: { id: webhookId } }),
  });

/** Ends the subscription to an event type, whoever made it. */
export const unsubscribe = () =>
  endpoint({
    operation: operations.deleteWebhookByEventType,
    parameters: z.strictObject({ eventType: EventType }),
    answer: anything,
    request: (eventType: EventType) => ({ parameters: { eventType } }),
  });
