import { $ZodError } from 'zod/v4/core';
import type { Sender } from '../catalogue.ts';
import { type Envelope, readEnvelope } from '../envelope.ts';
import type { Fact } from '../facts.ts';
import { errorClass, logError, logInfo } from '../log.ts';
import { advance } from './advance.ts';
import type { TimeLeft, WorkerDependencies } from './dependencies.ts';
import { done, type Outcome } from './outcome.ts';
import { record } from './record.ts';

/** A message that tells something about an order. */
export interface Delivery {
  envelope: Envelope;
  orderId: string;
  facts: Fact[];
}

/** What a message says, or why no attempt will make sense of it: anybody can put anything on a queue by hand. */
export function readDelivery(
  body: string,
  sender: Sender,
): Delivery | Extract<Outcome, { kind: 'rejected' }> {
  const unreadable = (reason: string) => ({
    kind: 'rejected' as const,
    reason,
    errorClass: 'UnreadableMessage',
  });
  const envelope = readEnvelope(body);
  if (!envelope) return unreadable('the message is not an envelope of the bridge');
  const webhook = sender.webhooks.find(({ name }) => name === envelope.webhook);
  if (!webhook) return unreadable(`the catalogue of ${sender.name} has no such webhook`);
  try {
    const facts = webhook.facts(envelope.payload, envelope.receivedAt);
    const orderId = facts[0]?.orderId;
    return orderId === undefined ? unreadable('the payload names no order') : { envelope, orderId, facts };
  } catch (error) {
    if (error instanceof $ZodError)
      return unreadable(`the payload does not have the shape of ${webhook.name}`);
    throw error;
  }
}

/** Records what a delivery told, then advances its order. Whatever goes wrong unexpectedly is worth another attempt. */
export async function processDelivery(
  { envelope, orderId, facts }: Delivery,
  enqueuedAt: string,
  dependencies: WorkerDependencies,
  timeLeft: TimeLeft,
): Promise<Outcome> {
  const { id: eventId, webhook, correlationId } = envelope;
  const line = { webhook, eventId, correlationId, orderId };
  try {
    const { story, written } = await record(orderId, facts, dependencies.table);
    logInfo({ step: 'recorded', ...line, facts: facts.length, written });
    const outcome = await advance(story, { eventId, enqueuedAt }, dependencies, timeLeft);
    return outcome.kind === 'skipped' && written > 0 ? done : outcome;
  } catch (error) {
    const reason = `the attempt failed unexpectedly (${errorClass(error)})`;
    logError({ step: 'failed', ...line, reason, at: firstOwnFrame(error) });
    return { kind: 'retry', reason, errorClass: errorClass(error) };
  }
}

/** Where it failed; the message of an unexpected error is not logged, because it may quote a payload. */
const firstOwnFrame = (error: unknown): string | undefined =>
  error instanceof Error
    ? error.stack
        ?.split('\n')
        .find((line) => /^\s+at /.test(line))
        ?.trim()
    : undefined;
