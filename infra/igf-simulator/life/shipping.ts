import { notAllowed } from '../errors.ts';
import type { Order, Shipment } from '../store.ts';
import { type Forwarding, forwardingOf, listingOfOrder, move } from './forwarding.ts';
import type { Moment } from './moment.ts';
import { tellShipment } from './notices.ts';

/** The carrier makes a label for the order. The return address is the warehouse that was added first, if there is one. */
export function label(moment: Moment, order: Order): Shipment {
  const { store, now } = moment;
  const forwarding = forwardingOf(store, listingOfOrder(store, order));
  if (order.awaitsPayment) throw notAllowed('The order is neither confirmed nor rejected yet');
  if (order.status !== 'Matched') throw notAllowed(`The order is ${order.status}`);
  const at = now.toISOString();
  const shipment = store.shipments.add((id) => ({
    id,
    orderId: order.id,
    status: 'Labelled',
    label: `3SDEVC${676_401_290 + id}`,
    carrierName: order.carrierName,
    warehouseId: store.warehouses.all()[0]?.id,
    createdAt: at,
    updatedAt: at,
  }));
  move(moment, { ...forwarding, shipment }, 'Labelled');
  tellShipment(moment, 'LABELED', shipment);
  return shipment;
}

/** The sender hands the parcel in at the carrier, which takes a label that was cancelled too. */
export function ship(moment: Moment, forwarding: Forwarding): void {
  const shipment = shipmentOf(forwarding);
  const isUnderWay = shipment.status === 'Shipped' || shipment.status === 'Completed';
  const { shipment: shipped } = isUnderWay ? forwarding : move(moment, forwarding, 'Shipped');
  tellShipment(moment, 'SHIPPED', shipped ?? shipment);
}

/** The parcel is with its receiver. */
export function complete(moment: Moment, forwarding: Forwarding): void {
  const shipment = shipmentOf(forwarding);
  const { shipment: completed } =
    shipment.status === 'Completed' ? forwarding : move(moment, forwarding, 'Completed');
  tellShipment(moment, 'COMPLETED', completed ?? shipment);
}

export function shipmentOf({ listing, shipment }: Forwarding): Shipment {
  if (shipment === undefined) throw notAllowed(`Listing ${listing.id} has no shipment`);
  return shipment;
}
