import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { Outcome } from '../actions/action.ts';
import { done } from '../actions/action.ts';
import { readRejection } from '../ingest/rejection.ts';
import { errorClass, logError, logWarning } from '../runtime/log.ts';
import type { MessageQueue } from '../worker/acknowledge.ts';
import { acknowledge } from '../worker/acknowledge.ts';
import { dispose, type ReceiveInfo } from '../worker/disposition.ts';
import type { RejectedItems } from './rejected-items.ts';
import { storeRejection } from './store-rejection.ts';

/** Everything that the quarantine's worker needs. */
export interface QuarantineDependencies {
  items: Pick<RejectedItems, 'read' | 'write'>;
  queue: MessageQueue;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** In [0, 1), for jitter. */
  random: () => number;
}

/**
 * The quarantine's Lambda handler: it moves rejected deliveries from its queue into the table. A message is left out of
 * `batchItemFailures`, and so deleted, only when it is stored or in the DLQ. Retries follow the senders' schedule.
 */
export function quarantineHandler(dependencies: QuarantineDependencies) {
  return async (event: SQSEvent): Promise<SQSBatchResponse> => {
    const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
    for (const message of event.Records) {
      if (!(await handleRecord(message, dependencies))) {
        batchItemFailures.push({ itemIdentifier: message.messageId });
      }
    }
    return { batchItemFailures };
  };
}

/** @returns true when the message may be deleted. Never throws: a message that can't be acknowledged stays in the queue. */
async function handleRecord(message: SQSRecord, dependencies: QuarantineDependencies): Promise<boolean> {
  const { now, random } = dependencies;
  const receipt: ReceiveInfo = {
    sentAt: Number(message.attributes.SentTimestamp),
    receiveCount: Number(message.attributes.ApproximateReceiveCount),
    receivedAt: now(),
  };
  try {
    const outcome = await store(message, dependencies);
    const disposition = dispose(outcome, receipt, now(), random());
    return await acknowledge(message, disposition, undefined, dependencies);
  } catch (error) {
    logError({ step: 'unacknowledged', messageId: message.messageId, reason: errorClass(error) });
    return false;
  }
}

async function store({ body, messageId }: SQSRecord, { items }: QuarantineDependencies): Promise<Outcome> {
  const rejection = readRejection(body);
  if (!rejection) {
    const reason = 'the message is not a rejected delivery of the bridge';
    logError({ step: 'parked', messageId, reason });
    return { kind: 'permanent-failure', reason, errorClass: 'UnreadableMessage' };
  }
  const { id: eventId, webhook, correlationId } = rejection;
  try {
    const stored = await storeRejection(rejection, items);
    logWarning({
      step: 'quarantined',
      webhook,
      eventId,
      correlationId,
      deliveries: stored.deliveries,
      reason: `its sender gives up at ${stored.senderGivesUpAt}`,
    });
    return done;
  } catch (error) {
    const reason = `the rejected delivery could not be stored (${errorClass(error)})`;
    logError({ step: 'failed', webhook, eventId, correlationId, reason });
    return { kind: 'retry', reason, errorClass: errorClass(error) };
  }
}
