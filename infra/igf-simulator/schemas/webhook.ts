import * as z from 'zod/mini';
import { EventType } from '../webhooks/event-types.ts';

/** Body of "Subscribe to a webhook". */
export const WebhookRequest = z.object({
  eventType: EventType,
  url: z.url({ protocol: /^https?$/ }),
});
export type WebhookRequest = z.infer<typeof WebhookRequest>;
