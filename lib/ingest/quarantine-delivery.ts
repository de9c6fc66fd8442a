import { randomUUID } from 'node:crypto';
import { largestBodyBytes, largestKeptBytes } from '../config/limits.ts';
import { logAlarm } from '../runtime/log.ts';
import { isoTime } from '../runtime/time.ts';
import type { Webhook } from '../webhooks/webhook.ts';
import type { Enqueue } from './delivery.ts';
import { notStored } from './problem.ts';
import type { Reading } from './read-body.ts';
import { writeRejection } from './rejection.ts';

/** What is kept of a delivery beside its body. */
interface Received {
  version: string;
  correlationId: string;
  /** Milliseconds since the epoch. */
  now: number;
}

/**
 * Puts a body that is refused, or accepted without some of its list entries, on the queue of the quarantine before the
 * answer is given: nothing that shows the right key is lost. One that is too large to be kept raises an alarm.
 * @throws Problem 503 when SQS does not take the message: the sender still has it, and delivers again
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
  const message = {
    body: writeRejection({
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
    }),
    groupId: webhook.name,
  };
  try {
    await reject(message);
  } catch (cause) {
    throw notStored(cause);
  }
}
