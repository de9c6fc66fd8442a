import type { Article } from './article.ts';
import type { ReturnItem } from './return-item.ts';
import { deliveredInExcess } from './vocabulary.ts';

export interface RefundAmount {
  /** EUR with tax; absent while no price is known. */
  amount: number | undefined;
  /** No webhook reported the return fee, so the sender is owed this amount or less. */
  atMost: boolean;
}

/** An amount in cents. Sums of amounts in EUR would collect the rounding errors of binary fractions. */
export const cents = (amount: number): number => Math.round(amount * 100);

type Fees = Pick<NonNullable<ReturnItem['opening']>, 'returnFee' | 'rowReturnFee' | 'quantityRequested'>;

/** The return fee of so many units, in cents; `undefined` while no webhook reported it. */
function feeOf(units: number, { returnFee, rowReturnFee, quantityRequested }: Fees): number | undefined {
  if (rowReturnFee !== undefined && units === (quantityRequested ?? 1)) return cents(rowReturnFee);
  return returnFee === undefined ? undefined : cents(returnFee) * units;
}

/** The units of a return at their price, less the return fee, and never below zero. */
export function refundAmount(
  { price, quantity }: Pick<Article, 'price' | 'quantity'>,
  opening: Fees = {},
): RefundAmount {
  const fee = feeOf(quantity, opening);
  const atMost = fee === undefined;
  if (price === undefined) return { amount: undefined, atMost };
  return { amount: Math.max(0, cents(price) * quantity - (fee ?? 0)) / 100, atMost };
}

/** `EUR 267.05`. */
export const eur = (amount: number): string => `EUR ${amount.toFixed(2)}`;

/** `EUR 267.05`, or `at most EUR 270.00`; `undefined` while no price is known. */
export const amountText = ({ amount, atMost }: RefundAmount): string | undefined =>
  amount === undefined ? undefined : `${atMost ? 'at most ' : ''}${eur(amount)}`;

export interface Refund
  extends RefundAmount,
    Pick<ReturnItem, 'orderId' | 'rmaId' | 'family'>,
    Partial<Pick<Article, 'poNumber' | 'reason' | 'pricesDiffer'>> {
  /** IGF announced no refund: it is due because the article arrived long ago. */
  presumed: boolean;
  /** The carrier lost the parcel, so the buyer did not get the article. */
  lost: boolean;
  /** What else must be known about it, such as "handed in after its deadline". */
  remark?: string | undefined;
}

/** The order of a return by the numbers that a merchant knows. */
export const orderText = ({ orderId, poNumber }: Pick<Refund, 'orderId' | 'poNumber'>): string =>
  poNumber === undefined ? `order ${orderId}` : `order ${orderId}, PO ${poNumber}`;

/** A reseller refunds the customers of its own shop. A merchant's customers are refunded by Winkelstraat. */
function whoPays({ family, rmaId, lost, ...order }: Refund): string {
  if (family === 'stock-hub') return `Refund your customer (${orderText(order)}).`;
  const where = lost ? 'the carrier lost it' : 'it went to another buyer';
  return `Process RMA ${rmaId} at Winkelstraat; do not restock the article: ${where}.`;
}

function doubts({ amount, presumed, reason, pricesDiffer }: Refund): string[] {
  return [
    presumed && 'IGF announced no refund: the buyer may have disputed; look there before you pay.',
    deliveredInExcess(reason) && 'Check that it was charged: it was delivered in excess.',
    pricesDiffer === true && 'The prices of the article differ in the order. This is the lowest.',
    amount === 0 && 'The return fee is as high as the price, or higher.',
  ].filter((doubt) => doubt !== false);
}

/** The task to pay the sender, in sentences. The first one names the amount. */
export function refundText(refund: Refund): string {
  const amount = amountText(refund);
  const remark = refund.remark === undefined ? '' : ` (${refund.remark})`;
  const headline = amount === undefined ? `Refund due${remark}.` : `Refund due: ${amount}${remark}.`;
  return [headline, whoPays(refund), ...doubts(refund)].join(' ');
}

/**
 * The task to pay the sender although the merchant ended the return without paying. Winkelstraat can't process an RMA
 * that has ended.
 * @param why how the merchant ended it, such as "its status is rejected"
 */
export function closedUnrefundedText(refund: Refund, why: string): string {
  const owed = amountText(refund) ?? 'the refund';
  const how =
    refund.family === 'stock-hub'
      ? whoPays(refund)
      : 'Pay the sender, or create a new RMA at Winkelstraat and process that; do not restock.';
  return [`Closed unrefunded: ${owed} is still due, but ${why}.`, how, ...doubts(refund)].join(' ');
}
