import type { SQSRecord } from 'aws-lambda';
import { readEnvelope } from '../envelope.ts';
import { logError, logInfo, logWarning } from '../log.ts';
import type { WorkerDependencies } from './dependencies.ts';
import type { Disposition, Receipt } from './disposition.ts';
import type { Delivery } from './process.ts';

/**
 * Carries a disposition out at SQS.
 * @returns true when the message may be deleted.
 */
export async function settle(
  message: SQSRecord,
  disposition: Disposition,
  delivery: Delivery | undefined,
  { queue }: Pick<WorkerDependencies, 'queue'>,
): Promise<boolean> {
  switch (disposition.kind) {
    case 'ack':
      return true;
    case 'retry':
      // Should this fail, the message is back after the queue's own visibility timeout.
      await queue.delay(message.receiptHandle, disposition.seconds);
      return false;
    case 'park': {
      // Also of a payload that nobody can read: readers of the DLQ fold by event id.
      const envelope = delivery?.envelope ?? readEnvelope(message.body);
      // Into the DLQ first, then out of the queue: a crash in between parks twice, and readers fold by event id.
      await queue.park(
        message.body,
        {
          reason: disposition.reason,
          errorClass: disposition.errorClass,
          ...(envelope && { eventId: envelope.id, webhook: envelope.webhook }),
        },
        message.attributes.MessageGroupId ?? envelope?.webhook,
      );
      return true;
    }
  }
}

/** One line an operator can follow a message by. */
export function announce(
  disposition: Disposition,
  { receiveCount }: Receipt,
  { envelope }: Delivery,
  orderId: string | undefined,
): void {
  const line = {
    webhook: envelope.webhook,
    eventId: envelope.id,
    correlationId: envelope.correlationId,
    orderId,
    attempt: receiveCount,
  };
  switch (disposition.kind) {
    case 'ack':
      logInfo({ step: 'done', ...line });
      break;
    case 'retry':
      logWarning({
        step: 'retry',
        ...line,
        inSeconds: disposition.seconds,
        reason: disposition.reason,
      });
      break;
    case 'park':
      logError({ step: 'parked', ...line, reason: disposition.reason });
      break;
  }
}
