import { ChangeMessageVisibilityCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { Outcome } from '../actions/action.ts';
import { errorClass, logError } from '../runtime/log.ts';
import { readEnvelope } from '../webhooks/envelope.ts';
import { type Disposition, dispose, type ReceiveInfo } from './disposition.ts';

export const sqsQueue = (
  sqs: SQSClient,
  { QUEUE_URL, DEAD_LETTER_QUEUE_URL }: { QUEUE_URL: string; DEAD_LETTER_QUEUE_URL: string },
) => ({
  /** Makes a received message visible again after so many seconds. */
  async delay(ReceiptHandle: string, VisibilityTimeout: number): Promise<void> {
    await sqs.send(
      new ChangeMessageVisibilityCommand({ QueueUrl: QUEUE_URL, ReceiptHandle, VisibilityTimeout }),
    );
  },
  /** Sends a message to the DLQ, with these attributes and in its original message group. */
  async park(body: string, attributes: Record<string, string>, groupId: string | undefined): Promise<void> {
    const texts = Object.entries(attributes).map(([name, value]) => [
      name,
      { DataType: 'String', StringValue: value },
    ]);
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: DEAD_LETTER_QUEUE_URL,
        MessageBody: body,
        ...(groupId && { MessageGroupId: groupId }),
        MessageAttributes: Object.fromEntries(texts),
      }),
    );
  },
});
export type MessageQueue = ReturnType<typeof sqsQueue>;

export interface QueueDependencies {
  queue: MessageQueue;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** In [0, 1), for jitter. */
  random: () => number;
}

/**
 * The Lambda handler of a queue. The event source mapping deletes what `batchItemFailures` does not name: a record that
 * is processed, or in the DLQ. What can't be acknowledged stays in the queue.
 */
export const queueHandler =
  <Context>(
    { queue, now, random }: QueueDependencies,
    handle: (
      message: SQSRecord,
      received: ReceiveInfo,
      dispositionOf: (outcome: Outcome) => Disposition,
      context: Context,
    ) => Promise<Disposition>,
  ) =>
  async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
    for (const message of event.Records) {
      const { SentTimestamp, ApproximateReceiveCount } = message.attributes;
      const receiveCount = Number(ApproximateReceiveCount);
      const received = { sentAt: Number(SentTimestamp), receiveCount, receivedAt: now() };
      const dispositionOf = (outcome: Outcome) => dispose(outcome, received, now(), random());
      try {
        const disposition = await handle(message, received, dispositionOf, context);
        if (await acknowledge(message, disposition, queue)) continue;
      } catch (error) {
        logError({ step: 'unacknowledged', messageId: message.messageId, reason: errorClass(error) });
      }
      batchItemFailures.push({ itemIdentifier: message.messageId });
    }
    return { batchItemFailures };
  };

/** Applies a disposition at SQS. @returns true when the message may be deleted. */
async function acknowledge(
  { body, receiptHandle, attributes: { MessageGroupId } }: SQSRecord,
  disposition: Disposition,
  queue: MessageQueue,
): Promise<boolean> {
  if (disposition.kind === 'retry') {
    // If this call fails, the message becomes visible after the queue's own visibility timeout.
    await queue.delay(receiptHandle, disposition.seconds);
    return false;
  }
  if (disposition.kind === 'park') {
    // An envelope with an unreadable payload still names its event.
    const envelope = readEnvelope(body);
    const { reason, errorClass } = disposition;
    const attributes = {
      ...{ reason, errorClass },
      ...(envelope && { eventId: envelope.id, webhook: envelope.webhook }),
    };
    // The message is sent to the DLQ first and deleted from the queue afterwards. A crash in between parks
    // it twice, and readers of the DLQ count an event once.
    // Attributes count towards the limit. A body of the maximum length leaves no room for them. The log has them too.
    await queue.park(body, fits(body, attributes) ? attributes : {}, MessageGroupId ?? envelope?.webhook);
  }
  return true;
}

/** The longest message of SQS, body and attributes (names, types and values) together. */
const longestMessageBytes = 1024 * 1024;

function fits(body: string, attributes: Record<string, string>): boolean {
  const texts = Object.entries(attributes).flatMap(([name, value]) => [name, 'String', value]);
  return [body, ...texts].reduce((sum, text) => sum + Buffer.byteLength(text), 0) <= longestMessageBytes;
}
