import type { ActionContext } from '../actions/action.ts';
import { ordersOf } from '../actions/sale.ts';
import type { IgfOrder } from '../igf/api/answers.ts';
import { linkToReturn, recordIgfFacts } from '../record/link.ts';
import { orderText } from '../returns/refund.ts';
import type { Match, ReturnItem } from '../returns/return-item.ts';
import type { ClaimOutcome } from '../table/orders.ts';
import { orderFact } from '../webhooks/igf/facts.ts';

/** A match of a listing with a shipment. At IGF it is an order of that listing. */
export interface MatchedListing {
  listingId: number;
  match: Match;
}

/** The number of the buyer's order at IGF. */
export const numberAtIgf = ({ webshopOrderId, orderId }: Match): string => webshopOrderId ?? orderId;

/** The buyer's order in a sentence, by every number of it. */
export const matchedOrderText = ({ orderId, webshopOrderId }: Match): string =>
  orderText({ orderId, poNumber: webshopOrderId });

/** How the order of a match ended at IGF: it does not exist (any more), or it is confirmed. */
export type OrderEnd = 'gone' | IgfOrder;

/** The listing's open orders at IGF: the order of this match, and whether there are others. */
export async function findOrders(
  { dependencies }: ActionContext,
  { listingId, match }: MatchedListing,
): Promise<{ own: IgfOrder | undefined; others: boolean }> {
  const orders = (await ordersOf(dependencies.igf, listingId)).filter(({ status }) => status !== 'Cancelled');
  const isOwn = (order: IgfOrder): boolean =>
    match.igfOrderId === undefined
      ? order.webshopOrderId === numberAtIgf(match)
      : order.id === match.igfOrderId;
  const own = orders.find(isOwn);
  return { own, others: orders.some((order) => order !== own) };
}

/** @returns `undefined` while the order is neither confirmed nor rejected */
export async function orderEnd(
  context: ActionContext,
  matched: MatchedListing,
): Promise<OrderEnd | undefined> {
  const { own } = await findOrders(context, matched);
  if (!own) return 'gone';
  const { status } = await context.dependencies.igf.listings.get(matched.listingId);
  return status === 'Pending' || status === 'Available' ? undefined : own;
}

/** Ends a match at IGF: its confirmed order matches the return, or the warehouse sends the shipment. */
export async function concludeMatch(
  { dependencies }: ActionContext,
  { match }: MatchedListing,
  end: OrderEnd,
  item: ReturnItem,
): Promise<ClaimOutcome> {
  if (end === 'gone') {
    const why = `ItGoesForward has no order for shipment ${match.shipmentId} any more.`;
    return releaseMatch({ ...match, refused: true }, why);
  }
  await linkToReturn({ kind: 'ORDER', id: end.id }, item, dependencies);
  await recordIgfFacts(item, [orderFact(end)], dependencies);
  return { match: { ...match, phase: 'confirmed', igfOrderId: end.id } };
}

/** Nothing is ordered: the unit is released, and the warehouse sends the shipment. */
export const releaseMatch = (match: Match, why?: string): ClaimOutcome => ({
  match: { ...match, phase: 'releasing' },
  ...(why && { why }),
});
