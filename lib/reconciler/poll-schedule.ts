import { staleAfterSeconds } from '../config/timing.ts';
import { isRefundUnannounced } from '../decide/refund.ts';
import type { ReturnItem } from '../returns/return-item.ts';
import { followedStates } from '../table/open-task.ts';

/** What of a return says whether IGF is to be asked about it. */
export type Followed = Pick<
  ReturnItem,
  'state' | 'listingId' | 'igf' | 'lastUpdateAt' | 'attention' | 'attentionSince' | 'refundDue'
>;

/** After its end a return is asked about once a day: only a sender who hands the parcel in all the same changes it. */
const endedStaleAfterSeconds = 24 * 60 * 60;
/** And for so long: no carrier takes a label for ever. */
const endedFollowedSeconds = 30 * 24 * 60 * 60;

const before = (now: string, seconds: number): string =>
  new Date(Date.parse(now) - seconds * 1000).toISOString();

/** The latest time of hearing at which a return that is followed has been quiet for long enough. */
export const staleSince = (now: string): string => before(now, staleAfterSeconds);

/**
 * The forwarding ended although there was a buyer, who is to be served from stock or waits for a lost parcel, and that was
 * decided. A lost parcel changes no state: as long as nobody is asked for it, its return goes on like any other.
 */
const endedWithBuyer = ({ state, igf, attention }: Followed): boolean =>
  igf?.order !== undefined &&
  igf.shipment?.status !== 'Completed' &&
  (state === 'Cancelled' ||
    state === 'DeadlinePassed' ||
    (igf.order.cancelReason !== undefined && attention !== undefined));

/**
 * Whether the refund of a return has become due by time alone. There is nothing to ask IGF about it: no answer of its
 * carries a refund.
 */
const isRefundDueByNow = (item: Followed, now: string): boolean =>
  item.state !== 'Settled' && !item.refundDue && isRefundUnannounced(item, now);

/**
 * Whether asking IGF about a return may tell something that nobody told, and it was quiet for long enough. Hearing counts
 * from both sides: IGF told of it, or was asked.
 */
export function needsPoll(item: Followed, now: string): boolean {
  if (item.listingId === undefined) return false;
  const lastUpdateAt = item.lastUpdateAt ?? '';
  if (endedWithBuyer(item)) {
    const waiting = item.attention !== undefined && item.attentionSince !== undefined;
    return (
      waiting &&
      (item.attentionSince ?? '') >= before(now, endedFollowedSeconds) &&
      lastUpdateAt <= before(now, endedStaleAfterSeconds)
    );
  }
  return followedStates.has(item.state) && lastUpdateAt <= staleSince(now);
}

/** Whether there is anything to do about a return: to ask IGF, or to decide anew because time has passed. */
export const needsReview = (item: Followed, now: string): boolean =>
  needsPoll(item, now) || isRefundDueByNow(item, now);
