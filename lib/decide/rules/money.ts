/** Rules of money, for returns that were handed in: what the sender is owed, and what has paid or refused it. */
import { none } from '../../actions/explain.ts';
import type { RmaStatus } from '../../facts/vendor-terms.ts';
import { creditedAmount, requestedAtOf } from '../../returns/credit-memos.ts';
import {
  amountText,
  closedUnrefundedText,
  eur,
  orderText,
  type Refund,
  type RefundAmount,
  refundAmount,
  refundText,
} from '../../returns/refund.ts';
import type { ReturnState } from '../../returns/return-item.ts';
import { isAnswered } from '../../returns/tasks.ts';
import { readMerchantResolution } from '../../returns/vocabulary.ts';
import { type Ask, type NextStep, unchanged } from '../../rules/steps.ts';
import type { ListedView } from '../../rules/view.ts';

/** Settled is final. */
export const settled = ({ item }: ListedView): NextStep | undefined =>
  item.state === 'Settled' ? { ...unchanged(item), refundDue: false } : undefined;

export function refundSettled(view: ListedView): NextStep | undefined {
  const why = view.refund && paymentOf(view);
  return why === undefined ? undefined : { state: 'Settled', why, refundDue: false, action: none() };
}

/** Whether the sender is still to be paid after this step. */
const isDue = ({ refund }: ListedView, { state }: NextStep): boolean =>
  refund !== undefined && state !== 'Settled';

export function closedUnrefunded(view: ListedView, step: NextStep): Ask | undefined {
  const why = refusalOf(view);
  if (why === undefined || !isDue(view, step)) return undefined;
  const refund = refundToPay(view);
  return { text: closedUnrefundedText(refund, why), amount: refund.amount };
}

/** @param presumed whether IGF has not announced the refund */
function ask(view: ListedView, step: NextStep, presumed: boolean): Ask | undefined {
  if (!isDue(view, step) || refusalOf(view) !== undefined) return undefined;
  const refund = refundToPay(view);
  return refund.presumed === presumed ? { text: refundText(refund), amount: refund.amount } : undefined;
}

export const refundDue = (view: ListedView, step: NextStep): Ask | undefined => ask(view, step, false);
export const refundPresumed = (view: ListedView, step: NextStep): Ask | undefined => ask(view, step, true);

export function closedForSeveral(view: ListedView, step: NextStep): string | undefined {
  const { item, merchant } = view;
  if (!isDue(view, step) || merchant.end?.status !== 'processed_closed') return undefined;
  return `RMA ${item.rmaId} is processed_closed and has ${merchant.knownItems} items: check at Winkelstraat whether this one is paid.`;
}

export function otherResolution(view: ListedView, step: NextStep): string | undefined {
  const resolution = view.item.closing?.merchantResolution;
  if (!isDue(view, step) || !resolution) return undefined;
  const meaning = readMerchantResolution(resolution);
  if (meaning === 'refund') return undefined;
  const what =
    meaning === 'not-refund'
      ? 'another resolution than a refund'
      : 'a resolution that the bridge does not know';
  return `The merchant reports ${what}: check at Winkelstraat whether the sender is paid.`;
}

/** The law gives a refund 14 days from the withdrawal, or until the sender has sent the article. */
const refundPeriodMs = 14 * 24 * 60 * 60 * 1000;

export function unpaidTooLong(view: ListedView, { state }: NextStep): string | undefined {
  const { order, item, listingId, refund, now } = view;
  const requestedAt = requestedAtOf(order, item);
  if ((state !== 'Shipped' && state !== 'Completed') || refund || requestedAt === undefined) return undefined;
  if (Date.parse(now) - Date.parse(requestedAt) < refundPeriodMs || paymentOf(view)) return undefined;
  return `Not refunded 14 days after the request of ${requestedAt.slice(0, 10)}: look at listing ${listingId} at ItGoesForward, and decide whether to pay the sender now.`;
}

