import * as z from 'zod/mini';
import { CustomerBody } from '../api/customers.ts';
import { Carrier, WebhookEventType } from '../enums.ts';
import { notAllowed } from '../errors.ts';
import { buyListing } from '../lifecycle/buying.ts';
import { cancelForwarding, failDelivery, sendCancellation } from '../lifecycle/cancellation.ts';
import type { Context } from '../lifecycle/context.ts';
import { banEmail } from '../lifecycle/customers.ts';
import { type Forwarding, forwardingOf, orderOfListing, shipmentOf } from '../lifecycle/forwarding.ts';
import { announceRefund } from '../lifecycle/refunds.ts';
import { completeDelivery, makeLabel, ship } from '../lifecycle/shipping.ts';
import type { OrderRow } from '../store.ts';

const id = z.int32();

/** An event that sends the webhook of its type. REFUND may be for several listings. */
export const EventOnDemand = z
  .strictObject({
    eventType: WebhookEventType,
    listingId: z.union([id, z.array(id).check(z.minLength(1))]),
  })
  .check(
    z.refine(
      ({ eventType, listingId }) => eventType === 'REFUND' || typeof listingId === 'number',
      'several listings can only be of a REFUND',
    ),
  );

type Effect = (context: Context, forwarding: Forwarding) => void;

/**
 * What each event changes before its webhook is sent. A forwarding that is past the event stays as it is, and
 * the webhook is sent again. A shipment can be labelled, handed in and delivered although its order was cancelled, and
 * what has no label yet gets one without a webhook.
 */
const effects: Record<Exclude<WebhookEventType, 'REFUND'>, Effect> = {
  ADD_LISTING: ({ send }, { listing }) => send({ eventType: 'ADD_LISTING', listing }),
  UPDATE_LISTING: ({ send }, { listing }) => send({ eventType: 'UPDATE_LISTING', listing }),
  LABELED: (context, forwarding) => {
    const shipment = forwarding.shipment ?? makeLabel(context, orderOfListing(forwarding));
    context.send({ eventType: 'LABELED', shipment });
  },
  SHIPPED: (context, forwarding) => ship(context, labelled(context, forwarding)),
  COMPLETED: (context, forwarding) => completeDelivery(context, labelled(context, forwarding)),
  RETURN_CANCELED: (context, forwarding) => cancelOnce(context, forwarding, 'USER_CANCELLED'),
  RETURN_DEADLINE_PASSED: (context, forwarding) => {
    orderOfListing(forwarding);
    cancelOnce(context, forwarding, 'RETURN_DEADLINE_PASSED');
  },
};

/**
 * @returns the ids of the listings. @throws Refusal when the event is impossible; nothing has changed then
 */
export function triggerEvent(
  context: Context,
  { eventType, listingId }: z.infer<typeof EventOnDemand>,
): number[] {
  const ids = Array.isArray(listingId) ? listingId : [listingId];
  const forwardings = ids.map((each) => forwardingOf(context.store, context.store.listings.get(each)));
  if (eventType === 'REFUND') {
    for (const forwarding of forwardings) if (!forwarding.order) shipmentOf(forwarding);
    const shipments = forwardings.map((forwarding) => shipmentOf(labelled(context, forwarding)));
    announceRefund(context, shipments);
  } else for (const forwarding of forwardings) effects[eventType](context, forwarding);
  return ids;
}

/** With a label, if it has an order. */
function labelled(context: Context, forwarding: Forwarding): Forwarding {
  const { listing, order, shipment } = forwarding;
  if (shipment || !order) return forwarding;
  makeLabel(context, order);
  return forwardingOf(context.store, context.store.listings.get(listing.id));
}

function cancelOnce(
  context: Context,
  before: Forwarding,
  reason: 'USER_CANCELLED' | 'RETURN_DEADLINE_PASSED',
): void {
  const isCancelled = before.listing.status === 'Cancelled';
  sendCancellation(context, isCancelled ? before : cancelForwarding(context, before, reason), reason);
}

/**
 * A purchase, also of a listing that is cancelled or past its deadline. The simulator makes up what the request leaves
 * out.
 */
export const PurchaseOnDemand = z.strictObject({
  listingId: id,
  webshopOrderId: z.optional(z.string()),
  webshopOrderItemId: z.optional(z.string()),
  carrierName: z.optional(Carrier),
  customer: z.optional(CustomerBody),
});

export function purchase(context: Context, request: z.infer<typeof PurchaseOnDemand>): OrderRow {
  const { listingId, webshopOrderId = `bought-${listingId}`, customer = defaultBuyer } = request;
  return buyListing(context, { ...request, webshopOrderId, customer }, { atOnce: true });
}

const defaultBuyer = {
  email: 'buyer@example.com',
  firstName: 'Bo',
  lastName: 'Buyer',
  address: { street: 'Coolsingel', houseNr: '40', city: 'Rotterdam', postalCode: '3011 AD', country: 'NL' },
};

/** A cancellation for which IGF sends no webhook. */
export const SilentCancellation = z.strictObject({
  listingId: id,
  cancelReason: z.enum(['NOT_DELIVERED_BY_CARRIER', 'CUSTOMER_BANNED', 'MATCHING_PERIOD_PASSED']),
});

/** The carrier lost the shipment, IGF banned the sender, or nobody bought the listing in time. */
export function cancelSilently(
  context: Context,
  { listingId, cancelReason }: z.infer<typeof SilentCancellation>,
): void {
  const { store } = context;
  const forwarding = forwardingOf(store, store.listings.get(listingId));
  if (cancelReason === 'NOT_DELIVERED_BY_CARRIER') {
    failDelivery(context, forwarding);
    return;
  }
  if (cancelReason === 'MATCHING_PERIOD_PASSED' && forwarding.order) {
    throw notAllowed(`Listing ${listingId} was bought`);
  }
  cancelForwarding(context, forwarding, cancelReason);
  if (cancelReason === 'CUSTOMER_BANNED') {
    banEmail(context, store.customers.get(forwarding.listing.senderId).email);
  }
}
