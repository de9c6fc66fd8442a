import type { IgfState } from '../returns/igf-state.ts';
import type { ReturnState } from '../returns/return-item.ts';
import { type RefundTerms, refundAttention } from './refund.ts';

/** Where a listed return stands by what IGF told, and what that asks of a human. */
export interface IgfProgress {
  state: ReturnState;
  why: string;
  attention?: string | undefined;
  refundDue: boolean;
}

/**
 * Whether somebody has bought it: an order that is known, or a listing that said so. An order that was rejected is
 * deleted at IGF; what remains of it is a listing that was on offer later.
 */
function hasBuyer({ order, boughtAt, offeredAt }: IgfState): boolean {
  const bought = [order?.updatedAt, boughtAt]
    .filter((time) => time !== undefined)
    .sort()
    .at(-1);
  if (bought === undefined) return order !== undefined;
  return offeredAt === undefined || bought > offeredAt;
}

/** Whether the article came so far, by an event or by the status of anything that IGF told. */
export function reached(
  atIgf: IgfState,
  event: 'LABELED' | 'SHIPPED' | 'COMPLETED',
  status: 'Labelled' | 'Shipped' | 'Completed',
): boolean {
  const { events, listing, order, shipment } = atIgf;
  return events.includes(event) || [listing, order, shipment].some((told) => told?.status === status);
}

const serveFromStock = ({ order }: IgfState): string =>
  `Serve ${order?.webshopOrderId ?? "the buyer's order"} from stock: the forwarding ended.`;

/**
 * IGF announces no match and no end of matching, so only asking it after the deadline tells. A listing that was cancelled
 * before the deadline did not come so far.
 */
const unmatched = (atIgf: IgfState): boolean => {
  const { listing, polledAt } = atIgf;
  const deadline = listing?.matchingDeadline;
  if (hasBuyer(atIgf) || !deadline || !polledAt || polledAt <= deadline) return false;
  return !(listing.status === 'Cancelled' && listing.updatedAt && listing.updatedAt < deadline);
};

/** How the forwarding ended early, if it did. */
function endOf(atIgf: IgfState): { state: ReturnState; why: string } | undefined {
  const { events, listing, order } = atIgf;
  if (events.includes('RETURN_CANCELED')) {
    return { state: 'Cancelled', why: 'The customer cancelled the return at ItGoesForward.' };
  }
  if (events.includes('RETURN_DEADLINE_PASSED') || order?.cancelReason === 'RETURN_DEADLINE_PASSED') {
    return { state: 'DeadlinePassed', why: 'The article was not handed in before the deadline.' };
  }
  if (order?.cancelReason === 'CUSTOMER_BANNED') {
    return { state: 'Cancelled', why: 'ItGoesForward banned the customer and cancelled.' };
  }
  if (unmatched(atIgf)) {
    return { state: 'Unmatched', why: 'Nobody bought the article before the matching deadline.' };
  }
  if (listing?.status === 'Cancelled' && order?.cancelReason !== 'NOT_DELIVERED_BY_CARRIER') {
    return { state: 'Cancelled', why: 'The listing is cancelled at ItGoesForward.' };
  }
  return undefined;
}

/** How far the forwarding got, while it goes on. */
function progressOf(atIgf: IgfState): { state: ReturnState; why: string } {
  const { order } = atIgf;
  if (reached(atIgf, 'COMPLETED', 'Completed')) {
    return { state: 'Completed', why: 'The article reached its next owner.' };
  }
  if (reached(atIgf, 'SHIPPED', 'Shipped'))
    return { state: 'Shipped', why: 'The article is on its way to its buyer.' };
  if (reached(atIgf, 'LABELED', 'Labelled'))
    return { state: 'Labelled', why: 'The sender has the label of the parcel.' };
  if (hasBuyer(atIgf) && order?.status !== 'Cancelled') {
    return { state: 'Matched', why: 'Somebody bought the article; its sender is asked to hand it in.' };
  }
  return { state: 'Listed', why: 'The article is offered at ItGoesForward.' };
}

/**
 * Where a listed return stands. A function of all that was told, so that events may come late, twice or in any order:
 * the last of them leads to the same end.
 */
export function igfProgress(atIgf: IgfState, terms: RefundTerms): IgfProgress {
  const refundDue = atIgf.events.includes('REFUND');
  const end = endOf(atIgf);
  if (end) {
    const handedIn = reached(atIgf, 'SHIPPED', 'Shipped') || reached(atIgf, 'COMPLETED', 'Completed');
    if (handedIn) return { ...end, attention: 'Handed in after all: stop the replacement.', refundDue };
    return { ...end, attention: hasBuyer(atIgf) ? serveFromStock(atIgf) : undefined, refundDue };
  }
  if (atIgf.order?.cancelReason === 'NOT_DELIVERED_BY_CARRIER') {
    const why = 'The carrier lost the parcel.';
    return {
      state: 'Shipped',
      why,
      attention: 'Parcel lost: serve the buyer, settle the sender.',
      refundDue,
    };
  }
  return { ...progressOf(atIgf), attention: refundDue ? refundAttention(terms) : undefined, refundDue };
}
