import { isOrderCancelReason, type ListingCancelReason, type OrderStatus } from '../enums.ts';
import { notAllowed } from '../errors.ts';
import type { SimulatorSettings } from '../settings.ts';
import type { ListingRow, OrderRow, ShipmentRow, Store } from '../store.ts';

/** An event that has a webhook, with the row that its payload shows. */
export type WebhookEvent =
  | { readonly eventType: 'ADD_LISTING' | 'UPDATE_LISTING' | 'RETURN_CANCELED'; readonly listing: ListingRow }
  | { readonly eventType: 'RETURN_DEADLINE_PASSED'; readonly order: OrderRow }
  | { readonly eventType: 'LABELED' | 'SHIPPED' | 'COMPLETED'; readonly shipment: ShipmentRow }
  | { readonly eventType: 'REFUND'; readonly shipments: readonly ShipmentRow[] };

/** What a change at IGF needs: the state, the time, and a way to send webhooks. */
export interface Context {
  readonly store: Store;
  /** ISO UTC. */
  readonly now: string;
  readonly settings: SimulatorSettings;
  /** Sends a webhook to the subscriber of the event type, if there is one. Never waits for the delivery. */
  readonly send: (event: WebhookEvent) => void;
}

const dayMs = 24 * 60 * 60 * 1000;

/** @returns ISO UTC. */
export function daysFromNow({ now }: Context, days: number): string {
  return new Date(Date.parse(now) + days * dayMs).toISOString();
}

/** A listing with its order and its shipment, if it has them. Their statuses change together. */
export interface Forwarding {
  readonly listing: ListingRow;
  readonly order: OrderRow | undefined;
  readonly shipment: ShipmentRow | undefined;
}

/** With its last order: a listing has one, and a control can make another. */
export function forwardingOf(store: Store, listingId: number): Forwarding {
  const order = store.orders.all().findLast((each) => each.listingId === listingId);
  const shipment = order && store.shipments.all().findLast(({ orderId }) => orderId === order.id);
  return { listing: store.listings.get(listingId), order, shipment };
}

/** Sets the status of all three, and keeps the reason of an earlier cancellation. */
export function setStatus({ store, now }: Context, before: Forwarding, status: OrderStatus): Forwarding {
  const change = { status, updatedAt: now };
  const { listing, order, shipment } = before;
  return {
    listing: store.listings.replace({ ...listing, ...change }),
    order: order && store.orders.replace({ ...order, ...change }),
    shipment:
      shipment && status !== 'Matched'
        ? store.shipments.replace({ ...shipment, ...change, status })
        : shipment,
  };
}

export function isHandedIn({ listing }: Forwarding): boolean {
  return listing.status === 'Shipped' || listing.status === 'Completed';
}

/** Cancels listing, order and shipment, whatever their status is. Sends no webhook. */
export function forceCancel(
  context: Context,
  before: Forwarding,
  cancelReason: ListingCancelReason | undefined,
): Forwarding {
  const ofOrder = cancelReason && isOrderCancelReason(cancelReason) ? cancelReason : null;
  const listing = { ...before.listing, cancelReason };
  const order = before.order && { ...before.order, cancelReason: ofOrder };
  return setStatus(context, { ...before, listing, order }, 'Cancelled');
}

type Reason = ListingCancelReason | undefined;

/** Cancels listing, order and shipment. Refused once the shipment is handed in. Sends no webhook. */
export function cancelForwarding(context: Context, before: Forwarding, reason: Reason): Forwarding {
  const { status } = before.listing;
  if (status === 'Cancelled') throw notAllowed('The listing is already cancelled');
  if (isHandedIn(before)) throw notAllowed(`The listing can not be cancelled anymore: it is ${status}`);
  return forceCancel(context, before, reason);
}

/** Sends the webhook that the document has for the reason, or UPDATE_LISTING when it has none. */
export function sendCancellation(context: Context, { listing, order }: Forwarding, reason: Reason): void {
  if (reason === 'USER_CANCELLED') context.send({ eventType: 'RETURN_CANCELED', listing });
  else if (reason === 'RETURN_DEADLINE_PASSED' && order) {
    context.send({ eventType: 'RETURN_DEADLINE_PASSED', order });
  } else context.send({ eventType: 'UPDATE_LISTING', listing });
}

/** Cancels what missed a deadline since the last call. The time of the cancellation is the deadline itself. */
export function applyDeadlines(context: Context): void {
  const { store, now } = context;
  // Nobody bought the listing in time. IGF sends no webhook for it.
  for (const { id, status, matchingDeadline } of store.listings.all()) {
    const isWaiting = status === 'Available' || status === 'Pending';
    if (!isWaiting || matchingDeadline >= now) continue;
    const forwarding = forwardingOf(store, id);
    if (!forwarding.order)
      forceCancel({ ...context, now: matchingDeadline }, forwarding, 'MATCHING_PERIOD_PASSED');
  }
  // The sender did not hand in the article in time.
  for (const { listingId, status, returnDeadline } of store.orders.all()) {
    const isWaiting = status === 'Matched' || status === 'Labelled';
    if (!isWaiting || returnDeadline >= now) continue;
    const atDeadline = { ...context, now: returnDeadline };
    const cancelled = forceCancel(atDeadline, forwardingOf(store, listingId), 'RETURN_DEADLINE_PASSED');
    sendCancellation(atDeadline, cancelled, 'RETURN_DEADLINE_PASSED');
  }
}
