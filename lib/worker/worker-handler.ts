import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { errorClass, logError } from '../log.ts';
import type { TimeLeft, WorkerDependencies } from './dependencies.ts';
import { type Disposition, dispose, type Receipt } from './disposition.ts';
import type { Outcome } from './outcome.ts';
import { type Delivery, processDelivery, readDelivery } from './process.ts';
import { announce, settle } from './settle.ts';

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
  const receipt: Receipt = {
    sentAt: Number(message.attributes.SentTimestamp),
    receiveCount: Number(message.attributes.ApproximateReceiveCount),
    receivedAt: dependencies.now(),
  };
  try {
    const delivery = readDelivery(message.body, dependencies.sender);
    const readable = 'envelope' in delivery ? delivery : undefined;
    const outcome: Outcome = readable
      ? await processDelivery(readable, new Date(receipt.sentAt).toISOString(), dependencies, timeLeft)
      : (delivery as Outcome);
    const disposition = dispose(outcome, receipt, dependencies.now(), dependencies.random());
    const kept = readable ? await keepStory(readable, outcome, disposition, dependencies) : true;
    // A delivery whose story could not be kept is worked on again: that changes nothing and costs little.
    const final: Disposition =
      disposition.kind === 'ack' && !kept
        ? dispose(
            { kind: 'retry', reason: 'the delivery was not recorded', errorClass: 'NotRecorded' },
            receipt,
            dependencies.now(),
            dependencies.random(),
          )
        : disposition;
    announce(final, receipt, readable);
    return await settle(message, final, readable, dependencies);
  } catch (error) {
    logError({ step: 'unsettled', messageId: message.messageId, reason: errorClass(error) });
    return false;
  }
}

async function keepStory(
  { orderId, envelope }: Delivery,
  outcome: Outcome,
  disposition: Disposition,
  { table, now }: WorkerDependencies,
): Promise<boolean> {
  const at = now();
  const failed = disposition.kind === 'ack' ? undefined : disposition;
  try {
    await table.recordDelivery({
      orderId,
      envelope,
      outcome: failed
        ? failed.kind === 'park'
          ? 'parked'
          : 'retry'
        : outcome.kind === 'skipped'
          ? 'skipped'
          : 'done',
      at: new Date(at).toISOString(),
      error: failed?.reason,
      nextAttemptAt:
        failed?.kind === 'retry' ? new Date(at + failed.seconds * 1000).toISOString() : undefined,
    });
    return true;
  } catch (error) {
    logError({ step: 'delivery-not-recorded', orderId, eventId: envelope.id, reason: errorClass(error) });
    return false;
  }
}
