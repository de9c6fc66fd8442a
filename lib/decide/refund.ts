/** What a sender must be paid, as far as it is known. Amounts in EUR, tax included. */
export interface RefundTerms {
  price: number | undefined;
  fee: number | undefined;
}

/** `Refund due: EUR 59.95.`, the price less the return fee. */
const due = ({ price, fee }: RefundTerms): string =>
  price === undefined ? 'Refund due.' : `Refund due: EUR ${(price - (fee ?? 0)).toFixed(2)}.`;

/** What people are asked when IGF told that the sender is to be refunded. */
export const refundAttention = (terms: RefundTerms): string =>
  `${due(terms)} Process the RMA at Winkelstraat.`;

/** What people are asked when the article arrived and IGF told nothing of a refund. */
export const unannouncedRefundAttention = (terms: RefundTerms): string =>
  `${due(terms)} The article arrived, and ItGoesForward told nothing of its refund: check it there, then process the RMA at Winkelstraat.`;
