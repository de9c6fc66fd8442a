import * as z from 'zod/mini';
import type { IgfFact } from '../../facts/igf-facts.ts';
import type { EventType } from '../../facts/vendor-terms.ts';
import { ListingEvent, OrderEvent, RefundEvent, ShipmentEvent } from './payloads.ts';

/** The fact that a listing reports, in a webhook or in an answer. */
export const listingFact = (
  { id, status, receiverId, matchingDeadline, updatedAt }: z.infer<typeof ListingEvent>,
  event?: EventType,
): IgfFact => ({
  kind: 'igf',
  event,
  listingId: id,
  listing: { status, receiverId, matchingDeadline, updatedAt },
});

/** The fact that an order reports, in a webhook or in an answer. */
export const orderFact = (
  {
    id,
    listingId,
    status,
    cancelReason,
    webshopOrderId,
    returnDeadline,
    updatedAt,
  }: z.infer<typeof OrderEvent>,
  event?: EventType,
): IgfFact => ({
  kind: 'igf',
  event,
  listingId,
  igfOrderId: id,
  order: { id, status, cancelReason, webshopOrderId, returnDeadline, updatedAt },
});

/** The fact that a shipment reports, in a webhook or in an answer. */
export const shipmentFact = (
  { id, orderId, status, label, updatedAt, order }: z.infer<typeof ShipmentEvent>,
  event?: EventType,
): IgfFact => {
  const igfOrderId = orderId ?? order?.id;
  return {
    kind: 'igf',
    event,
    listingId: order?.listingId,
    igfOrderId,
    igfShipmentId: id,
    shipment: { id, status, label, updatedAt },
    ...(igfOrderId !== undefined && { order: { id: igfOrderId, webshopOrderId: order?.webshopOrderId } }),
  };
};

/** The facts in the body of an event's webhook: one, or one for each shipment of a refund. */
export function eventFacts(event: EventType, payload: unknown): IgfFact[] {
  switch (event) {
    case 'ADD_LISTING':
    case 'UPDATE_LISTING':
    case 'RETURN_CANCELED':
      return [listingFact(z.parse(ListingEvent, payload), event)];
    case 'RETURN_DEADLINE_PASSED':
      return [orderFact(z.parse(OrderEvent, payload), event)];
    case 'LABELED':
    case 'SHIPPED':
    case 'COMPLETED':
      return [shipmentFact(z.parse(ShipmentEvent, payload), event)];
    case 'REFUND':
      return z.parse(RefundEvent, payload).map((shipment) => shipmentFact(shipment, event));
  }
}
