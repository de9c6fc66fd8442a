/** What the sender of a listed return is owed, and what has paid or refused it. */
import type { RmaStatus } from '../facts/vendor-terms.ts';
import { type Refund, type RefundAmount, refundAmount } from '../returns/refund.ts';
import type { ReturnState } from '../returns/return-item.ts';
import { isAnswered } from '../returns/tasks.ts';
import { readMerchantResolution } from '../returns/vocabulary.ts';
import type { NextStep } from './rule.ts';
import type { ListedView } from './view.ts';

/** What the sender is owed. */
export const amountOwed = ({ article, item }: ListedView): RefundAmount =>
  article ? refundAmount(article, item.opening) : { amount: undefined, atMost: true };

const lateHandIn: Partial<Record<ReturnState, string>> = {
  DeadlinePassed: 'handed in after its deadline',
  Cancelled: 'handed in after its cancellation',
  Unmatched: 'handed in after its matching deadline',
};

/** The refund of a return, with everything that its text names. */
export function refundToPay(view: ListedView): Refund {
  const { article, item, refund, progress } = view;
  const { orderId, rmaId, family } = item;
  return {
    ...{ ...amountOwed(view), orderId, rmaId, family },
    poNumber: article?.poNumber,
    reason: article?.reason,
    pricesDiffer: article?.pricesDiffer ?? false,
    presumed: refund === 'presumed',
    lost: refund === 'lost',
    remark: refund === 'lost' ? 'the carrier lost the parcel' : lateHandIn[progress.state],
  };
}

/** The tasks to pay the sender. A person who has done one of them has settled the refund. */
const paying = ['refund-due', 'refund-presumed', 'closed-unrefunded'];

const approved: ReadonlySet<RmaStatus> = new Set(['approved', 'approved_on_item']);
const refused: ReadonlySet<RmaStatus> = new Set(['denied', 'rejected', 'rejected_on_item']);

/**
 * How the merchant ended the return without paying. A reseller's return may end as `closed` when nothing comes back to
 * the warehouse, so that says nothing about the refund.
 */
export function refusalOf({ item, merchant: { end } }: ListedView): string | undefined {
  if (!end?.status) return undefined;
  if (refused.has(end.status)) return end.why;
  if (end.status === 'closed' && item.family === 'push-api') return end.why;
  return approved.has(end.status) && item.opening?.quantityApproved === 0
    ? 'no unit of it is approved'
    : undefined;
}

/** Whether the item's own status says that it is rejected or denied. Then no `rma-item` says otherwise. */
const isRefusedByOwnStatus = ({ merchant: { end } }: ListedView): boolean =>
  end?.by === 'own-status' && end.status !== undefined && refused.has(end.status);

/**
 * How the merchant has approved the refund. A header that closes an RMA of several items does not say which of them
 * were approved.
 */
function approvalOf(view: ListedView): string | undefined {
  const { item, merchant } = view;
  const { end, knownItems } = merchant;
  if (end?.status && approved.has(end.status) && item.opening?.quantityApproved !== 0) return end.why;
  if (end?.status === 'processed_closed' && (end.by === 'own-status' || knownItems <= 1)) return end.why;
  if (isRefusedByOwnStatus(view)) return undefined;
  const resolution = item.closing?.merchantResolution;
  return resolution && readMerchantResolution(resolution) === 'refund'
    ? 'rma-item reports the refund'
    : undefined;
}

/** What has paid the sender, a sentence; absent while nothing has. */
export function paymentOf(view: ListedView): string | undefined {
  const { item, memo } = view;
  if (memo?.is === 'paid') {
    const { memoId, status } = memo.memo;
    const funded = status === 'FUNDED_BY_PLATFORM' ? ' Winkelstraat pays.' : '';
    return `The article was forwarded, and credit memo ${memoId} refunds the sender.${funded}`;
  }
  const approval = approvalOf(view);
  if (approval) return `The article was forwarded, and the merchant processed the refund: ${approval}.`;
  const { amount } = amountOwed(view);
  const isPaid = paying.some((task) =>
    isAnswered(item.answers, amount === undefined ? { task } : { task, amount }),
  );
  return isPaid ? 'The article was forwarded, and a person reports that the sender is paid.' : undefined;
}

/** Whether the sender is still to be paid after this step. */
export const isDue = ({ refund }: ListedView, { state }: NextStep): boolean =>
  refund !== undefined && state !== 'Settled';
