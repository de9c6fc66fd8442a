import type { ShipmentRow } from '../store.ts';
import { type Context, daysFromNow } from './context.ts';

/** How long the receiver can dispute what arrived. IGF's public pages say three days. */
const disputeDays = 3;

/** Announces the refund of shipments. Each is announced once, unless a control announces it again. */
export function announceRefund(context: Context, shipments: readonly ShipmentRow[]): void {
  context.send({ eventType: 'REFUND', shipments });
  for (const shipment of shipments) context.store.shipments.replace({ ...shipment, isRefunded: true });
}

/**
 * Whether the sender is still to be refunded: it arrived, and the receiver does not dispute it. The document gives the
 * receiver only a feedback: bad counts as a dispute, good as a confirmation.
 */
const awaitsRefund = ({ status, isRefunded, feedback }: ShipmentRow): boolean =>
  status === 'Completed' && isRefunded !== true && feedback !== 0;

/** The receiver rates what arrived. */
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
