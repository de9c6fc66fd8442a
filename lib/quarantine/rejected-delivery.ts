import { promiseSeconds } from '../config/retry-schedule.ts';
import type { Rejection } from '../ingest/rejection.ts';
import type { Fault } from '../webhooks/json.ts';

/** A delivery that was answered 406, with every repetition of it folded into one. Times are ISO 8601 UTC. */
export interface RejectedDelivery {
  /** The event id that it has or, once accepted, would have. */
  id: string;
  webhook: string;
  /** How often it was delivered. */
  deliveries: number;
  firstSeen: string;
  lastSeen: string;
  /** Until then the sender delivers it again by itself. */
  senderGivesUpAt: string;
  /** What was wrong with it when it was last delivered. */
  errors: Fault[];
  /** What its version header said when it was last delivered; empty when there was none. */
  version: string;
  /** Of the last delivery. */
  correlationId: string;
  /** As it was last delivered. */
  body: Uint8Array;
  /** Why nobody has to look at it any more. */
  settled?: Settled | undefined;
  /** The deliveries that were counted last, so that one which SQS hands over twice is counted once. */
  counted: string[];
  /** Counts the writes, see `RejectedItems.write`. Zero for what was never written. */
  rev: number;
}

export interface Settled {
  /** `replayed` by an operator; `accepted` when it was delivered again and taken. */
  as: 'replayed' | 'accepted';
  at: string;
}

/** How long a rejected body is kept after its last delivery, in seconds: it is personal data. */
export const rejectedRetentionSeconds = 30 * 24 * 60 * 60;

/** A sender that repeats for 24 hours repeats less often than this; SQS hands a message over twice within minutes. */
export const mostCounted = 100;

/**
 * Folds one delivery into what is known of it. Any order of any number of deliveries gives the same count and times, and
 * a delivery that is counted already changes nothing.
 * @returns `known` itself when there is nothing new in it
 */
export function mergeRejection(known: RejectedDelivery | undefined, rejection: Rejection): RejectedDelivery {
  const { id, webhook, delivery, receivedAt, errors, version, correlationId, body } = rejection;
  if (known?.counted.includes(delivery)) return known;
  const told = { errors, version, correlationId, body };
  const firstSeen = known && known.firstSeen < receivedAt ? known.firstSeen : receivedAt;
  const isLast = !known || receivedAt >= known.lastSeen;
  return {
    ...(known ?? told),
    ...(isLast && told),
    id,
    webhook,
    deliveries: (known?.deliveries ?? 0) + 1,
    firstSeen,
    lastSeen: isLast ? receivedAt : known.lastSeen,
    senderGivesUpAt: new Date(Date.parse(firstSeen) + promiseSeconds * 1000).toISOString(),
    counted: [...(known?.counted ?? []), delivery].slice(-mostCounted),
    rev: known?.rev ?? 0,
  };
}
