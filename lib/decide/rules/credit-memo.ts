/** What people must do because of the credit memos of an order. */
import { creditedAmount } from '../../returns/credit-memos.ts';
import { amountText, eur, orderText } from '../../returns/refund.ts';
import { amountOwed, isDue } from '../../rules/payment.ts';
import type { Ask, NextStep } from '../../rules/rule.ts';
import type { ListedView } from '../../rules/view.ts';

export function unclearMemo(view: ListedView, step: NextStep): string | undefined {
  const { memo, article, item } = view;
  if (memo?.is !== 'unclear' || !isDue(view, step)) return undefined;
  const order = orderText({ orderId: item.orderId, poNumber: article?.poNumber });
  return `Credit memo ${memo.memo.memoId} may refund it, or another return of the same article (${order}): look at Winkelstraat which one it refunds.`;
}

export function reversedMemo(view: ListedView, { state }: NextStep): string | undefined {
  const { memo, refund } = view;
  if (memo?.is !== 'reversed' || (state !== 'Settled' && !refund)) return undefined;
  return `Credit memo ${memo.memo.memoId} takes a refund of this article back: check whether the sender is paid.`;
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
