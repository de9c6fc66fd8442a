import type { Fields, ReturnInputs, Sent } from './inputs.ts';
import { priceOf } from './listing.ts';
import { endOf } from './statuses.ts';

/** What the sender is owed, in cents: the price less the return fee of one unit, which push-api does not report. */
function owedCents(inputs: ReturnInputs): number {
  const report = inputs.reports.findLast(({ isNamed }) => isNamed);
  const price = report ? (priceOf(inputs, report) ?? 0) : 0;
  const fee = Number(report?.fields.item_return_fee ?? 0);
  return Math.max(0, Math.round(price * 100) - Math.round(fee * 100));
}

const eur = (cents: number): string => `EUR ${(cents / 100).toFixed(2)}`;

const isReversal = ({ items }: Fields): boolean => (items as Fields[] | undefined)?.[0]?.reversal === true;

/** The article never reached the customer. Such a memo pays for no return. */
export const isDeficient = ({ fields }: Sent): boolean =>
  (fields.update as Fields | undefined)?.status === 'DEFICIENT';

const endsOf = (inputs: ReturnInputs): string[] =>
  inputs.reports.flatMap((report) => endOf(inputs, report) ?? []);

const resolutionOf = ({ closings: [closing] }: ReturnInputs): unknown => closing?.fields.retailer_resolution;

/** Whether something has paid for a refund that is due. A memo pays when it can mean no other return of the order. */
export function paymentOf(inputs: ReturnInputs): boolean {
  const { memos, rivals, family, itemCount } = inputs;
  const ends = endsOf(inputs);
  const isProcessed = ends.includes('processed_closed') && (family === 'stock-hub' || itemCount === 1);
  const isRefund = resolutionOf(inputs) === 'Terugbetalen';
  return (memos.length > 0 && rivals.length === 0) || ends.includes('approved') || isProcessed || isRefund;
}

/** What people are asked about money, once the refund is due. */
export function moneyAsked(inputs: ReturnInputs, isPaid: boolean): RegExp[] {
  const { family, memos, rivals, itemCount, item, orderId } = inputs;
  const ends = endsOf(inputs);
  const amount = owedCents(inputs);
  const text = family === 'push-api' ? `at most ${eur(amount)}` : eur(amount);
  if (isPaid) {
    // A reversal is all that is said of the memos.
    if (memos.some(({ fields }) => isReversal(fields))) return [/reverses a refund of this article/];
    const other = memos
      .flatMap(({ fields }) => (fields.items ? creditedCents(fields) : []))
      .find((cents) => cents !== amount);
    return other === undefined
      ? []
      : [new RegExp(`refunds ${eur(other)}, and the sender is owed ${eur(amount)}`)];
  }
  const isRefused = ends.includes('denied') || (ends.includes('closed') && family === 'push-api');
  const who =
    family === 'push-api'
      ? `RMA ${item.rmaId} at Winkelstraat; do not restock`
      : `Refund your customer \\(order ${orderId}`;
  return [
    isRefused
      ? new RegExp(`^Closed unrefunded: ${text} is still due`)
      : new RegExp(`^Refund due: ${text}( \\(.*\\))?\\. .*${who}`),
    ...(ends.includes('processed_closed') ? [new RegExp(`has ${itemCount} items`)] : []),
    ...(resolutionOf(inputs) === 'Ruilen' ? [/another resolution than a refund/] : []),
    ...(memos.length > 0 && rivals.length > 0 ? [/may refund it, or another return/] : []),
  ];
}

/** What a memo of one unit credits. */
function creditedCents({ items }: Fields): number {
  const [line = {}] = items as Fields[];
  return Math.max(
    0,
    Math.round(Number(line.row_total_inc_tax) * 100) - Math.round(Number(line.return_item_fee) * 100),
  );
}
