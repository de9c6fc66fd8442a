import type { AdvanceDependencies } from '../actions/context.ts';
import type { OrderFact } from '../facts/facts.ts';
import type { OrderSnapshot, ReturnRef, Shipment } from '../returns/order.ts';
import { isoTime } from '../runtime/time.ts';
import { isUncollected } from './rules.ts';

type Needs = Pick<AdvanceDependencies, 'table' | 'now' | 'policy'>;

const unitsOf = ({ items }: Shipment, sku: string): number =>
  items.filter((line) => line.sku === sku).reduce((sum, line) => sum + (line.quantity ?? 1), 0);

/**
 * Policy `matchShipments`: says that a shipment can still be kept back, and answers the stories of the returns that could
 * serve it; or, once it can not, of those that were to. They look at it themselves when they are advanced.
 */
export async function findMatches(
  { shipments }: OrderSnapshot,
  facts: readonly OrderFact[],
  { table, now, policy }: Needs,
): Promise<OrderSnapshot[]> {
  if (policy.matchShipments === 'off') return [];
  const told = new Set(facts.flatMap((fact) => (fact.kind === 'shipment' ? [fact.shipmentId] : [])));
  const refs: ReturnRef[] = [];
  for (const shipment of shipments.filter(({ shipmentId }) => told.has(shipmentId))) {
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
