import { promiseSeconds } from '../config/retry-schedule.ts';
import type { Rejection } from '../ingest/rejection.ts';
import { addSeconds } from '../runtime/time.ts';
import type { Fault } from '../webhooks/json-limits.ts';

/** A delivery that was answered 406 or 413, or accepted in part, with all its repetitions. Times are ISO 8601 UTC. */
export interface RejectedDelivery {
  /** The event id that the delivery gets when it is accepted. */
  id: string;
  webhook: string;
  /** How often it was delivered. */
  deliveries: number;
  firstSeen: string;
  lastSeen: string;
  /** Until this time the sender repeats it. */
  senderGivesUpAt: string;
  /** The faults of the last delivery. */
  errors: Fault[];
  /** The version header of the last delivery; empty when there was none. */
  version: string;
  /** The last delivery was accepted without the list entries that `errors` are about. */
  acceptedInPart?: boolean | undefined;
  /** Of the last delivery. */
  correlationId: string;
  /** Of the last delivery. */
  body: Uint8Array;
  /** Set when nobody has to look at it any more. */
  resolution?: Resolution | undefined;
  /** Ids of the last counted deliveries. SQS may deliver a message twice, and it must count once. */
  recentDeliveries: string[];
  /** Counts the writes, see `RejectedItems.write`. Zero before the first write. */
  rev: number;
}

export interface Resolution {
  /** `replayed` by an operator, or `accepted` when the sender delivered it again. */
  as: 'replayed' | 'accepted';
  at: string;
}

/** How long a rejected body is kept after its last delivery, in seconds: it is personal data. */
export const rejectedRetentionSeconds = 30 * 24 * 60 * 60;

/**
 * Enough ids: a sender repeats less often than this within its 24 hours, and SQS repeats a message within
 * minutes.
 */
export const mostRecentDeliveries = 100;

/**
 * Merges one delivery into the item. The order of deliveries makes no difference to the count and the times.
 * @returns `known` itself when the delivery is already counted
 */
export function mergeRejection(known: RejectedDelivery | undefined, rejection: Rejection): RejectedDelivery {
  const { id, webhook, delivery, receivedAt, errors, version, acceptedInPart, correlationId, body } =
    rejection;
  if (known?.recentDeliveries.includes(delivery)) return known;
  const content = { errors, version, acceptedInPart, correlationId, body };
  const firstSeen = known && known.firstSeen < receivedAt ? known.firstSeen : receivedAt;
  const isLast = !known || receivedAt >= known.lastSeen;
  return {
    ...(known ?? content),
    ...(isLast && content),
    id,
    webhook,
    deliveries: (known?.deliveries ?? 0) + 1,
    firstSeen,
    lastSeen: isLast ? receivedAt : known.lastSeen,
    senderGivesUpAt: addSeconds(firstSeen, promiseSeconds),
    recentDeliveries: [...(known?.recentDeliveries ?? []), delivery].slice(-mostRecentDeliveries),
    rev: known?.rev ?? 0,
  };
}
