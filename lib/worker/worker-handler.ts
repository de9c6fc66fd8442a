import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { AdvanceDependencies, TimeLeft } from '../actions/context.ts';
import { neverStored, type Outcome } from '../actions/outcome.ts';
import { errorClass, logError } from '../runtime/log.ts';
import { isoTime } from '../runtime/time.ts';
import type { DeliveryAttempt } from '../table/deliveries.ts';
import { whyUnstorable } from '../table/dynamodb.ts';
import type { Sender } from '../webhooks/catalogue.ts';
import { acknowledge, logDisposition, type MessageQueue } from './acknowledge.ts';
import { type Disposition, dispose, type ReceiveInfo } from './disposition.ts';
import { type Delivery, type Processed, processDelivery, readDelivery } from './process.ts';

/** Everything that a worker needs. */
export interface WorkerDependencies extends AdvanceDependencies {
  sender: Sender;
  /** In [0, 1), for jitter. */
  random: () => number;
  queue: MessageQueue;
}

/**
 * A worker's Lambda handler. The event source mapping deletes each record that is not named in
 * `batchItemFailures`, so a record is left out only when it is processed or in the DLQ.
 */
export function workerHandler(dependencies: WorkerDependencies) {
  return async (
    event: SQSEvent,
    context: Pick<Context, 'getRemainingTimeInMillis'>,
  ): Promise<SQSBatchResponse> => {
    const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
    for (const message of event.Records) {
      const timeLeft = () => context.getRemainingTimeInMillis();
      const isAcknowledged = await handleRecord(message, dependencies, timeLeft);
      if (!isAcknowledged) batchItemFailures.push({ itemIdentifier: message.messageId });
    }
    return { batchItemFailures };
  };
}

/** @returns true when the message may be deleted. Never throws: a message that can't be acknowledged stays in the queue. */
async function handleRecord(
  message: SQSRecord,
  dependencies: WorkerDependencies,
  timeLeft: TimeLeft,
): Promise<boolean> {
  const received: ReceiveInfo = {
    sentAt: Number(message.attributes.SentTimestamp),
    receiveCount: Number(message.attributes.ApproximateReceiveCount),
    receivedAt: dependencies.now(),
  };
  const dispositionOf = (outcome: Outcome): Disposition =>
    dispose(outcome, received, dependencies.now(), dependencies.random());
  try {
    const delivery = readDelivery(message.body, dependencies.sender);
    if (!('envelope' in delivery)) {
      logError({ step: 'parked', messageId: message.messageId, reason: delivery.reason });
      return await acknowledge(message, dispositionOf(delivery), undefined, dependencies);
    }

    const processed = await processDelivery(delivery, isoTime(received.sentAt), dependencies, timeLeft);
    const wanted = dispositionOf(processed.outcome);
    const storeFailure = await recordAttempt(delivery, processed, wanted, received, dependencies);
    const final = storeFailure ? unlessRecorded(wanted, dispositionOf(storeFailure)) : wanted;
    logDisposition(final, received, delivery, processed, dependencies.now());
    return await acknowledge(message, final, delivery, dependencies);
  } catch (error) {
    logError({ step: 'unacknowledged', messageId: message.messageId, reason: errorClass(error) });
    return false;
  }
}

/**
 * Processes a message again when its attempt could not be recorded. Another attempt repeats no call and costs
 * little, but in the DLQ the table would not know the message. After the last attempt it is parked all the
 * same.
 */
function unlessRecorded(wanted: Disposition, storeFailure: Disposition): Disposition {
  if (wanted.kind === 'retry') return wanted;
  return wanted.kind === 'park' && storeFailure.kind === 'park' ? wanted : storeFailure;
}

const notRecorded: Outcome = {
  kind: 'retry',
  reason: 'the delivery was not recorded',
  errorClass: 'NotRecorded',
};

/** @returns `undefined` once the attempt is recorded, otherwise the disposition of the message */
async function recordAttempt(
  { envelope, unread }: Delivery,
  { outcome, orderId }: Processed,
  disposition: Disposition,
  received: ReceiveInfo,
  { table, now }: WorkerDependencies,
): Promise<Outcome | undefined> {
  // A delivery without a known order is stored as a waiting event instead.
  if (orderId === undefined) return undefined;
  const at = now();
  const failed = disposition.kind === 'ack' ? undefined : disposition;
  const attempt: DeliveryAttempt = {
    orderId,
    envelope,
    unread,
    outcome: attemptOutcome(outcome, disposition),
    begunAt: isoTime(received.receivedAt),
    at: isoTime(at),
    error: failed?.reason,
    nextAttemptAt: failed?.kind === 'retry' ? isoTime(at + failed.seconds * 1000) : undefined,
  };
  try {
    await table.recordDelivery(attempt);
    return undefined;
  } catch (error) {
    const ids = { orderId, eventId: envelope.id };
    logError({ step: 'delivery-not-recorded', ...ids, reason: errorClass(error) });
    const unstorable = whyUnstorable(error);
    if (!unstorable) return notRecorded;
    // The DLQ has the payload. The table records at least that the delivery came.
    const withoutPayload = { ...envelope, payload: null };
    const parked = { ...attempt, envelope: withoutPayload, outcome: 'parked' as const };
    await table.recordDelivery({ ...parked, error: failed?.reason ?? unstorable, nextAttemptAt: undefined });
    return neverStored(unstorable);
  }
}

function attemptOutcome(outcome: Outcome, { kind }: Disposition): DeliveryAttempt['outcome'] {
  if (kind === 'retry') return 'retry';
  if (kind === 'park') return 'parked';
  return outcome.kind === 'skipped' ? 'skipped' : 'done';
}
