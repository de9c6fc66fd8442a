import type { Context } from 'aws-lambda';
import type { AdvanceDependencies, Outcome } from '../actions/action.ts';
import { errorClass, logError, logInfo, logWarning, measure } from '../runtime/log.ts';
import { isoTime } from '../runtime/time.ts';
import type { DeliveryAttempt } from '../table/deliveries.ts';
import { whyUnstorable } from '../table/dynamodb.ts';
import type { Sender } from '../webhooks/catalogue.ts';
import { type QueueDependencies, queueHandler } from './acknowledge.ts';
import { type Disposition, neverStored, type ReceiveInfo } from './disposition.ts';
import { type Delivery, type Processed, processDelivery, readDelivery } from './process.ts';

export interface WorkerDependencies extends AdvanceDependencies, QueueDependencies {
  sender: Sender;
}

export const workerHandler = (dependencies: WorkerDependencies) =>
  queueHandler<Pick<Context, 'getRemainingTimeInMillis'>>(
    dependencies,
    async (message, received, dispositionOf, context) => {
      const delivery = readDelivery(message.body, dependencies.sender);
      if (!('envelope' in delivery)) {
        const disposition = dispositionOf(delivery);
        logUnread(disposition, message.messageId, received, dependencies.now());
        return disposition;
      }
      const timeLeft = () => context.getRemainingTimeInMillis();
      const processed = await processDelivery(delivery, isoTime(received.sentAt), dependencies, timeLeft);
      const wanted = dispositionOf(processed.outcome);
      const storeFailure = await recordAttempt(delivery, processed, wanted, received, dependencies);
      const final = storeFailure ? unlessRecorded(wanted, dispositionOf(storeFailure)) : wanted;
      logDisposition(final, received, delivery, processed, dependencies.now());
      return final;
    },
  );

/**
 * An attempt that could not be recorded is repeated: that repeats no call, but in the DLQ the table would not know the
 * message. After the last attempt it is parked all the same.
 */
function unlessRecorded(wanted: Disposition, storeFailure: Disposition): Disposition {
  if (wanted.kind === 'retry') return wanted;
  return wanted.kind === 'park' && storeFailure.kind === 'park' ? wanted : storeFailure;
}

/** Logs the line of a message that could not be read. */
function logUnread(disposition: Disposition, messageId: string, { sentAt }: ReceiveInfo, now: number): void {
  if (disposition.kind === 'park') logError({ step: 'parked', messageId, reason: disposition.reason });
  if (disposition.kind !== 'retry') return;
  const ageSeconds = Math.max(0, Math.round((now - sentAt) / 1000));
  const { seconds: inSeconds, reason } = disposition;
  logWarning({ step: 'retry', messageId, ageSeconds, inSeconds, reason });
  measure('retried-seconds', ageSeconds);
}

const attemptOutcomes = { ack: 'done', retry: 'retry', park: 'parked' } as const;

/** @returns `undefined` once the attempt is recorded, otherwise the disposition of the message */
async function recordAttempt(
  { envelope, unread }: Delivery,
  { outcome, orderId }: Processed,
  disposition: Disposition,
  received: ReceiveInfo,
  { table, now }: WorkerDependencies,
): Promise<Outcome | undefined> {
  // A delivery without a known order is stored as a waiting event instead, once its worker knows that.
  if (orderId === undefined && disposition.kind !== 'retry') return undefined;
  const at = now();
  const failed = disposition.kind === 'ack' ? undefined : disposition;
  const isSkipped = !failed && outcome.kind === 'skipped';
  const attempt: DeliveryAttempt = {
    orderId,
    envelope,
    unread,
    outcome: isSkipped ? 'skipped' : attemptOutcomes[disposition.kind],
    enqueuedAt: isoTime(received.sentAt),
    begunAt: isoTime(received.receivedAt),
    at: isoTime(at),
    error: failed?.reason,
    errorClass: failed && 'errorClass' in outcome ? outcome.errorClass : undefined,
    nextAttemptAt: failed?.kind === 'retry' ? isoTime(at + failed.seconds * 1000) : undefined,
  };
  try {
    await table.recordDelivery(attempt);
    return undefined;
  } catch (error) {
    const ids = { orderId, eventId: envelope.id };
    logError({ step: 'delivery-not-recorded', ...ids, reason: errorClass(error) });
    const unstorable = whyUnstorable(error);
    if (!unstorable) {
      return { kind: 'retry', reason: 'the delivery was not recorded', errorClass: 'NotRecorded' };
    }
    // The DLQ has the payload. The table records at least that the delivery came.
    const withoutPayload = { ...envelope, payload: null };
    const parked = { ...attempt, envelope: withoutPayload, outcome: 'parked' as const };
    await table.recordDelivery({ ...parked, error: failed?.reason ?? unstorable, nextAttemptAt: undefined });
    return neverStored(unstorable);
  }
}

/** Logs the one line that says everything about an attempt, and measures the message's time until done, or its age. */
function logDisposition(
  disposition: Disposition,
  { receiveCount, sentAt, receivedAt }: ReceiveInfo,
  { envelope }: Delivery,
  { orderId, outcome, rules, written }: Processed,
  now: number,
): void {
  const { webhook, id: eventId, correlationId } = envelope;
  const ageSeconds = Math.max(0, Math.round((now - sentAt) / 1000));
  const ids = { webhook, eventId, correlationId, orderId };
  const rule = rules.join(', ') || undefined;
  const attempt = { attempt: receiveCount, ageSeconds, ms: now - receivedAt, outcome: outcome.kind };
  const line = { ...ids, ...attempt, rule, written };
  switch (disposition.kind) {
    case 'ack':
      logInfo({ step: 'done', ...line });
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
