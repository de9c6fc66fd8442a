import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { Outcome } from '../actions/outcome.ts';
import { done } from '../actions/outcome.ts';
import { readRejection } from '../ingest/rejection.ts';
import { errorClass, logError, logWarning } from '../runtime/log.ts';
import { settle } from '../worker/acknowledge.ts';
import type { WorkerDependencies } from '../worker/dependencies.ts';
import { dispose, type ReceiveInfo } from '../worker/disposition.ts';
import type { RejectedItems } from './rejected-items.ts';
import { storeRejection } from './store-rejection.ts';

/** What the worker of the quarantine works with. */
export interface QuarantineDependencies {
  items: Pick<RejectedItems, 'read' | 'write'>;
  queue: WorkerDependencies['queue'];
  /** Milliseconds since the epoch. */
  now: () => number;
  /** In [0, 1), for jitter. */
  random: () => number;
}

/**
 * The quarantine's Lambda handler: from its queue into the table. A message is left unnamed in `batchItemFailures`, and so
 * deleted, only when it is kept or stands in the DLQ. It is retried like a sender's own.
 */
export function quarantineHandler(dependencies: QuarantineDependencies) {
  return async (event: SQSEvent): Promise<SQSBatchResponse> => {
    const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
    for (const message of event.Records) {
      if (!(await task(message, dependencies))) {
        batchItemFailures.push({ itemIdentifier: message.messageId });
      }
    }
    return { batchItemFailures };
  };
}

/** @returns true when the message may be deleted. Never throws: a message that can't be settled stays in the queue. */
async function task(message: SQSRecord, dependencies: QuarantineDependencies): Promise<boolean> {
  const { now, random } = dependencies;
  const receipt: ReceiveInfo = {
    sentAt: Number(message.attributes.SentTimestamp),
    receiveCount: Number(message.attributes.ApproximateReceiveCount),
    receivedAt: now(),
  };
  try {
    const outcome = await keepMessage(message, dependencies);
    const disposition = dispose(outcome, receipt, now(), random());
    return await settle(message, disposition, undefined, dependencies);
  } catch (error) {
    logError({ step: 'unsettled', messageId: message.messageId, reason: errorClass(error) });
    return false;
  }
}

async function keepMessage(
  { body, messageId }: SQSRecord,
  { items }: QuarantineDependencies,
): Promise<Outcome> {
  const rejection = readRejection(body);
  if (!rejection) {
    const reason = 'the message is not a rejected delivery of the bridge';
    logError({ step: 'parked', messageId, reason });
    return { kind: 'permanent-failure', reason, errorClass: 'UnreadableMessage' };
  }
  const { id: eventId, webhook, correlationId } = rejection;
  try {
    const kept = await storeRejection(rejection, items);
    logWarning({
      step: 'quarantined',
      webhook,
      eventId,
      correlationId,
      deliveries: kept.deliveries,
      reason: `its sender gives up at ${kept.senderGivesUpAt}`,
    });
    return done;
  } catch (error) {
    const reason = `the rejected delivery could not be kept (${errorClass(error)})`;
    logError({ step: 'failed', webhook, eventId, correlationId, reason });
    return { kind: 'retry', reason, errorClass: errorClass(error) };
  }
}
