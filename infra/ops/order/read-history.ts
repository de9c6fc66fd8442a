import * as z from 'zod/mini';
import { tableItems } from '../../../lib/table/dynamodb.ts';
import { keys } from '../../../lib/table/keys.ts';
import { toOrderSnapshot } from '../../../lib/table/orders.ts';
import type { TableClient } from '../aws/open-bridge.ts';

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
});
export type HistoryDelivery = z.infer<typeof HistoryDelivery>;

/** Who erased the personal data of an order, and how much of it. */
const Erasure = z.object({ erasedAt: z.string(), by: z.string(), items: z.number() });
export type Erasure = z.infer<typeof Erasure>;

/** Everything that the table has about an order. The oldest delivery comes first. */
export type OrderHistory = NonNullable<Awaited<ReturnType<typeof readOrderHistory>>>;

/** Reads an order's partition, strongly consistent; undefined when the table does not have the order. */
export async function readOrderHistory({ dynamodb, table }: TableClient, orderId: string, now: string) {
  const items = await tableItems(dynamodb, table).query(keys.order(orderId));
  // DynamoDB deletes expired items some time after they expire.
  const second = Date.parse(now) / 1000;
  const current = items.filter(({ expiresAt }) => typeof expiresAt !== 'number' || expiresAt > second);
  if (current.length === 0) return undefined;
  const deliveries = current
    .filter(({ sk }) => typeof sk === 'string' && sk.startsWith('EVENT#'))
    .map((item) => z.parse(HistoryDelivery, item))
    .sort((one, other) => one.receivedAt.localeCompare(other.receivedAt));
  const erasures = current.flatMap((item) => z.safeParse(Erasure, item).data ?? []);
  return { order: toOrderSnapshot(orderId, current), deliveries, erasures };
}
