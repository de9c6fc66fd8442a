import * as z from 'zod/mini';
import { ReturnItem } from '../../../lib/returns/return-item.ts';
import { deliveryOf, eventPrefix, rejectedTask, returnPrefix } from '../../../lib/table/keys.ts';
import type { TimedTable } from '../aws/open-bridge.ts';
import { type Progress, scan } from './scan.ts';

/** Every return of the table, the one that was reported last first. What has no known form is left out. */
export async function listReturns(bridge: TimedTable, options: Progress): Promise<ReturnItem[]> {
  const returns: ReturnItem[] = [];
  for await (const item of scan(bridge, { ...options, prefixes: [returnPrefix] })) {
    const { data } = z.safeParse(ReturnItem, item);
    if (data) returns.push(data);
  }
  return returns.sort((one, other) => reportedAt(other).localeCompare(reportedAt(one)));
}

/** When the first webhook about a return came, ISO 8601 UTC; empty when that is not known. */
export const reportedAt = ({ firstReportedAt, opening, closing }: ReturnItem): string =>
  firstReportedAt ?? opening?.receivedAt ?? closing?.updatedAt ?? '';

/** How a delivery ended, or that it was rejected before the queue. */
export const outcomes = ['done', 'skipped', 'retry', 'parked', 'rejected'] as const;

const Event = z.object({
  pk: z.string(),
  sk: z.string(),
  id: z.optional(z.string()),
  webhook: z.string(),
  receivedAt: z.optional(z.string()),
  firstSeen: z.optional(z.string()),
  outcome: z._default(z.enum(outcomes), 'rejected'),
  attempts: z._default(z.number(), 0),
  lastError: z.optional(z.string()),
  correlationId: z.string(),
});

/** A webhook that came in. Times are ISO 8601 UTC. */
export type ListedEvent = Awaited<ReturnType<typeof listEvents>>[number];

/** Every webhook of the table, the newest first, without its body. Rejected ones have no order. */
export async function listEvents(bridge: TimedTable, options: Progress) {
  const { pk: _, sk: __, ...fields } = Event.shape;
  const prefixes = [eventPrefix, rejectedTask];
  const found = [];
  for await (const item of scan(bridge, { ...options, prefixes, attributes: Object.keys(fields) })) {
    const { data } = z.safeParse(Event, item);
    if (!data) continue;
    const { orderId = null, eventId = data.id ?? '' } = deliveryOf(data) ?? {};
    const { webhook, outcome, attempts, correlationId, lastError: error = null } = data;
    const receivedAt = data.receivedAt ?? data.firstSeen ?? '';
    found.push({ eventId, orderId, webhook, receivedAt, outcome, attempts, error, correlationId });
  }
  return found.sort((one, other) => other.receivedAt.localeCompare(one.receivedAt));
}
