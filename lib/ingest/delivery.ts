import { logInfo } from '../runtime/log.ts';
import { eventId, writeEnvelope } from '../webhooks/envelope.ts';
import type { Webhook } from '../webhooks/webhook.ts';
import type { Accepted } from './body.ts';
import { type HttpAnswer, notStored } from './problem.ts';

export interface QueueMessage {
  body: string;
  /** SQS shares a standard queue fairly between groups. */
  groupId: string;
}

/** Puts a message on the sender's queue; rejects when SQS did not say that it has it. */
export type Enqueue = (message: QueueMessage) => Promise<void>;

/** What a delivery is given on its way: the id that it has already, where it was refused before, else its body's. */
export interface Passport {
  id?: string;
  correlationId: string;
  /** Milliseconds since the epoch. */
  now: number;
}

/** The message that a delivery becomes, with its event id. */
export function deliveryMessage(
  webhook: Webhook,
  { headers, body }: Accepted,
  { id = eventId(webhook.name, body), correlationId, now }: Passport,
): { id: string; message: QueueMessage } {
  const { authentication } = webhook;
  const text = writeEnvelope({
    schema: 1,
    id,
    webhook: webhook.name,
    version: (authentication.versionHeader && headers[authentication.versionHeader]) || '',
    receivedAt: new Date(now).toISOString(),
    correlationId,
    payload: webhook.withoutForeignData?.(body) ?? body,
  });
  return { id, message: { body: text, groupId: webhook.name } };
}

/**
 * Makes the delivery's message and says 202 once it is safely in the queue.
 * @throws Problem 503 when SQS did not take it: then the sender still has it, and delivers again.
 */
export async function enqueueDelivery(
  webhook: Webhook,
  accepted: Accepted,
  correlationId: string,
  { enqueue, now }: { enqueue: Enqueue; now: () => number },
): Promise<HttpAnswer> {
  // The gateway's clock, which all functions share: what has no time of its own is ordered by this.
  const receivedAt = accepted.requestContext?.timeEpoch ?? now();
  const { id, message } = deliveryMessage(webhook, accepted, { correlationId, now: receivedAt });
  try {
    await enqueue(message);
  } catch (cause) {
    throw notStored(cause);
  }
  logInfo({ step: 'queued', webhook: webhook.name, eventId: id, correlationId });
  return { statusCode: 202, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ id }) };
}
