import { logInfo } from '../runtime/log.ts';
import { isoTime } from '../runtime/time.ts';
import { eventId, writeEnvelope } from '../webhooks/envelope.ts';
import type { Webhook } from '../webhooks/webhook.ts';
import type { Accepted } from './body.ts';
import { type HttpAnswer, notStored } from './problem.ts';

interface QueueMessage {
  body: string;
  /** SQS shares a standard queue fairly between groups. */
  groupId: string;
}

/** Puts a message on the sender's queue. Rejects unless SQS confirms that it has the message. */
export type Enqueue = (message: QueueMessage) => Promise<void>;

/** What the message says beside the body. */
interface EnqueueOptions {
  /** The id of a delivery that was rejected before and is replayed. By default the id of its body. */
  id?: string;
  correlationId: string;
  /** Milliseconds since the epoch. */
  now: number;
}

/** The queue message of a delivery, with its event id. */
export function deliveryMessage(
  webhook: Webhook,
  { headers, body }: Accepted,
  { id = eventId(webhook.name, body), correlationId, now }: EnqueueOptions,
): { id: string; message: QueueMessage } {
  const { authentication } = webhook;
  const text = writeEnvelope({
    schema: 1,
    id,
    webhook: webhook.name,
    version: (authentication.versionHeader && headers[authentication.versionHeader]) || '',
    receivedAt: isoTime(now),
    correlationId,
    payload: webhook.withoutForeignData?.(body) ?? body,
  });
  return { id, message: { body: text, groupId: webhook.name } };
}

/**
 * Puts the delivery's message on the queue, and answers 202 once SQS has it.
 * @throws Problem 503 when SQS did not take it: then the sender still has it, and delivers again.
 */
export async function enqueueDelivery(
  webhook: Webhook,
  accepted: Accepted,
  correlationId: string,
  { enqueue, now }: { enqueue: Enqueue; now: () => number },
): Promise<HttpAnswer> {
  // The gateway's clock, which all functions share: it orders the facts that have no time of their own.
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
