import { clockSkewSeconds } from '../config/timing.ts';
import { addSeconds, epochSeconds } from '../runtime/time.ts';
import type { Envelope } from '../webhooks/envelope.ts';
import { isLive, type TableItems } from './dynamodb.ts';
import { keys, parkedTask, retriedTask } from './keys.ts';

export interface DeliveryAttempt {
  /** Undefined for an IGF event that is retried before its order was found. */
  orderId: string | undefined;
  envelope: Envelope;
  /** The paths of its fields that can't be read, and count as not sent. */
  unread?: readonly string[] | undefined;
  outcome: 'done' | 'skipped' | 'retry' | 'parked';
  /** When its message was put on the queue, ISO 8601 UTC. */
  enqueuedAt: string;
  /** When the attempt began, ISO 8601 UTC. */
  begunAt: string;
  /** When the attempt ended, ISO 8601 UTC. */
  at: string;
  /** Why it failed, without payload values. */
  error?: string | undefined;
  /** The class of the failure: `IgfUnavailableError` while IGF can't be reached. */
  errorClass?: string | undefined;
  /** When the next attempt is due, ISO 8601 UTC. */
  nextAttemptAt?: string | undefined;
}

/** How long a delivery is kept, in seconds. Its payload is personal data, and by then questions are unlikely. */
export const deliveryRetentionSeconds = 90 * 24 * 60 * 60;

/** How long after its next attempt was due an event without a known order is listed as retried, in seconds. */
const unlocatedSeconds = 5 * 60;

export const deliveries = (items: TableItems) => ({
  /**
   * Records an attempt. The first stores the content, the last the outcome. The payload is one string, because
   * DynamoDB refuses some nesting, names and numbers of JSON. A parked or retried delivery is in the index `tasks`
   * until an attempt ends otherwise. Without a known order it is there only until its next attempt is due.
   */
  async recordDelivery(attempt: DeliveryAttempt): Promise<void> {
    const { envelope, orderId, unread, outcome, at, error = null, nextAttemptAt = null } = attempt;
    const { enqueuedAt, errorClass = null } = attempt;
    const { version, receivedAt, correlationId, webhook } = envelope;
    const waits = { parked: [parkedTask, at], retry: [retriedTask, enqueuedAt] } as const;
    const [task, due] = outcome === 'parked' || outcome === 'retry' ? waits[outcome] : [null, null];
    const isKept = orderId !== undefined;
    const content = { payload: JSON.stringify(envelope.payload), ...(unread?.length && { unread }) };
    await items.update(
      isKept ? keys.event(orderId, envelope.id) : keys.unlocated(envelope.id),
      {
        setOnce: { version, receivedAt, correlationId, ...(isKept && content) },
        set: {
          webhook,
          expiresAt: isKept
            ? epochSeconds(at) + deliveryRetentionSeconds
            : epochSeconds(nextAttemptAt ?? at) + unlocatedSeconds,
          outcome,
          lastAttemptAt: at,
          lastError: error,
          lastErrorClass: errorClass,
          nextAttemptAt,
          task,
          due,
        },
        // An attempt that went well adds nothing. An operator's redrive shortens the list.
        append: { failures: error === null ? undefined : `${at} ${error}` },
        add: { attempts: 1 },
      },
      outcome === 'retry' ? unlessObsolete(attempt) : {},
    );
  },

  /** Whether any attempt at a delivery was recorded. */
  async hasDelivery(orderId: string, eventId: string, now: string): Promise<boolean> {
    const item = await items.get(keys.event(orderId, eventId));
    return item !== undefined && isLive(item, now);
  },
});
export type Deliveries = ReturnType<typeof deliveries>;

/**
 * The condition of a `retry`. SQS may deliver one message to two workers at once: when one has finished or parked it,
 * the other one's `retry` is obsolete. The attempt that began later counts. The condition allows for clocks that differ
 * between workers, but not after parking: an operator may redrive at once.
 */
const unlessObsolete = ({ begunAt }: DeliveryAttempt) => ({
  ConditionExpression: [
    'attribute_not_exists(#outcome)',
    '#outcome = :outcome',
    '#lastAttemptAt < :surelyBefore',
    '(#outcome = :parked AND #lastAttemptAt < :begunAt)',
  ].join(' OR '),
  ExpressionAttributeValues: {
    ':begunAt': begunAt,
    ':surelyBefore': addSeconds(begunAt, -clockSkewSeconds),
    ':parked': 'parked',
  },
});
