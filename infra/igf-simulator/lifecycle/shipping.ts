import { notAllowed } from '../errors.ts';
import type { OrderRow, ShipmentRow } from '../store.ts';
import {
  type Context,
  daysFromNow,
  type Forwarding,
  forwardingOf,
  isHandedIn,
  setStatus,
} from './forwarding.ts';

/** A label for an order that is paid and matched. */
export function createLabel(context: Context, order: OrderRow): ShipmentRow {
  if (order.awaitsPayment) throw notAllowed('The order is neither confirmed nor rejected yet');
  if (order.status !== 'Matched') throw notAllowed(`The order is ${order.status}`);
  const shipment = makeLabel(context, order);
  context.send({ eventType: 'LABELED', shipment });
  return shipment;
}

/** The carrier makes a label for an order of any status, to be returned to the oldest warehouse. Sends no webhook. */
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
  setStatus(context, forwardingOf(store, order.listingId), 'Labelled');
  return shipment;
}

type Labelled = Forwarding & { readonly shipment: ShipmentRow };

/** The sender hands in the shipment at the carrier. Carriers take a label that was cancelled, too. */
export function ship(context: Context, before: Labelled): void {
  const after = isHandedIn(before) ? before : setStatus(context, before, 'Shipped');
  context.send({ eventType: 'SHIPPED', shipment: after.shipment ?? before.shipment });
}

export function completeDelivery(context: Context, before: Labelled): void {
  const isRepeated = before.shipment.status === 'Completed';
  const { shipment } = isRepeated ? before : setStatus(context, before, 'Completed');
  const arrived = { arrivedAt: context.now, ...(shipment ?? before.shipment) };
  context.send({ eventType: 'COMPLETED', shipment: context.store.shipments.replace(arrived) });
}

/** How long the receiver can dispute what arrived. IGF's public pages say three days. */
const disputeDays = 3;

/** Announces the refund of shipments. Each is announced once, unless a control announces it again. */
export function announceRefund(context: Context, shipments: readonly ShipmentRow[]): void {
  context.send({ eventType: 'REFUND', shipments });
  for (const shipment of shipments) context.store.shipments.replace({ ...shipment, isRefunded: true });
}

/** Whether it arrived, is not disputed, and not refunded. Of the receiver's feedback, bad counts as a dispute. */
const awaitsRefund = ({ status, isRefunded, feedback }: ShipmentRow): boolean =>
  status === 'Completed' && isRefunded !== true && feedback !== 0;

export function rate(context: Context, shipment: ShipmentRow, feedback: number): ShipmentRow {
  const { store, now } = context;
  const rated = store.shipments.replace({ ...shipment, feedback, updatedAt: now });
  if (feedback === 2 && awaitsRefund(rated)) announceRefund(context, [rated]);
  return rated;
}

/** Announces the refunds of everything that arrived three days ago and is not disputed, in one webhook. */
export function applyDueRefunds(context: Context): void {
  const arrivedBy = daysFromNow(context, -disputeDays);
  const due = context.store.shipments
    .all()
    .filter((shipment) => awaitsRefund(shipment) && (shipment.arrivedAt ?? arrivedBy) < arrivedBy);
  if (due.length > 0) announceRefund(context, due);
}
