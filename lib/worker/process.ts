import { $ZodError } from 'zod/v4/core';
import { type AdvanceDependencies, done, type Outcome, type TimeLeft } from '../actions/action.ts';
import type { Fact, OrderFact } from '../facts/facts.ts';
import type { IgfFact } from '../facts/igf-facts.ts';
import { IgfError } from '../igf/errors.ts';
import { findMatches } from '../matching/matches.ts';
import { linkToReturn, recordIgfFacts, recordWaiting } from '../record/link.ts';
import { locateReturn } from '../record/locate-return.ts';
import { recordFacts, type WithDecision } from '../record/record-facts.ts';
import { updateForwardedReturns } from '../record/related-shipments.ts';
import type { OrderSnapshot } from '../returns/order.ts';
import { errorClass, logError, logInfo } from '../runtime/log.ts';
import { whyUnstorable } from '../table/dynamodb.ts';
import type { Sender } from '../webhooks/catalogue.ts';
import { type Envelope, isOfLaterVersion, readEnvelope } from '../webhooks/envelope.ts';
import { remarksOf } from '../webhooks/fields.ts';
import { jsonFault } from '../webhooks/json-limits.ts';
import { advance, decidedAhead } from './advance.ts';
import { combineOutcomes, neverStored, ofLaterVersion } from './disposition.ts';

/** A message, read by the definition of its webhook. */
export interface Delivery {
  envelope: Envelope;
  facts: Fact[];
  /** The paths of fields that can't be read, and count as not sent. */
  unread?: string[] | undefined;
  /** The order that a message of the bridge itself advances. Such a message has no facts. */
  orderId?: string | undefined;
}

/** How processing a delivery ended, its order, if that is known, and the rules that decided about its returns. */
export interface Processed {
  outcome: Outcome;
  orderId?: string | undefined;
  rules: string[];
  /** How many items of the order its facts changed; unknown before that point, and of an event of IGF. */
  written?: number | undefined;
}

/** @returns the delivery, or why the message can't be read: people can send any */
export function readDelivery(
  body: string,
  sender: Sender,
): Delivery | Extract<Outcome, { kind: 'permanent-failure' | 'retry' }> {
  const unreadable = (reason: string) => ({
    kind: 'permanent-failure' as const,
    reason,
    errorClass: 'UnreadableMessage',
  });
  const envelope = readEnvelope(body);
  if (!envelope && isOfLaterVersion(body)) return ofLaterVersion;
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
      unread: webhook && remarksOf(webhook.schema, payload).unread,
      orderId: internal?.orderOf(payload),
    };
  } catch (error) {
    if (error instanceof $ZodError) {
      return unreadable(`the payload does not fit the schema of ${envelope.webhook}`);
    }
    throw error;
  }
}

interface MessageContext {
  envelope: Envelope;
  dependencies: AdvanceDependencies;
  advance(order: OrderSnapshot): Promise<Outcome>;
  withDecision: WithDecision;
  /**
   * The delivery's order. Set as soon as it is known, so that its history shows failed attempts too. Of several it is
   * the first, however far an attempt gets: a later attempt must find the record of an earlier one.
   */
  orderId: string | undefined;
  written?: number;
}

/** Records facts, then advances the order. @param enqueuedAt when the message was queued, ISO 8601 UTC */
export async function processDelivery(
  { envelope, facts, orderId }: Delivery,
  enqueuedAt: string,
  dependencies: AdvanceDependencies,
  timeLeft: TimeLeft,
): Promise<Processed> {
  const ofIgf = facts.filter((fact) => fact.kind === 'igf');
  const aboutOrder = facts.filter((fact) => fact.kind !== 'igf');
  const attempt = {
    eventId: envelope.id,
    enqueuedAt,
    rules: new Set<string>(),
    claims: new Set<string>(),
  };
  const context: MessageContext = {
    envelope,
    dependencies,
    advance: (order) => advance(order, attempt, dependencies, timeLeft),
    withDecision: decidedAhead(attempt, dependencies, timeLeft),
    orderId: orderId ?? aboutOrder[0]?.orderId,
  };
  let outcome: Outcome;
  try {
    outcome =
      context.orderId === undefined
        ? await processIgfFacts(ofIgf, context)
        : await processOrderFacts(context.orderId, aboutOrder, context);
  } catch (error) {
    outcome = failureOf(error, context);
  }
  return { outcome, orderId: context.orderId, rules: [...attempt.rules], written: context.written };
}

function failureOf(error: unknown, context: MessageContext): Outcome {
  const unstorable = whyUnstorable(error);
  if (unstorable) return neverStored(unstorable);
  // The message of an IGF error has no values. Any other error may quote a payload, so only its class is used.
  const reason =
    error instanceof IgfError ? error.message : `the attempt failed unexpectedly (${errorClass(error)})`;
  const at = error instanceof Error ? firstFrame(error) : undefined;
  logError({ step: 'failed', ...idsOf(context), reason, at });
  return { kind: 'retry', reason, errorClass: errorClass(error) };
}

/** Where it failed. A line of its message may look like a place, and quote a payload. */
const firstFrame = ({ stack = '', message }: Error): string | undefined =>
  /^ +at .*$/m.exec(stack.replace(message, ''))?.[0].trim();

const idsOf = ({ envelope, orderId }: MessageContext) => {
  const { webhook, id: eventId, correlationId } = envelope;
  return { webhook, eventId, correlationId, orderId };
};

/** Processes a webhook of Winkelstraat or a message of the bridge itself. Both name their one order. */
async function processOrderFacts(
  orderId: string,
  facts: readonly OrderFact[],
  context: MessageContext,
): Promise<Outcome> {
  const { dependencies, withDecision } = context;
  const { order, written } = await recordFacts(orderId, facts, dependencies.table, withDecision);
  context.written = written;
  const outcomes: Outcome[] = [];
  const advanceAll = async (orders: readonly OrderSnapshot[]): Promise<void> => {
    for (const each of orders) outcomes.push(await context.advance(each));
  };
  await advanceAll([order]);
  await advanceAll(await updateForwardedReturns(order, facts, dependencies));
  await advanceAll(await findMatches(order, facts, dependencies));
  const outcome = combineOutcomes(outcomes);
  return outcome.kind === 'skipped' && written > 0 ? done : outcome;
}

/** Processes an event of IGF. It names only IGF's own ids: pointers lead to its return, or the event waits for it. */
async function processIgfFacts(facts: readonly IgfFact[], context: MessageContext): Promise<Outcome> {
  const { envelope, dependencies, withDecision } = context;
  const outcomes: Outcome[] = [];
  for (const [index, fact] of facts.entries()) {
    const located = await locateReturn(fact, `${envelope.id}-${index}`, dependencies);
    if (!located) {
      logInfo({ step: 'waiting', ...idsOf(context), reason: 'no return is linked to it (yet)' });
      continue;
    }
    const { ref, fact: complete, found, waiting, unlinked } = located;
    context.orderId ??= ref.orderId;
    await recordWaiting(found, ref, waiting, dependencies);
    for (const object of unlinked) await linkToReturn(object, ref, dependencies);
    const order = await recordIgfFacts(ref, [complete], { ...dependencies, withDecision });
    outcomes.push(await context.advance(order));
  }
  return combineOutcomes(outcomes);
}
