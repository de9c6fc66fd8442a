import { listingOfOrder } from '../life/forwarding.ts';
import type { Order, Store } from '../store.ts';

/**
 * The first forwarding of the article that was bought as `webshopOrderId`: its `listingWebshopOrderId` is the order that
 * the warehouse sent. Cancelled orders are no part of a chain.
 */
export function firstInChain(store: Store, webshopOrderId: string): Order | undefined {
  const bought = living(store).findLast((order) => order.webshopOrderId === webshopOrderId);
  return bought && endOf(bought, (order) => before(store, order));
}

/** The last forwarding of the article that the warehouse sent as `listingWebshopOrderId`. */
export function lastInChain(store: Store, listingWebshopOrderId: string): Order | undefined {
  const forwarded = living(store).findLast(
    (order) => listingOfOrder(store, order).listingWebshopOrderId === listingWebshopOrderId,
  );
  return forwarded && endOf(forwarded, (order) => after(store, order));
}

/** The order by which the sender of this one's listing had bought the article. */
function before(store: Store, order: Order): Order | undefined {
  const { listingWebshopOrderId, sku } = listingOfOrder(store, order);
  return living(store).find(
    (each) => each.webshopOrderId === listingWebshopOrderId && listingOfOrder(store, each).sku === sku,
  );
}

/** The order by which the article went on from the receiver of this one. */
function after(store: Store, order: Order): Order | undefined {
  return living(store).find((each) => before(store, each)?.id === order.id);
}

/** Follows the steps to where none is left; a ring of orders ends where it would begin again. */
function endOf(start: Order, step: (order: Order) => Order | undefined): Order {
  const seen = new Set<number>();
  let current = start;
  for (let next = step(current); next && !seen.has(next.id); next = step(current)) {
    current = next;
    seen.add(next.id);
  }
  return current;
}

function living({ orders }: Store): Order[] {
  return orders.all().filter(({ status }) => status !== 'Cancelled');
}
