import * as z from 'zod/mini';
import { notAllowed } from '../errors.ts';
import { cancel, tellOfCancellation } from '../life/ending.ts';
import type { Forwarding } from '../life/forwarding.ts';
import type { Moment } from '../life/moment.ts';
import { tellListing, tellRefund, tellShipment } from '../life/notices.ts';
import { complete, label, ship, shipmentOf } from '../life/shipping.ts';
import type { Order } from '../store.ts';
import { EventType } from '../webhooks/event-types.ts';
import { forwardingWithId } from './reading.ts';

const id = z.int32();

/** Something that happens in the world and is told by the webhook of that name. REFUND may be for several listings. */
export const WorldEvent = z
  .strictObject({
    eventType: EventType,
    listingId: z.union([id, z.array(id).check(z.minLength(1))]),
  })
  .check(
    z.refine(
      ({ eventType, listingId }) => eventType === 'REFUND' || typeof listingId === 'number',
      'several listings can only be of a REFUND',
    ),
  );

type Happens = (moment: Moment, forwarding: Forwarding) => void;

/**
 * What each event changes before it is told. A life that is past the event already stays as it is, and is told again.
 * A parcel can be handed in and delivered although its order was cancelled: carriers read labels, not IGF's database.
 */
const happens: Record<Exclude<EventType, 'REFUND'>, Happens> = {
  ADD_LISTING: (moment, { listing }) => tellListing(moment, 'ADD_LISTING', listing),
  UPDATE_LISTING: (moment, { listing }) => tellListing(moment, 'UPDATE_LISTING', listing),
  LABELED: (moment, forwarding) => {
    if (forwarding.shipment) tellShipment(moment, 'LABELED', forwarding.shipment);
    else label(moment, orderOf(forwarding));
  },
  SHIPPED: ship,
  COMPLETED: complete,
  RETURN_CANCELED: (moment, forwarding) => endOf(moment, forwarding, 'USER_CANCELLED'),
  RETURN_DEADLINE_PASSED: (moment, forwarding) => {
    orderOf(forwarding);
    endOf(moment, forwarding, 'RETURN_DEADLINE_PASSED');
  },
};

/** Throws a refusal, having changed nothing, when the event is impossible for the listing. Returns the listings' ids. */
export function happen(moment: Moment, { eventType, listingId }: z.infer<typeof WorldEvent>): number[] {
  const ids = Array.isArray(listingId) ? listingId : [listingId];
  const forwardings = ids.map((each) => forwardingWithId(moment, each));
  if (eventType === 'REFUND') tellRefund(moment, forwardings.map(shipmentOf));
  else for (const forwarding of forwardings) happens[eventType](moment, forwarding);
  return ids;
}

function endOf(moment: Moment, was: Forwarding, reason: 'USER_CANCELLED' | 'RETURN_DEADLINE_PASSED'): void {
  const ended = was.listing.status === 'Cancelled' ? was : cancel(moment, was, reason);
  tellOfCancellation(moment, ended, reason);
}

function orderOf({ listing, order }: Forwarding): Order {
  if (order === undefined) throw notAllowed(`Listing ${listing.id} has no order`);
  return order;
}
