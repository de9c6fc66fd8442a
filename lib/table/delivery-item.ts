import type { UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { clockSkewSeconds } from '../config/timing.ts';
import type { Envelope } from '../webhooks/envelope.ts';
import { keys, parkedTask } from './keys.ts';

/** How one attempt at a delivery ended. */
export interface DeliveryAttempt {
  orderId: string;
  envelope: Envelope;
  outcome: 'done' | 'skipped' | 'retry' | 'parked';
  /** When the attempt began, ISO 8601 UTC. */
  begunAt: string;
  /** When the attempt ended, ISO 8601 UTC. */
  at: string;
  /** Why it was not done, without payload values. */
  error?: string | undefined;
  /** When the next attempt is due, ISO 8601 UTC. */
  nextAttemptAt?: string | undefined;
}

/** A delivery's payload is personal data: it is kept as long as somebody may ask about the order, in seconds. */
export const deliveryRetentionSeconds = 90 * 24 * 60 * 60;

/**
 * The update of `EVENT#<event id>`: what came is kept from the first time, what became of it from the last. The
 * payload is one string, because DynamoDB refuses some nesting, names and numbers that JSON allows. What is parked stands
 * in the index `tasks` from then on, until another attempt at it ends otherwise.
 *
 * SQS may hand one message to two workers at once. When one of them is done with it or has parked it, the other one's
 * `retry` is of a message that is gone: the condition fails, and what stands is true. An attempt that began later counts;
 * by how much the clocks of two workers may be apart is allowed for, but not where an operator may redrive in that time.
 */
export function deliveryUpdate(attempt: DeliveryAttempt): Omit<UpdateCommandInput, 'TableName'> {
  const { envelope, orderId, outcome, begunAt, at, error, nextAttemptAt } = attempt;
  const task = outcome === 'parked' ? { task: parkedTask, due: at } : { task: undefined, due: undefined };
  const lastly = { lastError: error, nextAttemptAt, ...task };
  const set = Object.entries(lastly).filter(([, value]) => value !== undefined);
  const removed = Object.entries(lastly).flatMap(([name, value]) => (value === undefined ? [name] : []));
  return {
    Key: keys.event(orderId, envelope.id),
    UpdateExpression:
      `SET ${[
        'webhook = :webhook',
        '#version = if_not_exists(#version, :version)',
        'receivedAt = if_not_exists(receivedAt, :receivedAt)',
        'correlationId = if_not_exists(correlationId, :correlationId)',
        'payload = if_not_exists(payload, :payload)',
        'expiresAt = :expiresAt',
        'outcome = :outcome',
        'lastAttemptAt = :at',
        ...set.map(([name]) => `#${name} = :${name}`),
      ].join(', ')}` +
      (removed.length > 0 ? ` REMOVE ${removed.map((name) => `#${name}`).join(', ')}` : '') +
      ' ADD attempts :one',
    ...(outcome === 'retry' && {
      ConditionExpression: [
        'attribute_not_exists(outcome)',
        'outcome = :outcome',
        'lastAttemptAt < :surelyBefore',
        '(outcome = :parked AND lastAttemptAt < :begunAt)',
      ].join(' OR '),
    }),
    ExpressionAttributeNames: {
      '#version': 'version',
      ...Object.fromEntries(Object.keys(lastly).map((name) => [`#${name}`, name])),
    },
    ExpressionAttributeValues: {
      ':webhook': envelope.webhook,
      ':version': envelope.version,
      ':receivedAt': envelope.receivedAt,
      ':correlationId': envelope.correlationId,
      ':payload': JSON.stringify(envelope.payload),
      ':expiresAt': Math.floor(Date.parse(at) / 1000) + deliveryRetentionSeconds,
      ':outcome': outcome,
      ':at': at,
      ':one': 1,
      ...(outcome === 'retry' && {
        ':begunAt': begunAt,
        ':surelyBefore': shifted(begunAt, -clockSkewSeconds),
        ':parked': 'parked',
      }),
      ...Object.fromEntries(set.map(([name, value]) => [`:${name}`, value])),
    },
  };
}

const shifted = (time: string, seconds: number): string =>
  new Date(Date.parse(time) + seconds * 1000).toISOString();
