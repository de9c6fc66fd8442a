import * as z from 'zod/mini';
import { promiseSeconds } from '../config/retry-schedule.ts';
import type { Rejection } from '../ingest/rejection.ts';
import { addSeconds } from '../runtime/time.ts';
import { optimisticUpdate } from '../table/optimistic-update.ts';

/** A delivery that was answered 406 or 413, or accepted in part, with all its repetitions. Times are ISO 8601 UTC. */
export const RejectedDelivery = z.object({
  /** The event id that the delivery gets when it is accepted. */
  id: z.string(),
  webhook: z.string(),
  deliveries: z.number(),
  firstSeen: z.string(),
  lastSeen: z.string(),
  /** Until this time the sender repeats it. */
  senderGivesUpAt: z.string(),
  /** The faults of the last delivery. */
  errors: z.array(z.object({ path: z.string(), message: z.string() })),
  /** The version header of the last delivery; empty when there was none. */
  version: z.string(),
  /** The last delivery was accepted without the list entries that `errors` are about. */
  acceptedInPart: z.optional(z.boolean()),
  /** Of the last delivery. */
  correlationId: z.string(),
  /** Of the last delivery. */
  body: z.union([
    z.pipe(
      z.string(),
      z.transform((text): Uint8Array => Buffer.from(text)),
    ),
    z.instanceof(Uint8Array),
  ]),
  /** Set when nobody has to look at it: by an operator, or `accepted` when it was delivered again. */
  resolution: z.optional(
    z.object({
      as: z.enum(['replayed', 'dismissed', 'accepted']),
      at: z.string(),
      by: z.optional(z.string()),
      reason: z.optional(z.string()),
    }),
  ),
  /** Ids of the last counted deliveries. SQS may deliver a message twice, and it must count once. */
  recentDeliveries: z.array(z.string()),
  /** Counts the writes, see `RejectedItems.write`. Zero before the first write. */
  rev: z.number(),
});
export type RejectedDelivery = z.infer<typeof RejectedDelivery>;

/** How long a rejected body is kept after its last delivery, in seconds: it is personal data. */
export const rejectedRetentionSeconds = 30 * 24 * 60 * 60;

/** Enough ids: a sender repeats less often within its 24 hours, and SQS repeats a message within minutes. */
export const mostRecentDeliveries = 100;

/** Their order makes no difference to count and times. @returns `known` itself when the delivery is counted already */
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

export interface RejectedItems {
  /** Strongly consistent. An expired item counts as deleted. */
  read(id: string): Promise<RejectedDelivery | undefined>;
  /** Writes an item that was made from revision `rev`. Writes nothing when somebody has written it since. */
  write(delivery: RejectedDelivery): Promise<'written' | 'changed'>;
}

/** Stores one rejected delivery, or counts it on the item with the same id. @throws ContendedError */
export async function storeRejection(rejection: Rejection, items: RejectedItems): Promise<RejectedDelivery> {
  const { state, written } = await optimisticUpdate({
    read: () => items.read(rejection.id),
    change: (known) => {
      const next = mergeRejection(known, rejection);
      return next === known ? undefined : next;
    },
    write: items.write,
  });
  return written ?? mergeRejection(state, rejection);
}

/**
 * Records that nobody has to look at it any more. The first resolution stays, unless a dismissed delivery is replayed.
 * @throws ContendedError
 */
export async function resolveRejection(
  id: string,
  resolution: NonNullable<RejectedDelivery['resolution']>,
  items: RejectedItems,
): Promise<void> {
  await optimisticUpdate({
    read: () => items.read(id),
    change(known) {
      const isUndone = resolution.as === 'replayed' && known?.resolution?.as === 'dismissed';
      return known && (!known.resolution || isUndone) ? { ...known, resolution } : undefined;
    },
    write: items.write,
  });
}
