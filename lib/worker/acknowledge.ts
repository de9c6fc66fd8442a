import type { SQSRecord } from 'aws-lambda';
import type { Outcome } from '../actions/outcome.ts';
import { logError, logInfo, logWarning } from '../runtime/log.ts';
import { measure } from '../runtime/metric.ts';
import { readEnvelope } from '../webhooks/envelope.ts';
import type { Disposition, ReceiveInfo } from './disposition.ts';
import type { Delivery, Processed } from './process.ts';

/** The queue that a worker consumes, and its DLQ. */
export interface MessageQueue {
  /** Makes a received message visible again after `seconds`. */
  delay(receiptHandle: string, seconds: number): Promise<void>;
  /** Sends a message to the DLQ, with these attributes and in its original message group. */
  park(body: string, attributes: Record<string, string>, groupId: string | undefined): Promise<void>;
}

/** The longest message of SQS, body and attributes (names, types and values) together. */
const longestMessageBytes = 1024 * 1024;

function fits(body: string, attributes: Record<string, string>): boolean {
  const texts = Object.entries(attributes).flatMap(([name, value]) => [name, 'String', value]);
  return [body, ...texts].reduce((sum, text) => sum + Buffer.byteLength(text), 0) <= longestMessageBytes;
}

/**
 * Applies a disposition at SQS.
 * @returns true when the message may be deleted.
 */
export async function acknowledge(
  message: SQSRecord,
  disposition: Disposition,
  delivery: Delivery | undefined,
  { queue }: { queue: MessageQueue },
): Promise<boolean> {
  switch (disposition.kind) {
    case 'ack':
      return true;
    case 'retry':
      // If this call fails, the message becomes visible after the queue's own visibility timeout.
      await queue.delay(message.receiptHandle, disposition.seconds);
      return false;
    case 'park': {
      // An envelope with an unreadable payload still names its event.
      const envelope = delivery?.envelope ?? readEnvelope(message.body);
      const attributes = {
        reason: disposition.reason,
        errorClass: disposition.errorClass,
        ...(envelope && { eventId: envelope.id, webhook: envelope.webhook }),
      };
      // The message is sent to the DLQ first and deleted from the queue afterwards. A crash in between parks
      // it twice, and readers of the DLQ count an event once.
      await queue.park(
        message.body,
        // Attributes count towards the limit. A body of the maximum length leaves no room for them. The log
        // has them too.
        fits(message.body, attributes) ? attributes : {},
        message.attributes.MessageGroupId ?? envelope?.webhook,
      );
      return true;
    }
  }
}

/**
 * Logs one line that says everything about an attempt, and measures how long the message took, or has waited.
 * @param now when the attempt ended, milliseconds since the epoch
 */
export function logDisposition(
  disposition: Disposition,
  { receiveCount, sentAt, receivedAt }: ReceiveInfo,
  { envelope }: Delivery,
  { orderId, outcome }: Processed,
  now: number,
): void {
  const { webhook, id: eventId, correlationId } = envelope;
  const ageSeconds = Math.max(0, Math.round((now - sentAt) / 1000));
  const ids = { webhook, eventId, correlationId, orderId };
  const line = { ...ids, attempt: receiveCount, ageSeconds, ms: now - receivedAt };
  switch (disposition.kind) {
    case 'ack':
      logInfo({ step: 'done', ...line, outcome: outcome.kind });
      measure('done-seconds', Math.max(0, (now - Date.parse(envelope.receivedAt)) / 1000));
      break;
    case 'retry':
      logWarning({ step: 'retry', ...line, inSeconds: disposition.seconds, reason: disposition.reason });
      measure(isIgfDown(outcome) ? 'igf-down-seconds' : 'retried-seconds', ageSeconds);
      break;
    case 'park':
      logError({ step: 'parked', ...line, reason: disposition.reason });
      break;
  }
}

const isIgfDown = (outcome: Outcome): boolean =>
  outcome.kind === 'retry' && outcome.errorClass === 'IgfUnavailableError';
