import { notAllowed } from '../errors.ts';
import type { OrderRow, ShipmentRow } from '../store.ts';
import type { Context } from './context.ts';
import { type Forwarding, forwardingOfOrder, isHandedIn, setStatus, shipmentOf } from './forwarding.ts';

/** A label for an order that is paid and matched. */
export function createLabel(context: Context, order: OrderRow): ShipmentRow {
  if (order.awaitsPayment) throw notAllowed('The order is neither confirmed nor rejected yet');
  if (order.status !== 'Matched') throw notAllowed(`The order is ${order.status}`);
  const shipment = makeLabel(context, order);
  context.send({ eventType: 'LABELED', shipment });
  return shipment;
}

/**
 * The carrier makes a label for the order, whatever its status is. The return address is the oldest warehouse, if there
 * is one. Sends no webhook.
 */
export function makeLabel(context: Context, order: OrderRow): ShipmentRow {
  const { store, now } = context;
  store.orders.replace({ ...order, awaitsPayment: false });
  const shipment = store.shipments.add((id) => ({
    id,
    orderId: order.id,
    status: 'Labelled',
    label: `3SDEVC${676_401_290 + id}`,
    carrierName: order.carrierName,
    warehouseId: store.warehouses.all()[0]?.id,
    createdAt: now,
    updatedAt: now,
  }));
  setStatus(context, forwardingOfOrder(store, order), 'Labelled');
  return shipment;
}

/** The sender hands in the shipment at the carrier. Carriers take a label that was cancelled, too. */
export function ship(context: Context, before: Forwarding): void {
  const shipment = shipmentOf(before);
  const after = isHandedIn(before) ? before : setStatus(context, before, 'Shipped');
  context.send({ eventType: 'SHIPPED', shipment: after.shipment ?? shipment });
}

/** The receiver gets the shipment. */
export function completeDelivery(context: Context, before: Forwarding): void {
  const shipment = shipmentOf(before);
  const after = shipment.status === 'Completed' ? before : setStatus(context, before, 'Completed');
  const arrived = { arrivedAt: context.now, ...(after.shipment ?? shipment) };
  context.send({ eventType: 'COMPLETED', shipment: context.store.shipments.replace(arrived) });
}
