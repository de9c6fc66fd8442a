import type { OrderRow, Store } from '../store.ts';

/*
 * An article can be forwarded several times. The `listingWebshopOrderId` of each forwarding is the `webshopOrderId` of
 * the one before it, and of the first the order that the warehouse sent. Cancelled orders are not in a chain.
 */

/** The first forwarding of the article that was bought as `webshopOrderId`. */
export function firstInChain(store: Store, webshopOrderId: string): OrderRow | undefined {
  const bought = activeOrders(store).findLast((order) => order.webshopOrderId === webshopOrderId);
  return bought && endOf(bought, (order) => previous(store, order));
}

/** The last forwarding of the article that the warehouse sent as `listingWebshopOrderId`. */
export function lastInChain(store: Store, listingWebshopOrderId: string): OrderRow | undefined {
  const forwarded = activeOrders(store).findLast(
    (order) => store.listings.get(order.listingId).listingWebshopOrderId === listingWebshopOrderId,
  );
  return forwarded && endOf(forwarded, (order) => next(store, order));
}

/** The order by which the sender of this one's listing had bought the article. */
function previous(store: Store, order: OrderRow): OrderRow | undefined {
  const { listingWebshopOrderId, sku } = store.listings.get(order.listingId);
  return activeOrders(store).find(
    (each) => each.webshopOrderId === listingWebshopOrderId && store.listings.get(each.listingId).sku === sku,
  );
}

/** The order by which the receiver of this one forwarded the article. */
function next(store: Store, order: OrderRow): OrderRow | undefined {
  return activeOrders(store).find((each) => previous(store, each)?.id === order.id);
}

/** Follows the steps to the last order. A ring of orders ends where it would begin again. */
function endOf(start: OrderRow, step: (order: OrderRow) => OrderRow | undefined): OrderRow {
  const seen = new Set<number>();
  let current = start;
  for (let following = step(current); following && !seen.has(following.id); following = step(current)) {
    current = following;
    seen.add(following.id);
  }
  return current;
}

function activeOrders({ orders }: Store): OrderRow[] {
  return orders.all().filter(({ status }) => status !== 'Cancelled');
}
