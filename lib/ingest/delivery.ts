import { randomUUID } from 'node:crypto';
import { largestBodyBytes, largestKeptBytes } from '../config/limits.ts';
import type { AwsJsonClient } from '../runtime/aws-json.ts';
import { logAlarm, logInfo } from '../runtime/log.ts';
import { isoTime } from '../runtime/time.ts';
import { writeEnvelope } from '../webhooks/envelope.ts';
import type { Webhook } from '../webhooks/webhook.ts';
import { type HttpAnswer, notNow } from './answers.ts';
import type { Reading } from './read-body.ts';
import { writeRejection } from './rejection.ts';

interface QueueMessage {
  body: string;
  /** SQS shares a standard queue fairly between groups. */
  groupId: string;
}

/** Puts a message on a queue. Rejects unless SQS confirms that it has the message. */
export type Enqueue = (message: QueueMessage) => Promise<void>;

/** Puts messages on one queue of SQS. */
export const enqueueTo =
  (sqs: Pick<AwsJsonClient, 'call'>, queueUrl: string): Enqueue =>
  async ({ body, groupId }) => {
    const input = { QueueUrl: queueUrl, MessageBody: body, MessageGroupId: groupId };
    const { MessageId } = Object(await sqs.call('SendMessage', input));
    if (!MessageId) throw new Error('SQS did not confirm the message.');
  };

/** What a message says of a delivery beside its body. */
interface Received {
  /** The version header, empty when there was none. */
  version: string;
  correlationId: string;
  /** Milliseconds since the epoch. */
  now: number;
}

interface AcceptedDelivery extends Received {
  id: string;
  payload: unknown;
}

export const deliveryMessage = (webhook: Webhook, { now, ...delivery }: AcceptedDelivery): QueueMessage => ({
  body: writeEnvelope({ schema: 1, webhook: webhook.name, receivedAt: isoTime(now), ...delivery }),
  groupId: webhook.name,
});

/** @throws Problem 503 when SQS did not take the message: then the sender still has it, and delivers again. */
async function store(message: QueueMessage, enqueue: Enqueue): Promise<void> {
  try {
    await enqueue(message);
  } catch (cause) {
    throw notNow('Not stored', 'The delivery could not be stored. Deliver it again.', cause);
  }
}

/** Puts the delivery's message on the queue, and answers 202 once SQS has it. @throws Problem 503 */
export async function enqueueDelivery(
  webhook: Webhook,
  delivery: AcceptedDelivery,
  enqueue: Enqueue,
): Promise<HttpAnswer> {
  const { id, correlationId } = delivery;
  await store(deliveryMessage(webhook, delivery), enqueue);
  logInfo({ step: 'queued', webhook: webhook.name, eventId: id, correlationId, status: 202 });
  return { statusCode: 202, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ id }) };
}

/**
 * Queues a body that is refused, or accepted without some list entries, for the quarantine before the answer is given:
 * so nothing with the right key is lost. One that is too large to be kept raises an alarm. @throws Problem 503
 */
export async function quarantineDelivery(
  webhook: Webhook,
  { id, kept, problem, unusable }: Reading,
  { version, correlationId, now }: Received,
  reject: Enqueue,
): Promise<void> {
  if (kept.length > largestKeptBytes) {
    const reason = 'the body is too large to be kept';
    logAlarm('not-kept', { webhook: webhook.name, correlationId, bytes: kept.length, reason });
    return;
  }
  const tooLarge = { path: '', message: `is larger than ${largestBodyBytes} bytes` };
  const body = writeRejection({
    schema: 1,
    id,
    delivery: randomUUID(),
    webhook: webhook.name,
    version,
    receivedAt: isoTime(now),
    correlationId,
    errors: [...(problem ? (problem.errors ?? [tooLarge]) : unusable)],
    ...(!problem && { acceptedInPart: true }),
    body: kept,
  });
  await store({ body, groupId: webhook.name }, reject);
}