export function unclearMemo(view: ListedView, step: NextStep): string | undefined {
  const { memo, article, item } = view;
  if (memo?.is !== 'unclear' || !isDue(view, step)) return undefined;
  const order = orderText({ orderId: item.orderId, poNumber: article?.poNumber });
  return `Credit memo ${memo.memo.memoId} may refund it, or another return of the same article (${order}): check at Winkelstraat which one it refunds.`;
}

export function reversedMemo({ memo, refund }: ListedView, { state }: NextStep): string | undefined {
  if (memo?.is !== 'reversed' || (state !== 'Settled' && !refund)) return undefined;
  return `Credit memo ${memo.memo.memoId} reverses a refund of this article: check whether the sender is paid.`;
}

/** Whether a credit memo refunds what is owed. Only a memo of stock-hub has an amount. */
export function otherAmount(view: ListedView, { state }: NextStep): Ask | undefined {
  const { memo, article } = view;
  if (memo?.is !== 'paid' || memo.memo.family !== 'stock-hub' || state !== 'Settled') return undefined;
  const credited = creditedAmount(memo.memo, article?.quantity ?? 1);
  const owed = amountOwed(view);
  if (credited === undefined || owed.amount === undefined || credited === owed.amount) return undefined;
  const text = `Credit memo ${memo.memo.memoId} refunds ${eur(credited)}, and the sender is owed ${amountText(owed)}: check the refund.`;
  return { text, amount: credited };
}

const amountOwed = ({ article, item }: ListedView): RefundAmount =>
  article ? refundAmount(article, item.opening) : { amount: undefined, atMost: true };

const lateHandIn: Partial<Record<ReturnState, string>> = {
  DeadlinePassed: 'handed in after its deadline',
  Cancelled: 'handed in after its cancellation',
  Unmatched: 'handed in after its matching deadline',
};

function refundToPay(view: ListedView): Refund {
  const { article, item, refund, progress } = view;
  const { orderId, rmaId, family } = item;
  return {
    ...{ orderId, rmaId, family, ...article, ...amountOwed(view) },
    presumed: refund === 'presumed',
    lost: refund === 'lost',
    remark: refund === 'lost' ? 'the carrier lost the parcel' : lateHandIn[progress.state],
  };
}

const approved: ReadonlySet<RmaStatus> = new Set(['approved', 'approved_on_item']);
const refused: ReadonlySet<RmaStatus> = new Set(['denied', 'rejected', 'rejected_on_item']);

/** How the merchant ended it without paying. A reseller's RMA is also `closed` when nothing comes back. */
function refusalOf({ item, merchant: { end } }: ListedView): string | undefined {
  if (!end?.status) return undefined;
  if (refused.has(end.status)) return end.why;
  if (end.status === 'closed' && item.family === 'push-api') return end.why;
  return approved.has(end.status) && item.opening?.quantityApproved === 0
    ? 'no unit of it is approved'
    : undefined;
}

/**
 * How the merchant approved the refund. A header that closes an RMA of several items does not say which were approved.
 * An `rma-item` says nothing else than a refusal by the item's own status.
 */
function approvalOf({ item, merchant: { end, knownItems } }: ListedView): string | undefined {
  if (end?.status && approved.has(end.status) && item.opening?.quantityApproved !== 0) return end.why;
  if (end?.status === 'processed_closed' && (end.by === 'own-status' || knownItems <= 1)) return end.why;
  if (end?.by === 'own-status' && end.status && refused.has(end.status)) return undefined;
  const resolution = item.closing?.merchantResolution;
  return resolution && readMerchantResolution(resolution) === 'refund'
    ? 'rma-item reports the refund'
    : undefined;
}

/** The tasks to pay the sender. A person who has done one of them has settled the refund. */
const paying = ['refund-due', 'refund-presumed', 'closed-unrefunded'];

/** What has paid the sender, a sentence; absent while nothing has. */
function paymentOf(view: ListedView): string | undefined {
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
