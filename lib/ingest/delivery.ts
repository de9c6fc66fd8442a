import { eventId, writeEnvelope } from '../envelope.ts';
import { logInfo } from '../log.ts';
import type { Webhook } from '../webhook.ts';
import type { Accepted } from './body.ts';
import { type HttpAnswer, Problem } from './problem.ts';

export interface QueueMessage {
  body: string;
  /** SQS shares a standard queue fairly between groups. */
  groupId: string;
}

/** Puts a message on the sender's queue; rejects when SQS did not say that it has it. */
export type Enqueue = (message: QueueMessage) => Promise<void>;

/** Said when SQS does not take the message; the sender tries again for 24 hours, so a minute is soon enough. */
const retryAfterSeconds = 60;

/**
 * Makes the delivery's message and says 202 once it is safely in the queue.
 * @throws Problem 503 when SQS did not take it: then the sender still has it, and delivers again.
 */
export async function enqueueDelivery(
  webhook: Webhook,
  { headers, body }: Accepted,
  correlationId: string,
  { enqueue, now }: { enqueue: Enqueue; now: () => number },
): Promise<HttpAnswer> {
  const { door } = webhook;
  const id = eventId(webhook.name, body);
  const message = writeEnvelope({
    schema: 1,
    id,
    webhook: webhook.name,
    version: (door.versionHeader && headers[door.versionHeader]) || '',
    receivedAt: new Date(now()).toISOString(),
    correlationId,
    payload: webhook.withoutForeignData?.(body) ?? body,
  });
  try {
    await enqueue({ body: message, groupId: webhook.name });
  } catch (cause) {
    throw new Problem(503, 'Not stored', 'The delivery could not be stored. Deliver it again.', {
      retryAfter: retryAfterSeconds,
      cause,
    });
  }
  logInfo({ step: 'queued', webhook: webhook.name, eventId: id, correlationId });
  return { statusCode: 202, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ id }) };
}
