import type { Moment } from '../life/moment.ts';
import { showListing } from '../resources/listing-response.ts';
import { showOrder } from '../resources/order-response.ts';
import { showShipment } from '../resources/shipment-response.ts';
import { forwardingWithId } from './reading.ts';

/** What a listing has come to. */
export function showForwarding(moment: Moment, listingId: number) {
  const { listing, order, shipment } = forwardingWithId(moment, listingId);
  return {
    listing: showListing(moment.store, listing),
    order: order && showOrder(moment, order),
    shipment: shipment && showShipment(moment, shipment),
  };
}
