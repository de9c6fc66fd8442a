import { sameArticle, skuOf, unitsOf } from './article.ts';
import { headerOf, isReportedByOtherFamily } from './merchant-decision.ts';
import { type CreditMemo, type OrderSnapshot, returnIn } from './order.ts';
import { cents } from './refund.ts';
import type { ReturnItem } from './return-item.ts';

export type MemoFinding =
  /** Winkelstraat credited it. */
  | { is: 'paid'; memo: CreditMemo }
  /** Winkelstraat credited fewer units than returns may be meant. */
  | { is: 'unclear'; memo: CreditMemo }
  /** A later memo takes back the one that credited it, or the only one that can mean it. */
  | { is: 'reversed'; memo: CreditMemo };

/** When the customer requested a return, otherwise when its first webhook came (of an `rma-item`: its last change). */
export function requestedAtOf(order: OrderSnapshot, item: ReturnItem): string | undefined {
  const { closing, firstReportedAt } = item;
  return headerOf(order, item)?.requestedAt ?? closing?.requestedAt ?? firstReportedAt ?? closing?.updatedAt;
}

const creditsUnits = ({ status, quantity }: CreditMemo): boolean =>
  status !== 'DEFICIENT' && status !== 'CANCELLED' && quantity !== 0;

/** push-api sends a status with each line. A status that could not be read may be one that pays nothing. */
const surelyPays = ({ status, family }: CreditMemo): boolean =>
  status !== undefined || family === 'stock-hub';

const byDate = (one: CreditMemo, other: CreditMemo): number =>
  one.at.localeCompare(other.at) ||
  Number(one.reversal ?? false) - Number(other.reversal ?? false) ||
  one.memoId.localeCompare(other.memoId) ||
  one.lineId.localeCompare(other.lineId);

/**
 * Ties the credit memos of an order to its returns. A memo names an article, but no return: a line can mean each of its
 * returns that was requested before and that no earlier memo paid. It pays one that is alone, and all when it has their
 * units. Otherwise it is unclear which ones. Pure: the order in which webhooks come makes no difference.
 * @returns the findings by return; none for a return that no memo can mean
 */
function assignCreditMemos(order: OrderSnapshot): ReadonlyMap<ReturnItem, MemoFinding> {
  const findings = new Map<ReturnItem, MemoFinding>();
  const known = order.returns.filter((item) => !isReportedByOtherFamily(order, item));
  for (const memo of order.creditMemos.filter(creditsUnits).sort(byDate)) {
    const meant = known.filter(
      (item) => sameArticle(skuOf(item), memo.sku) && (requestedAtOf(order, item) ?? memo.at) < memo.at,
    );
    for (const [item, finding] of findingsOf(memo, meant, findings)) findings.set(item, finding);
  }
  return findings;
}

export function creditMemoOf(order: OrderSnapshot, item: ReturnItem): MemoFinding | undefined {
  const known = returnIn(order, item);
  return known && assignCreditMemos(order).get(known);
}

/** What one memo says about the returns that it can mean. */
function findingsOf(
  memo: CreditMemo,
  meant: readonly ReturnItem[],
  known: ReadonlyMap<ReturnItem, MemoFinding>,
): [ReturnItem, MemoFinding][] {
  const paid = meant.filter((item) => known.get(item)?.is === 'paid');
  if (memo.reversal) {
    const reversed = paid.length > 0 ? paid : meant;
    return reversed.map((item) => [item, { is: 'reversed', memo }]);
  }
  const candidates = meant.filter((item) => !paid.includes(item));
  const units = candidates.reduce((sum, item) => sum + Math.max(1, unitsOf(item)), 0);
  const isEnough = candidates.length === 1 || units <= (memo.quantity ?? 1);
  const is = surelyPays(memo) && isEnough ? 'paid' : 'unclear';
  return candidates.map((item) => [item, { is, memo }]);
}

/** What a credit memo of stock-hub credits for so many units, in EUR. A memo of push-api carries no amount. */
export function creditedAmount(
  { rowTotal, quantity = 1, returnFee = 0 }: CreditMemo,
  units: number,
): number | undefined {
  if (rowTotal === undefined || quantity <= 0) return undefined;
  return Math.max(0, Math.round((cents(rowTotal) * units) / quantity) - cents(returnFee)) / 100;
}
