import type { ActionContext, AdvanceDependencies } from '../actions/action.ts';
import type { Address, OrderFact } from '../facts/facts.ts';
import { articleKey, articleOf, linesOf } from '../returns/article.ts';
import { readCustomer } from '../returns/customer.ts';
import type { OrderSnapshot, ReturnRef, Shipment, ShipmentRef } from '../returns/order.ts';
import type { ReturnItem } from '../returns/return-item.ts';
import { isoTime } from '../runtime/time.ts';

type Dependencies = Pick<AdvanceDependencies, 'table' | 'now' | 'policy'>;

const unitsOf = (shipment: Shipment, sku: string): number =>
  linesOf(shipment, sku).reduce((sum, line) => sum + (line.quantity ?? 1), 0);

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
    for (const sku of new Set(shipment.items.map((line) => articleKey(line.sku)))) {
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

const waitingStatuses: readonly (string | undefined)[] = ['READY_FOR_PICKUP', 'UNKNOWN', undefined];

/** Whether the warehouse still has the shipment. */
export const isUncollected = (shipment: Shipment | undefined): boolean =>
  shipment !== undefined &&
  !shipment.collectedAt &&
  !shipment.deliveredAt &&
  waitingStatuses.includes(shipment.status);

const normalised = (text: string | undefined): string => (text ?? '').replaceAll(/\s/g, '').toLowerCase();
const placeOf = ({ street, houseNumber, postcode, city, country }: Address): string =>
  [street, houseNumber, postcode, city, country].map(normalised).join('|');

/** The same person has the same email or, where an email is unknown, the same address. */
function isSamePerson(one: Address, other: Address): boolean {
  if (one.email && other.email) return normalised(one.email) === normalised(other.email);
  return placeOf(one) === placeOf(other);
}

/**
 * Whether a listed article could go to the receiver of this shipment. The shipment must contain the same
 * article for somebody else, and the carrier must not have collected it. IGF must be able to accept the
 * receiver as a customer.
 */
export function canFulfil(order: OrderSnapshot, item: ReturnItem, shipment: Shipment | undefined): boolean {
  const article = articleOf(order, item);
  const receiver = shipment?.address;
  if (!shipment || !article?.address || !receiver) return false;
  return (
    isUncollected(shipment) &&
    linesOf(shipment, article.sku).length > 0 &&
    'customer' in readCustomer(receiver) &&
    !isSamePerson(receiver, article.address)
  );
}

export const shipmentIn = ({ shipments }: OrderSnapshot, { shipmentId }: ShipmentRef): Shipment | undefined =>
  shipments.find((shipment) => shipment.shipmentId === shipmentId);

export const findShipment = async (
  { dependencies: { table } }: ActionContext,
  ref: ShipmentRef,
): Promise<Shipment | undefined> => shipmentIn(await table.readOrder(ref.orderId), ref);

/** Whether the article can still serve the shipment's receiver. */
export const serves = async (context: ActionContext, ref: ShipmentRef): Promise<boolean> =>
  canFulfil(context.order, context.item, await findShipment(context, ref));
