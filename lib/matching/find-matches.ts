import type { AdvanceDependencies } from '../actions/context.ts';
import type { OrderFact } from '../facts/facts.ts';
import type { OrderSnapshot, ReturnRef, Shipment } from '../returns/order.ts';
import { isoTime } from '../runtime/time.ts';
import { isUncollected } from './rules.ts';

type Dependencies = Pick<AdvanceDependencies, 'table' | 'now' | 'policy'>;

const unitsOf = ({ items }: Shipment, sku: string): number =>
  items.filter((line) => line.sku === sku).reduce((sum, line) => sum + (line.quantity ?? 1), 0);

/**
 * Policy `matchShipments`: registers a reported shipment that the warehouse can still keep, and finds the
 * orders whose returns could serve it. For a shipment that was collected it finds the orders that have
 * reserved a unit. The returns are decided about when their orders are advanced.
 */
export async function findMatches(
  { shipments }: OrderSnapshot,
  facts: readonly OrderFact[],
  { table, now, policy }: Dependencies,
): Promise<OrderSnapshot[]> {
  if (policy.matchShipments === 'off') return [];
  const reported = new Set(facts.flatMap((fact) => (fact.kind === 'shipment' ? [fact.shipmentId] : [])));
  const refs: ReturnRef[] = [];
  for (const shipment of shipments.filter(({ shipmentId }) => reported.has(shipmentId))) {
    for (const sku of new Set(shipment.items.map((line) => line.sku))) {
      const { orderId, shipmentId } = shipment;
      const quantity = unitsOf(shipment, sku);
      const at = isoTime(now());
      if (isUncollected(shipment)) {
        refs.push(...(await table.registerOpenShipment(sku, { orderId, shipmentId, quantity }, at)));
      } else {
        refs.push(...(await table.listReservations(sku, shipment)));
      }
    }
  }
  const orders: OrderSnapshot[] = [];
  for (const orderId of new Set(refs.map((ref) => ref.orderId))) orders.push(await table.readOrder(orderId));
  return orders;
}
