import { staleAfterSeconds } from '../config/timing.ts';
import { reached } from '../returns/igf-state.ts';
import type { ReturnItem } from '../returns/return-item.ts';
import { isRefundPresumed, type RefundClock } from '../rules/igf-progress.ts';
import { addSeconds } from '../runtime/time.ts';
import { awaitsRefund, followedStates } from '../table/open-task.ts';

/** The fields of a return that determine whether the reconciler must review it. */
export type Followed = Pick<
  ReturnItem,
  'state' | 'listingId' | 'igf' | 'lastUpdateAt' | 'attention' | 'attentionSince' | 'refundDue'
>;

/** A return that has ended is polled once a day: only a sender who hands the parcel in after all changes it. */
const endedStaleAfterSeconds = 24 * 60 * 60;
/** It is polled for this long, because no carrier accepts an older label. */
const endedFollowedSeconds = 30 * 24 * 60 * 60;

/** A return whose last update is at or before this time is stale. */
export const staleSince = (now: string): string => addSeconds(now, -staleAfterSeconds);

/**
 * Whether the forwarding ended although there was a buyer, so that a person must serve the buyer from stock or find a
 * lost parcel. A lost parcel keeps its state. Until a person is needed, it is polled like any other.
 */
const endedWithBuyer = ({ state, igf, attention }: Followed): boolean =>
  igf !== undefined &&
  (igf.order ?? igf.boughtAt) !== undefined &&
  igf.shipment?.status !== 'Completed' &&
  (state === 'Cancelled' ||
    state === 'DeadlinePassed' ||
    (igf.order?.cancelReason !== undefined && attention !== undefined));

/** Whether time alone has made a refund due. No answer of IGF contains a refund, so no poll can show it. */
const isRefundDueByNow = (item: Followed, clock: RefundClock): boolean =>
  item.state !== 'Settled' && !item.refundDue && isRefundPresumed(item, clock);

const hasArrived = ({ state, igf }: Followed): boolean =>
  state === 'Completed' || (igf !== undefined && reached(igf, 'Completed'));

/** Whether a poll may show what no event has reported: it is at IGF, and its last update is old enough. */
export function needsPoll(item: Followed, now: string): boolean {
  if (item.listingId === undefined) return false;
  const { attention, attentionSince, lastUpdateAt = '' } = item;
  const isOnItsWay = awaitsRefund(item) && !hasArrived(item);
  if (endedWithBuyer(item) && !isOnItsWay) {
    return (
      attention !== undefined &&
      attentionSince !== undefined &&
      attentionSince >= addSeconds(now, -endedFollowedSeconds) &&
      lastUpdateAt <= addSeconds(now, -endedStaleAfterSeconds)
    );
  }
  return (followedStates.has(item.state) || isOnItsWay) && lastUpdateAt <= staleSince(now);
}

/** Whether the reconciler must review a return: poll IGF, or decide again because time has passed. */
export const needsReview = (item: Followed, clock: RefundClock): boolean =>
  needsPoll(item, clock.now) || isRefundDueByNow(item, clock);
