/** Rules of money, for returns that were handed in: what people must pay, and when a refund is settled. */
import { none } from '../../actions/explain.ts';
import { requestedAtOf } from '../../returns/credit-memos.ts';
import { closedUnrefundedText, refundText } from '../../returns/refund.ts';
import { readMerchantResolution } from '../../returns/vocabulary.ts';
import { isDue, paymentOf, refundToPay, refusalOf } from '../../rules/payment.ts';
import type { Ask, NextStep } from '../../rules/rule.ts';
import { unchanged } from '../../rules/steps.ts';
import type { ListedView } from '../../rules/view.ts';

/** Settled is final. */
export const settled = ({ item }: ListedView): NextStep | undefined =>
  item.state === 'Settled' ? { ...unchanged(item), refundDue: false } : undefined;

export function refundSettled(view: ListedView): NextStep | undefined {
  const why = view.refund && paymentOf(view);
  return why === undefined ? undefined : { state: 'Settled', why, refundDue: false, action: none() };
}

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
  return `RMA ${item.rmaId} is processed_closed and has ${merchant.knownItems} items: look at Winkelstraat whether this one is paid.`;
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
  return `The merchant reports ${what}: look at Winkelstraat whether the sender is paid.`;
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
