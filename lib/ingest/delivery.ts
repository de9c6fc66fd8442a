import { logInfo } from '../runtime/log.ts';
import { isoTime } from '../runtime/time.ts';
import { writeEnvelope } from '../webhooks/envelope.ts';
import type { Webhook } from '../webhooks/webhook.ts';
import { type HttpAnswer, notStored } from './problem.ts';

interface QueueMessage {
  body: string;
  /** SQS shares a standard queue fairly between groups. */
  groupId: string;
}

/** Puts a message on the sender's queue. Rejects unless SQS confirms that it has the message. */
export type Enqueue = (message: QueueMessage) => Promise<void>;

/** A body that was read, with what its message says beside it. */
export interface AcceptedDelivery {
  id: string;
  payload: unknown;
  /** The version header, empty when there was none. */
  version: string;
  correlationId: string;
  /** Milliseconds since the epoch. */
  now: number;
}

/** The version that the sender names, empty without one. */
export const versionOf = (
  { authentication: { versionHeader } }: Webhook,
  { headers }: { headers: Record<string, string | undefined> },
): string => (versionHeader && headers[versionHeader]) || '';

/** The queue message of a delivery. */
export const deliveryMessage = (webhook: Webhook, { now, ...delivery }: AcceptedDelivery): QueueMessage => ({
  body: writeEnvelope({ schema: 1, webhook: webhook.name, receivedAt: isoTime(now), ...delivery }),
  groupId: webhook.name,
});

/**
 * Puts the delivery's message on the queue, and answers 202 once SQS has it.
 * @throws Problem 503 when SQS did not take it: then the sender still has it, and delivers again.
 */
export async function enqueueDelivery(
  webhook: Webhook,
  delivery: AcceptedDelivery,
  enqueue: Enqueue,
): Promise<HttpAnswer> {
  const { id, correlationId } = delivery;
  try {
    await enqueue(deliveryMessage(webhook, delivery));
  } catch (cause) {
    throw notStored(cause);
  }
  logInfo({ step: 'queued', webhook: webhook.name, eventId: id, correlationId });
  return { statusCode: 202, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ id }) };
}
