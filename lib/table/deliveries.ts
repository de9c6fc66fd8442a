import {
  type DynamoDBDocumentClient,
  GetCommand,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { clockSkewSeconds } from '../config/timing.ts';
import { addSeconds, epochSeconds } from '../runtime/time.ts';
import type { Envelope } from '../webhooks/envelope.ts';
import { conditionalWrite } from './dynamodb.ts';
import { keys, parkedTask } from './keys.ts';

/** Deliveries of webhooks, each stored under its order. */
export interface Deliveries {
  /** Records an attempt at a delivery. */
  recordDelivery(attempt: DeliveryAttempt): Promise<void>;
  /** Whether any attempt at a delivery was recorded, strongly consistent. */
  hasDelivery(orderId: string, eventId: string, now: string): Promise<boolean>;
}

/** How one attempt at a delivery ended. */
export interface DeliveryAttempt {
  orderId: string;
  envelope: Envelope;
  /** The paths of its fields that can't be read, and count as not sent. */
  unread?: readonly string[] | undefined;
  outcome: 'done' | 'skipped' | 'retry' | 'parked';
  /** When the attempt began, ISO 8601 UTC. */
  begunAt: string;
  /** When the attempt ended, ISO 8601 UTC. */
  at: string;
  /** Why it failed, without payload values. */
  error?: string | undefined;
  /** When the next attempt is due, ISO 8601 UTC. */
  nextAttemptAt?: string | undefined;
}

/**
 * How long a delivery is kept, in seconds. Its payload is personal data, so it expires when questions about
 * it are unlikely.
 */
export const deliveryRetentionSeconds = 90 * 24 * 60 * 60;

/**
 * The update of `EVENT#<event id>`. The content is stored by the first attempt, the outcome by the last. The
 * payload is stored as one string, because DynamoDB refuses some nesting, names and numbers that JSON allows.
 * A parked delivery is in the index `tasks` until another attempt at it ends otherwise.
 *
 * SQS may deliver one message to two workers at once. When one of them has finished or parked it, the other
 * one's `retry` is obsolete: the condition fails, and the stored outcome stays. The attempt that began later
 * counts. The condition allows for clocks that differ between workers. After parking it does not, because an
 * operator may redrive at once.
 */
function deliveryUpdate(attempt: DeliveryAttempt): Omit<UpdateCommandInput, 'TableName'> {
  const { envelope, orderId, unread, outcome, begunAt, at, error, nextAttemptAt } = attempt;
  const first = {
    version: envelope.version,
    receivedAt: envelope.receivedAt,
    correlationId: envelope.correlationId,
    payload: JSON.stringify(envelope.payload),
    ...(unread?.length && { unread }),
  };
  const last = {
    webhook: envelope.webhook,
    expiresAt: epochSeconds(at) + deliveryRetentionSeconds,
    outcome,
    lastAttemptAt: at,
    lastError: error,
    nextAttemptAt,
    task: outcome === 'parked' ? parkedTask : undefined,
    due: outcome === 'parked' ? at : undefined,
  };
  const set = Object.entries(last).filter(([, value]) => value !== undefined);
  const removed = Object.entries(last).flatMap(([name, value]) => (value === undefined ? [name] : []));
  const assignments = [
    ...Object.keys(first).map((name) => `#${name} = if_not_exists(#${name}, :${name})`),
    ...set.map(([name]) => `#${name} = :${name}`),
  ];
  const isRetry = outcome === 'retry';
  return {
    Key: keys.event(orderId, envelope.id),
    UpdateExpression:
      `SET ${assignments.join(', ')}` +
      (removed.length > 0 ? ` REMOVE ${removed.map((name) => `#${name}`).join(', ')}` : '') +
      ' ADD attempts :one',
    ...(isRetry && {
      ConditionExpression: [
        'attribute_not_exists(#outcome)',
        '#outcome = :outcome',
        '#lastAttemptAt < :surelyBefore',
        '(#outcome = :parked AND #lastAttemptAt < :begunAt)',
      ].join(' OR '),
    }),
    ExpressionAttributeNames: Object.fromEntries(
      Object.keys({ ...first, ...last }).map((name) => [`#${name}`, name]),
    ),
    ExpressionAttributeValues: {
      ...Object.fromEntries([...Object.entries(first), ...set].map(([name, value]) => [`:${name}`, value])),
      ':one': 1,
      ...(isRetry && {
        ':begunAt': begunAt,
        ':surelyBefore': addSeconds(begunAt, -clockSkewSeconds),
        ':parked': 'parked',
      }),
    },
  };
}

export const deliveries = (client: DynamoDBDocumentClient, tableName: string): Deliveries => ({
  async recordDelivery(attempt) {
    // The condition fails when a concurrent attempt has finished or parked the delivery: its outcome stays.
    await conditionalWrite(() =>
      client.send(new UpdateCommand({ TableName: tableName, ...deliveryUpdate(attempt) })),
    );
  },

  async hasDelivery(orderId, eventId, now) {
    const { Item } = await client.send(
      new GetCommand({ TableName: tableName, Key: keys.event(orderId, eventId), ConsistentRead: true }),
    );
    return Item !== undefined && Number(Item.expiresAt) > epochSeconds(now);
  },
});
