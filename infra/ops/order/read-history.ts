import { z } from 'zod';
import { rejectedItems } from '../../../lib/quarantine/rejected-items.ts';
import { isLive } from '../../../lib/table/dynamodb.ts';
import { eventPrefix, keys } from '../../../lib/table/keys.ts';
import { toOrderSnapshot } from '../../../lib/table/orders.ts';
import { advanceOrder } from '../../../lib/webhooks/envelope.ts';
import { parseJson } from '../../cli/narration.ts';
import type { TimedTable } from '../aws/open-bridge.ts';
import { list, maybe, number, oneOfThese, text, texts } from '../result-fields.ts';

const time = text('when');

/** One webhook delivery. */
export const Delivery = z.object({
  eventId: text('the id of the delivery'),
  webhook: text('such as stock-hub/v1/rma; bridge/v1/advance is of the bridge itself'),
  receivedAt: text('when the bridge accepted it'),
  correlationId: text('of the request'),
  outcome: oneOfThese(['done', 'skipped', 'retry', 'parked'], 'how the last attempt ended'),
  attempts: number('how many there were'),
  lastAttemptAt: text('when the last one ended'),
  nextAttemptAt: maybe('when the next one is due'),
  lastError: maybe("why the last one failed, with ItGoesForward's answer"),
  /** Attempts before the last redrive may be missing. */
  failures: list(
    { at: time, error: text("why, with ItGoesForward's answer") },
    'the attempts that failed, oldest first',
  ),
  unread: texts('the paths of its fields that could not be read').default([]),
  cause: maybe('why the bridge itself sent it, such as DONE#000000093/90#<time>'),
  by: maybe('who caused that'),
  operations: list(
    {
      did: oneOfThese(['replayed', 'redriven', 'dismissed'], 'what'),
      at: time,
      by: maybe('who'),
      reason: maybe('why it was dismissed'),
    },
    'what operators did with it',
  ).default([]),
});

/** `<ISO 8601 UTC> <error>` */
function failureOf(line: string) {
  const [at = '', ...words] = line.split(' ');
  return { at, error: words.join(' ') };
}

/** A delivery as the table has it. Without its body when that was erased. */
const HistoryDelivery = Delivery.extend({
  failures: z.array(z.string().transform(failureOf)).default([]),
  payload: z.string().optional(),
});
export type HistoryDelivery = z.infer<typeof HistoryDelivery>;

/** Who erased the personal data of an order, and how much of it. */
const Erasure = z
  .object({ erasedAt: z.string(), by: z.string(), items: z.number() })
  .transform(({ erasedAt: at, ...erasure }) => ({ at, ...erasure }));

/** Everything that the table has about an order. The oldest delivery comes first. */
export type OrderHistory = NonNullable<Awaited<ReturnType<typeof readOrderHistory>>>;

/** Reads an order's partition, strongly consistent; undefined when the table does not have the order. */
export async function readOrderHistory(bridge: TimedTable, orderId: string) {
  const { items, now } = bridge;
  const current = (await items.query(keys.order(orderId))).filter((item) => isLive(item, now()));
  if (current.length === 0) return undefined;
  const rejected = rejectedItems(items, now);
  const deliveries = await Promise.all(
    current
      .filter(({ sk }) => String(sk).startsWith(eventPrefix))
      .map(async (stored) => {
        const eventId = String(stored.sk).slice(eventPrefix.length);
        const isOurs = stored.webhook === advanceOrder.name;
        const { cause, by } = Object(isOurs && parseJson(String(stored.payload)));
        const delivery = HistoryDelivery.parse({ ...stored, eventId, cause, by });
        // It may have been rejected at first.
        const resolution = isOurs ? undefined : (await rejected.read(eventId))?.resolution;
        if (resolution?.as !== 'replayed') return delivery;
        const { at, by: who = null } = resolution;
        const replayed = { did: 'replayed' as const, at, by: who, reason: null };
        return { ...delivery, operations: [replayed, ...delivery.operations] };
      }),
  );
  deliveries.sort((one, other) => one.receivedAt.localeCompare(other.receivedAt));
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
