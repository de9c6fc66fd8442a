import * as z from 'zod/mini';
import { rejectedItems } from '../../../lib/quarantine/rejected-items.ts';
import { isLive } from '../../../lib/table/dynamodb.ts';
import { eventPrefix, keys } from '../../../lib/table/keys.ts';
import { toOrderSnapshot } from '../../../lib/table/orders.ts';
import { advanceOrder } from '../../../lib/webhooks/envelope.ts';
import { parseJson } from '../../cli/narration.ts';
import type { TimedTable } from '../aws/open-bridge.ts';

/** One webhook delivery in the table. */
const HistoryDelivery = z.object({
  sk: z.string(),
  webhook: z.string(),
  receivedAt: z.string(),
  correlationId: z.string(),
  /** Absent when it was erased. */
  payload: z.optional(z.string()),
  /** The paths of its fields that could not be read. */
  unread: z.optional(z.array(z.string())),
  outcome: z.enum(['done', 'skipped', 'retry', 'parked']),
  attempts: z.number(),
  lastAttemptAt: z.string(),
  lastError: z.optional(z.string()),
  nextAttemptAt: z.optional(z.string()),
  /** The failed attempts, each as `<ISO 8601 UTC> <error>`. Attempts before the last redrive may be missing. */
  failures: z.optional(z.array(z.string())),
  /** What operators did with it. */
  operations: z.optional(
    z.array(
      z.object({
        did: z.enum(['redriven', 'dismissed']),
        at: z.string(),
        by: z.string(),
        reason: z.optional(z.string()),
      }),
    ),
  ),
});
export type HistoryDelivery = OrderHistory['deliveries'][number];

/** Who erased the personal data of an order, and how much of it. */
const Erasure = z.object({ erasedAt: z.string(), by: z.string(), items: z.number() });
export type Erasure = z.infer<typeof Erasure>;

/** Everything that the table has about an order. The oldest delivery comes first. */
export type OrderHistory = NonNullable<Awaited<ReturnType<typeof readOrderHistory>>>;

/** Reads an order's partition, strongly consistent; undefined when the table does not have the order. */
export async function readOrderHistory(bridge: TimedTable, orderId: string) {
  const { items, now } = bridge;
  const current = (await items.query(keys.order(orderId))).filter((item) => isLive(item, now()));
  if (current.length === 0) return undefined;
  const stored = current
    .filter(({ sk }) => typeof sk === 'string' && sk.startsWith(eventPrefix))
    .map((item) => z.parse(HistoryDelivery, item))
    .sort((one, other) => one.receivedAt.localeCompare(other.receivedAt));
  const rejected = rejectedItems(items, now);
  const deliveries = await Promise.all(
    stored.map(async ({ sk, payload, failures = [], operations = [], ...delivery }) => {
      const eventId = sk.slice(eventPrefix.length);
      const caused = z.safeParse(Caused, parseJson(payload ?? '')).data;
      const isOurs = delivery.webhook === advanceOrder.name;
      // It may have been rejected at first.
      const resolution = isOurs ? undefined : (await rejected.read(eventId))?.resolution;
      const replayed = resolution?.as === 'replayed' ? [{ did: 'replayed' as const, ...resolution }] : [];
      return {
        ...delivery,
        eventId,
        payload,
        /** Why the bridge itself sent it, and who caused that. */
        cause: isOurs ? caused : undefined,
        attemptsThatFailed: failures.map((line) => {
          const [at = '', ...words] = line.split(' ');
          return { at, error: words.join(' ') };
        }),
        operations: [...replayed, ...operations],
      };
    }),
  );
  const erasures = current.flatMap((item) => z.safeParse(Erasure, item).data ?? []);
  return { order: toOrderSnapshot(orderId, current), deliveries, erasures };
}

/** A line of a return's decisions: `2026-11-27T05:19:26Z Listed follow-igf`. */
export function readDecision(line: string) {
  const [at = '', state = '', rule = ''] = line.split(' ');
  return { at, state, rule: rule || null };
}

/** Whether a message of the order is in a DLQ. */
export const hasParked = (deliveries: readonly Pick<HistoryDelivery, 'outcome'>[]): boolean =>
  deliveries.some(({ outcome }) => outcome === 'parked');

/** The payload of a message that the bridge sends itself. */
const Caused = z.object({ cause: z.string(), by: z.optional(z.string()) });
