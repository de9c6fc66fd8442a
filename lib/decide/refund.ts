import type { IgfState } from '../returns/igf-state.ts';
import type { ReturnItem } from '../returns/return-item.ts';
import { reached } from './igf-progress.ts';

/** How long after an article's arrival the bridge waits for IGF to announce the refund. */
const refundGraceMs = 48 * 60 * 60 * 1000;

/**
 * Whether an article arrived at its buyer long ago and IGF announced no refund. Only an event announces a
 * refund, and no answer of IGF carries it. When that event is missing, the bridge can only wait for a fixed
 * time. Without a time of the arrival, the last update of the return counts. `now`: ISO 8601 UTC.
 */
export function isRefundUnannounced(
  { igf, lastUpdateAt }: Pick<ReturnItem, 'igf' | 'lastUpdateAt'>,
  now: string,
): boolean {
  if (!igf || igf.events.includes('REFUND') || !reached(igf, 'COMPLETED', 'Completed')) return false;
  const arrivedAt = igf.completedAt ?? lastUpdateAt;
  return arrivedAt !== undefined && Date.parse(now) - Date.parse(arrivedAt) >= refundGraceMs;
}

/**
 * Why a refund is due, if it is. An unannounced refund is due too, because a sender must not wait for a lost
 * event. Once due, a refund stays due, even if the clock of the next worker is behind.
 */
export function refundOf(
  item: ReturnItem,
  { events }: IgfState,
  now: string,
): 'announced' | 'unannounced' | undefined {
  if (events.includes('REFUND')) return 'announced';
  const wasDue = item.refundDue || item.state === 'Settled';
  return wasDue || isRefundUnannounced(item, now) ? 'unannounced' : undefined;
}
