import type { Policy } from '../config/policy.ts';
import { hasBuyer, type IgfState, isHandedIn, itsBuyer, reached } from '../returns/igf-state.ts';
import type { ReturnItem, ReturnState } from '../returns/return-item.ts';

/** The progress of a listed return, from everything that IGF reported. */
export interface IgfProgress {
  state: ReturnState;
  why: string;
  /** A problem that people must repair. */
  trouble?: 'handed-in-after-end' | 'buyer-unserved';
}

/** IGF does not announce the end of matching: a poll after the deadline shows it, unless it was cancelled before. */
const unmatched = (igf: IgfState): boolean => {
  const { listing, polledAt } = igf;
  const deadline = listing?.matchingDeadline;
  if (hasBuyer(igf) || !deadline || !polledAt || polledAt <= deadline) return false;
  return !(listing.status === 'Cancelled' && listing.updatedAt && listing.updatedAt < deadline);
};

function endOf(igf: IgfState): IgfProgress | undefined {
  const { events, listing, order } = igf;
  if (events.includes('RETURN_CANCELED'))
    return { state: 'Cancelled', why: 'The customer cancelled the return at ItGoesForward.' };
  if (events.includes('RETURN_DEADLINE_PASSED') || order?.cancelReason === 'RETURN_DEADLINE_PASSED')
    return { state: 'DeadlinePassed', why: 'The article was not handed in before the deadline.' };
  if (order?.cancelReason === 'CUSTOMER_BANNED')
    return { state: 'Cancelled', why: 'ItGoesForward banned the customer and cancelled the order.' };
  if (unmatched(igf))
    return { state: 'Unmatched', why: 'Nobody bought the article before the matching deadline.' };
  if (listing?.status === 'Cancelled' && order?.cancelReason !== 'NOT_DELIVERED_BY_CARRIER')
    return { state: 'Cancelled', why: 'The listing is cancelled at ItGoesForward.' };
  return undefined;
}

function furthest(igf: IgfState): IgfProgress {
  if (reached(igf, 'Completed')) return { state: 'Completed', why: 'The article reached its next owner.' };
  if (reached(igf, 'Shipped'))
    return { state: 'Shipped', why: `The article is on its way to ${itsBuyer(igf)}.` };
  if (reached(igf, 'Labelled')) return { state: 'Labelled', why: 'The sender has the shipping label.' };
  if (hasBuyer(igf) && igf.order?.status !== 'Cancelled') {
    return { state: 'Matched', why: 'Somebody bought the article, and its sender must hand it in.' };
  }
  return { state: 'Listed', why: 'The article is offered at ItGoesForward.' };
}

/** The progress of a listed return, from the set of reports alone: events may come late, twice or in any order. */
export function igfProgress(igf: IgfState): IgfProgress {
  const end = endOf(igf);
  if (end) {
    if (isHandedIn(igf)) return { ...end, trouble: 'handed-in-after-end' };
    return hasBuyer(igf) ? { ...end, trouble: 'buyer-unserved' } : end;
  }
  if (igf.order?.cancelReason === 'NOT_DELIVERED_BY_CARRIER') {
    return { state: 'Shipped', why: 'The carrier lost the parcel.' };
  }
  return furthest(igf);
}

const hourMs = 60 * 60 * 1000;

/** When a refund counts as due without its event. `now`: ISO 8601 UTC. */
export interface RefundClock {
  policy: Pick<Policy, 'refundPresumedHours'>;
  now: string;
}

/**
 * Whether an article arrived long ago and IGF announced no refund, which only an event does. When that is missing, the
 * bridge can only wait. Without a time of the arrival, the last update counts.
 */
export function isRefundPresumed(
  { igf, lastUpdateAt }: Pick<ReturnItem, 'igf' | 'lastUpdateAt'>,
  { policy, now }: RefundClock,
): boolean {
  if (!igf || igf.events.includes('REFUND') || !reached(igf, 'Completed')) return false;
  const arrivedAt = igf.completedAt ?? lastUpdateAt;
  if (arrivedAt === undefined) return false;
  return Date.parse(now) - Date.parse(arrivedAt) >= policy.refundPresumedHours * hourMs;
}

/** Why a refund is due: IGF announced it, the carrier lost the parcel, or the article arrived long ago. */
export type DueRefund = 'announced' | 'lost' | 'presumed';

/**
 * Why a refund is due, if it is. A sender must not wait for a lost event, so it also falls due without one, and stays
 * due even if the clock of the next worker is behind.
 */
export function refundOf(
  item: ReturnItem,
  { events, order }: IgfState,
  clock: RefundClock,
): DueRefund | undefined {
  if (order?.cancelReason === 'NOT_DELIVERED_BY_CARRIER') return 'lost';
  if (events.includes('REFUND')) return 'announced';
  const wasDue = item.refundDue || item.state === 'Settled';
  return wasDue || isRefundPresumed(item, clock) ? 'presumed' : undefined;
}
