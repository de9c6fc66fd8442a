import type { ReturnItem } from '../returns/return-item.ts';
import { type IgfProgress, reached } from './igf-progress.ts';
import { type RefundTerms, unannouncedRefundAttention } from './refund.ts';

/** How long after an article's arrival IGF's word of the refund is waited for. */
export const refundGraceMs = 48 * 60 * 60 * 1000;

type Told = Pick<ReturnItem, 'igf' | 'lastUpdateAt'>;

/**
 * Whether an article arrived at its buyer long ago and no word of a refund came. Only an event tells a refund and no
 * answer carries it, so when that event was missed, time is all that can tell. Without a time of the arrival the last
 * time that anything was heard stands in for it. `now`: ISO 8601 UTC.
 */
export function isRefundUnannounced({ igf, lastUpdateAt }: Told, now: string): boolean {
  if (!igf || igf.events.includes('REFUND') || !reached(igf, 'COMPLETED', 'Completed')) return false;
  const arrivedAt = igf.completedAt ?? lastUpdateAt;
  return arrivedAt !== undefined && Date.parse(now) - Date.parse(arrivedAt) >= refundGraceMs;
}

/**
 * A return whose refund nobody announced is due all the same: its sender is not to wait for an event that was lost. What
 * was due once stays so, whatever the clock of the next worker shows.
 */
export function withUnannouncedRefund(
  life: IgfProgress,
  item: Told & Pick<ReturnItem, 'state' | 'refundDue'>,
  terms: RefundTerms,
  now: string,
): IgfProgress {
  const wasDue = item.refundDue || item.state === 'Settled';
  if (life.refundDue || !(wasDue || isRefundUnannounced(item, now))) return life;
  return { ...life, refundDue: true, attention: life.attention ?? unannouncedRefundAttention(terms) };
}
