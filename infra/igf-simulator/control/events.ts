import * as z from 'zod/mini';
import { WebhookEventType } from '../enums.ts';
import { notAllowed } from '../errors.ts';
import { addOrder } from '../lifecycle/buying.ts';
import { banEmail } from '../lifecycle/customers.ts';
import {
  type Context,
  cancelForwarding,
  type Forwarding,
  forceCancel,
  forwardingOf,
  sendCancellation,
  setStatus,
} from '../lifecycle/forwarding.ts';
import { announceRefund, completeDelivery, makeLabel, ship } from '../lifecycle/shipping.ts';
import { OrderBody } from '../requests.ts';
import type { OrderRow } from '../store.ts';

/*
 * What a person or a test says happens at once, in any order, also after a deadline or a cancellation. What is
 * missing is made up. The rules of IGF bind its own life and its API only.
 */

const id = z.int32().check(z.describe('the id of the listing'));

/** An event that sends the webhook of its type. REFUND may be for several listings. */
export const EventOnDemand = z
  .strictObject({
    eventType: WebhookEventType,
    listingId: z
      .union([id, z.array(id).check(z.minLength(1))])
      .check(z.describe('the id of the listing; a REFUND may have several')),
  })
  .check(
    z.refine(
      ({ eventType, listingId }) => eventType === 'REFUND' || typeof listingId === 'number',
      'several listings can only be of a REFUND',
    ),
  );

type Effect = (context: Context, forwarding: Forwarding) => void;

/**
 * What each event changes before its webhook is sent. A forwarding that is past the event stays as it is, and the
 * webhook is sent again.
 */
const effects: Record<Exclude<WebhookEventType, 'REFUND'>, Effect> = {
  ADD_LISTING: ({ send }, { listing }) => send({ eventType: 'ADD_LISTING', listing }),
  UPDATE_LISTING: ({ send }, { listing }) => send({ eventType: 'UPDATE_LISTING', listing }),
  LABELED: (context, forwarding) =>
    context.send({ eventType: 'LABELED', shipment: labelled(context, forwarding).shipment }),
  SHIPPED: (context, forwarding) => ship(context, labelled(context, forwarding)),
  COMPLETED: (context, forwarding) => completeDelivery(context, labelled(context, forwarding)),
  RETURN_CANCELED: (context, forwarding) => cancelOnce(context, forwarding, 'USER_CANCELLED'),
  RETURN_DEADLINE_PASSED: (context, forwarding) => {
    orderOf(context, forwarding);
    cancelOnce(context, forwardingOf(context.store, forwarding.listing.id), 'RETURN_DEADLINE_PASSED');
  },
};

/** @returns the ids of the listings. @throws Refusal when one is unknown; nothing has changed then */
export function triggerEvent(
  context: Context,
  { eventType, listingId }: z.infer<typeof EventOnDemand>,
): number[] {
  const ids = [listingId].flat();
  const forwardings = ids.map((each) => forwardingOf(context.store, each));
  if (eventType === 'REFUND') {
    const shipments = forwardings.map((forwarding) => labelled(context, forwarding).shipment);
    announceRefund(context, shipments);
  } else for (const forwarding of forwardings) effects[eventType](context, forwarding);
  return ids;
}

/** Its order. What nobody bought is bought without a webhook. */
function orderOf(context: Context, { listing, order }: Forwarding): OrderRow {
  return order ?? purchase({ ...context, send: () => {} }, { listingId: listing.id });
}

/** With a label: what has none gets one without a webhook. */
function labelled(context: Context, forwarding: Forwarding) {
  const shipment = forwarding.shipment ?? makeLabel(context, orderOf(context, forwarding));
  return { ...forwardingOf(context.store, forwarding.listing.id), shipment };
}

function cancelOnce(
  context: Context,
  before: Forwarding,
  reason: 'USER_CANCELLED' | 'RETURN_DEADLINE_PASSED',
): void {
  const isCancelled = before.listing.status === 'Cancelled';
  sendCancellation(context, isCancelled ? before : forceCancel(context, before, reason), reason);
}

/** A purchase. The simulator makes up what the request leaves out. */
export const PurchaseOnDemand = z.strictObject({ ...z.partial(OrderBody).shape, listingId: id });

/** Ends the order that the listing has, as if it had been cancelled, unless the article arrived. */
export function purchase(context: Context, request: z.infer<typeof PurchaseOnDemand>): OrderRow {
  const { listingId, webshopOrderId = `bought-${listingId}`, customer = defaultBuyer } = request;
  const earlier = forwardingOf(context.store, listingId);
  if (earlier.order && earlier.order.status !== 'Completed') setStatus(context, earlier, 'Cancelled');
  return addOrder(context, { ...request, webshopOrderId, customer }, false);
}

const defaultBuyer = {
  email: 'buyer@example.com',
  firstName: 'Bo',
  lastName: 'Buyer',
  address: { street: 'Coolsingel', houseNr: '40', city: 'Rotterdam', postalCode: '3011 AD', country: 'NL' },
};

/** A cancellation for which IGF sends no webhook. IGF's rules hold for it. */
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
  const forwarding = forwardingOf(store, listingId);
  const { listing, order, shipment } = forwarding;
  if (cancelReason === 'NOT_DELIVERED_BY_CARRIER') {
    if (!shipment || listing.status === 'Completed') {
      throw notAllowed(`No carrier has the parcel: the listing is ${listing.status}`);
    }
    forceCancel(context, forwarding, cancelReason);
    return;
  }
  if (cancelReason === 'MATCHING_PERIOD_PASSED' && order) throw notAllowed(`Listing ${listingId} was bought`);
  cancelForwarding(context, forwarding, cancelReason);
  if (cancelReason === 'CUSTOMER_BANNED') banEmail(context, store.customers.get(listing.senderId).email);
}
