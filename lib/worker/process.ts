import { $ZodError } from 'zod/v4/core';
import type { AdvanceDependencies, TimeLeft } from '../actions/context.ts';
import { combineOutcomes, done, neverStored, type Outcome, skipped } from '../actions/outcome.ts';
import type { Fact, OrderFact } from '../facts/facts.ts';
import type { IgfFact } from '../facts/igf-facts.ts';
import { IgfError } from '../igf/errors.ts';
import { findMatches } from '../matching/find-matches.ts';
import { linkToReturn, recordIgfFacts, recordWaiting } from '../record/link.ts';
import { locateReturn } from '../record/locate-return.ts';
import { recordFacts } from '../record/record-facts.ts';
import { updateForwardedReturns } from '../record/related-shipments.ts';
import { errorClass, logError, logInfo } from '../runtime/log.ts';
import { whyUnstorable } from '../table/unstorable.ts';
import type { Sender } from '../webhooks/catalogue.ts';
import { type Envelope, readEnvelope } from '../webhooks/envelope.ts';
import { jsonFault } from '../webhooks/json-limits.ts';
import { advance } from './advance.ts';

/** A message that tells something. */
export interface Delivery {
  envelope: Envelope;
  facts: Fact[];
  /** The order that is to be advanced without a fact about it. */
  orderId?: string | undefined;
}

/** How working on a delivery ended, and which order's story it belongs to, where that is known. */
export interface Processed {
  outcome: Outcome;
  orderId?: string | undefined;
}

const isAboutIgf = (fact: Fact): fact is IgfFact => fact.kind === 'igf';
const isAboutOrder = (fact: Fact): fact is OrderFact => fact.kind !== 'igf';

/** What a message says, or why no attempt will make sense of it: anybody can put anything on a queue by hand. */
export function readDelivery(
  body: string,
  sender: Sender,
): Delivery | Extract<Outcome, { kind: 'permanent-failure' }> {
  const unreadable = (reason: string) => ({
    kind: 'permanent-failure' as const,
    reason,
    errorClass: 'UnreadableMessage',
  });
  const envelope = readEnvelope(body);
  if (!envelope) return unreadable('the message is not an envelope of the bridge');
  const webhook = sender.webhooks.find(({ name }) => name === envelope.webhook);
  const internal = sender.internal?.find(({ name }) => name === envelope.webhook);
  if (!webhook && !internal) return unreadable(`the catalogue of ${sender.name} has no such webhook`);
  const { payload, receivedAt } = envelope;
  const fault = jsonFault(payload);
  if (fault) return unreadable(`the payload ${fault.message}`);
  try {
    return {
      envelope,
      facts: webhook?.facts(payload, receivedAt) ?? [],
      orderId: internal?.orderOf(payload),
    };
  } catch (error) {
    if (error instanceof $ZodError) {
      return unreadable(`the payload does not have the shape of ${envelope.webhook}`);
    }
    throw error;
  }
}

/** Records what a delivery told, if anything, then advances its order. Whatever goes wrong unexpectedly is worth another attempt. */
export async function processDelivery(
  { envelope, facts, orderId: told }: Delivery,
  enqueuedAt: string,
  dependencies: AdvanceDependencies,
  timeLeft: TimeLeft,
): Promise<Processed> {
  const aboutOrder = facts.filter(isAboutOrder);
  let orderId = told ?? aboutOrder[0]?.orderId;
  const onLocated = (found: string): void => {
    orderId = found;
  };
  const work = { envelope, attempt: { eventId: envelope.id, enqueuedAt }, dependencies, timeLeft };
  try {
    const outcome =
      orderId === undefined
        ? await processIgfFacts(facts.filter(isAboutIgf), work, onLocated)
        : await processOrderFacts(orderId, aboutOrder, work);
    return { outcome, orderId };
  } catch (error) {
    const unstorable = whyUnstorable(error);
    if (unstorable) return { outcome: neverStored(unstorable), orderId };
    const { id: eventId, webhook, correlationId } = envelope;
    // What is said of an IGF call names no values; of any other error only its class is told.
    const reason =
      error instanceof IgfError ? error.message : `the attempt failed unexpectedly (${errorClass(error)})`;
    logError({ step: 'failed', webhook, eventId, correlationId, orderId, reason, at: firstOwnFrame(error) });
    return { outcome: { kind: 'retry', reason, errorClass: errorClass(error) }, orderId };
  }
}

interface OpenTask {
  envelope: Envelope;
  attempt: { eventId: string; enqueuedAt: string };
  dependencies: AdvanceDependencies;
  timeLeft: TimeLeft;
}

/** What Winkelstraat tells is about one order, which it names; the bridge itself names one and tells nothing. */
async function processOrderFacts(
  orderId: string,
  facts: readonly OrderFact[],
  { envelope, attempt, dependencies, timeLeft }: OpenTask,
): Promise<Outcome> {
  const { order, written } = await recordFacts(orderId, facts, dependencies.table);
  const { id: eventId, webhook, correlationId } = envelope;
  logInfo({ step: 'recorded', webhook, eventId, correlationId, orderId, facts: facts.length, written });
  const outcomes = [await advance(order, attempt, dependencies, timeLeft)];
  for (const concerned of await updateForwardedReturns(order, facts, dependencies)) {
    outcomes.push(await advance(concerned, attempt, dependencies, timeLeft));
  }
  for (const concerned of await findMatches(order, facts, dependencies)) {
    outcomes.push(await advance(concerned, attempt, dependencies, timeLeft));
  }
  const outcome = combineOutcomes(outcomes);
  return outcome.kind === 'skipped' && written > 0 ? done : outcome;
}

/**
 * What IGF tells names IGF's own ids: the return is found by pointers, or the event waits for it.
 * @param onLocated is told the order at once, whose story also tells of an attempt that fails afterwards
 */
async function processIgfFacts(
  facts: readonly IgfFact[],
  { envelope, attempt, dependencies, timeLeft }: OpenTask,
  onLocated: (orderId: string) => void,
): Promise<Outcome> {
  const { id: eventId, webhook, correlationId } = envelope;
  const outcomes: Outcome[] = [];
  for (const [index, fact] of facts.entries()) {
    const located = await locateReturn(fact, `${eventId}-${index}`, dependencies);
    if (!located) {
      logInfo({
        step: 'waiting',
        webhook,
        eventId,
        correlationId,
        reason: 'no return is linked to it (yet)',
      });
      outcomes.push(skipped);
      continue;
    }
    const { ref, fact: complete, found, unlinked } = located;
    const { orderId } = ref;
    onLocated(orderId);
    await recordWaiting(found, ref, dependencies);
    for (const object of unlinked) await linkToReturn(object, ref, dependencies);
    const order = await recordIgfFacts(ref, [complete], dependencies);
    logInfo({ step: 'recorded', webhook, eventId, correlationId, orderId });
    outcomes.push(await advance(order, attempt, dependencies, timeLeft));
  }
  return combineOutcomes(outcomes);
}

/** Where it failed; the message of an unexpected error is not logged, because it may quote a payload. */
const firstOwnFrame = (error: unknown): string | undefined =>
  error instanceof Error
    ? error.stack
        ?.split('\n')
        .find((line) => /^\s+at /.test(line))
        ?.trim()
    : undefined;
