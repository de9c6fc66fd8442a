import { defaultPolicy } from '../config/policy.ts';
import type { OrderSnapshot } from '../returns/order.ts';
import type { ReturnItem, ReturnState } from '../returns/return-item.ts';
import { epochSeconds } from '../runtime/time.ts';
import type { Entity } from './entity.ts';
import { openTaskOf } from './open-task.ts';

/** How long personal data of orders is kept. */
export interface Retention {
  /** Milliseconds since the epoch. */
  now: () => number;
  /** See `Policy`. */
  keepOrdersDays: number;
}

export const defaultRetention: Retention = { now: Date.now, keepOrdersDays: defaultPolicy.keepOrdersDays };

/** How long a finished return is kept after its last change, in days. */
const finishedReturnDays = 30;

/** States in which a return is over, unless something is open. */
const ends: ReadonlySet<ReturnState> = new Set([
  'NotForwardable',
  'Settled',
  'Unmatched',
  'Cancelled',
  'DeadlinePassed',
  'Closed',
]);

/**
 * Whether a return waits for nobody: no task, no report of IGF, no refund, no call without an outcome. What
 * `mode=observe` kept back does not count. A return without a decision is not at rest.
 */
export const isAtRest = (item: ReturnItem): boolean =>
  item.rule !== undefined &&
  item.pendingCall === undefined &&
  !item.refundDue &&
  (openTaskOf(item)?.task ?? 'OBSERVED') === 'OBSERVED';

/** Whether a return is over, or was listed before: then it leaves a skeleton, so that it is never listed again. */
export const isDone = (item: ReturnItem): boolean =>
  isAtRest(item) && (ends.has(item.state) || item.earlierListings !== undefined);

const daySeconds = 24 * 60 * 60;

/**
 * When DynamoDB may delete an item, in seconds since the epoch, if ever. Every write counts anew. `keepOrder` renews
 * the documents of an order while one of its returns is not at rest.
 */
export function expiryOf(entity: Entity, { now, keepOrdersDays }: Retention): number | undefined {
  const inDays = (days: number): number => epochSeconds(now()) + days * daySeconds;
  // It names no person.
  if (entity.kind === 'credit-memo') return undefined;
  if (entity.kind !== 'return') return inDays(keepOrdersDays);
  if (!isAtRest(entity.content)) return undefined;
  return inDays(ends.has(entity.content.state) ? finishedReturnDays : keepOrdersDays);
}

/** Every item of an order that may hold personal data. */
export const entitiesIn = ({ salesOrder, shipments, rmas, returns }: OrderSnapshot) => [
  ...(salesOrder ? [{ kind: 'sales-order' as const, content: salesOrder }] : []),
  ...shipments.map((content) => ({ kind: 'shipment' as const, content })),
  ...rmas.map((content) => ({ kind: 'rma' as const, content })),
  ...returns.map((content) => ({ kind: 'return' as const, content })),
];

/**
 * Renews the documents of an order, one of whose returns is not at rest, when half of their time is over: the usual
 * return costs no write. One that somebody writes meanwhile is renewed by that write.
 */
export async function keepOrder(
  order: OrderSnapshot,
  table: { write(entity: Entity): Promise<unknown> },
  { now, keepOrdersDays }: Retention,
): Promise<void> {
  if (order.returns.every(isAtRest)) return;
  const half = epochSeconds(now()) + (keepOrdersDays * daySeconds) / 2;
  for (const document of entitiesIn(order)) {
    if (document.kind === 'return') continue;
    const { expiresAt = half } = document.content;
    if (expiresAt < half) await table.write(document);
  }
}
