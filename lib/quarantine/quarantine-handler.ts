import type { SQSRecord } from 'aws-lambda';
import { done, type Outcome } from '../actions/action.ts';
import { readRejection } from '../ingest/rejection.ts';
import { errorClass, logError, logWarning } from '../runtime/log.ts';
import { isOfLaterVersion } from '../webhooks/envelope.ts';
import { type QueueDependencies, queueHandler } from '../worker/acknowledge.ts';
import { ofLaterVersion } from '../worker/disposition.ts';
import { type RejectedItems, storeRejection } from './rejected-delivery.ts';

interface QuarantineDependencies extends QueueDependencies {
  items: RejectedItems;
}

/** Moves rejected deliveries from the queue into the table. Retries follow the senders' schedule. */
export const quarantineHandler = (dependencies: QuarantineDependencies) =>
  queueHandler<void>(dependencies, async (message, _received, dispositionOf) =>
    dispositionOf(await store(message, dependencies)),
  );

async function store({ body, messageId }: SQSRecord, { items }: QuarantineDependencies): Promise<Outcome> {
  const rejection = readRejection(body);
  if (!rejection && isOfLaterVersion(body)) {
    logWarning({ step: 'retry', messageId, reason: ofLaterVersion.reason });
    return ofLaterVersion;
  }
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
      reason: `its sender stops repeating it at ${stored.senderGivesUpAt}`,
    });
    return done;
  } catch (error) {
    const reason = `the rejected delivery could not be stored (${errorClass(error)})`;
    logError({ step: 'failed', webhook, eventId, correlationId, reason });
    return { kind: 'retry', reason, errorClass: errorClass(error) };
  }
}
