import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { TimeLeft } from '../actions/context.ts';
import { neverStored, type Outcome } from '../actions/outcome.ts';
import { errorClass, logError } from '../runtime/log.ts';
import { isoTime } from '../runtime/time.ts';
import type { DeliveryAttempt } from '../table/deliveries.ts';
import { whyUnstorable } from '../table/unstorable.ts';
import { announce, settle } from './acknowledge.ts';
import type { WorkerDependencies } from './dependencies.ts';
import { type Disposition, dispose, type ReceiveInfo } from './disposition.ts';
import { type Delivery, type Processed, processDelivery, readDelivery } from './process.ts';

/**
 * A worker's Lambda handler. A record that is not named in `batchItemFailures` is deleted by the event source mapping,
 * so a message is only left unnamed when its work is done or it stands in the DLQ.
 */
export function workerHandler(dependencies: WorkerDependencies) {
  return async (
    event: SQSEvent,
    context: Pick<Context, 'getRemainingTimeInMillis'>,
  ): Promise<SQSBatchResponse> => {
    const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
    for (const message of event.Records) {
      const acknowledged = await work(message, dependencies, () => context.getRemainingTimeInMillis());
      if (!acknowledged) batchItemFailures.push({ itemIdentifier: message.messageId });
    }
    return { batchItemFailures };
  };
}

/** @returns true when the message may be deleted. Never throws: a message that can't be settled stays in the queue. */
async function work(
  message: SQSRecord,
  dependencies: WorkerDependencies,
  timeLeft: TimeLeft,
): Promise<boolean> {
  const receipt: ReceiveInfo = {
    sentAt: Number(message.attributes.SentTimestamp),
    receiveCount: Number(message.attributes.ApproximateReceiveCount),
    receivedAt: dependencies.now(),
  };
  const dispositionOf = (outcome: Outcome): Disposition =>
    dispose(outcome, receipt, dependencies.now(), dependencies.random());
  try {
    const delivery = readDelivery(message.body, dependencies.sender);
    if (!('envelope' in delivery)) {
      logError({ step: 'parked', messageId: message.messageId, reason: delivery.reason });
      return await settle(message, dispositionOf(delivery), undefined, dependencies);
    }

    const enqueuedAt = isoTime(receipt.sentAt);
    const processed = await processDelivery(delivery, enqueuedAt, dependencies, timeLeft);
    const wanted = dispositionOf(processed.outcome);
    const storeFailure = await recordAttempt(delivery, processed, wanted, receipt, dependencies);
    const final = storeFailure ? unlessRecorded(wanted, dispositionOf(storeFailure)) : wanted;
    announce(final, receipt, delivery, processed.orderId);
    return await settle(message, final, delivery, dependencies);
  } catch (error) {
    logError({ step: 'unsettled', messageId: message.messageId, reason: errorClass(error) });
    return false;
  }
}

/**
 * A message whose story could not be kept is worked on again: that changes nothing and costs little. In the DLQ it would
 * be one that the table knows nothing of. Only when there is no other attempt left it goes there all the same.
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

/** @returns undefined once the story is kept, or what becomes of a message whose story is not */
async function recordAttempt(
  { envelope }: Delivery,
  { outcome, orderId }: Processed,
  disposition: Disposition,
  receipt: ReceiveInfo,
  { table, now }: WorkerDependencies,
): Promise<Outcome | undefined> {
  // Without an order there is no story: what waits for its return is kept as waiting.
  if (orderId === undefined) return undefined;
  const at = now();
  const failed = disposition.kind === 'ack' ? undefined : disposition;
  const attempt: DeliveryAttempt = {
    orderId,
    envelope,
    outcome: failed
      ? failed.kind === 'park'
        ? 'parked'
        : 'retry'
      : outcome.kind === 'skipped'
        ? 'skipped'
        : 'done',
    begunAt: isoTime(receipt.receivedAt),
    at: isoTime(at),
    error: failed?.reason,
    nextAttemptAt: failed?.kind === 'retry' ? isoTime(at + failed.seconds * 1000) : undefined,
  };
  const line = { step: 'delivery-not-recorded', orderId, eventId: envelope.id };
  try {
    await table.recordDelivery(attempt);
    return undefined;
  } catch (error) {
    logError({ ...line, reason: errorClass(error) });
    const unstorable = whyUnstorable(error);
    if (!unstorable) return notRecorded;
    // What came is in the DLQ then; the story says at least that it came.
    const withoutPayload = { ...envelope, payload: null };
    const parked = { ...attempt, envelope: withoutPayload, outcome: 'parked' as const };
    await table.recordDelivery({ ...parked, error: failed?.reason ?? unstorable, nextAttemptAt: undefined });
    return neverStored(unstorable);
  }
}
