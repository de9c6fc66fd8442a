import { showListing } from '../resources/listing-response.ts';
import { showOrder } from '../resources/order-response.ts';
import { showShipment } from '../resources/shipment-response.ts';
import type { Listing, Order, Shipment } from '../store.ts';
import type { Moment } from './moment.ts';

type ListingEvent = 'ADD_LISTING' | 'UPDATE_LISTING' | 'RETURN_CANCELED';
type ShipmentEvent = 'LABELED' | 'SHIPPED' | 'COMPLETED';

/** The payloads of the eight webhooks. */
export function tellListing(moment: Moment, eventType: ListingEvent, listing: Listing): void {
  moment.tell(eventType, showListing(moment.store, listing));
}

export function tellDeadline(moment: Moment, order: Order): void {
  moment.tell('RETURN_DEADLINE_PASSED', showOrder(moment, order));
}

export function tellShipment(moment: Moment, eventType: ShipmentEvent, shipment: Shipment): void {
  moment.tell(eventType, showShipment(moment, shipment));
}

export function tellRefund(moment: Moment, shipments: readonly Shipment[]): void {
  moment.tell(
    'REFUND',
    shipments.map((shipment) => showShipment(moment, shipment)),
  );
}
