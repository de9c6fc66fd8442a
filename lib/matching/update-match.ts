import { type Match, shipmentName } from '../returns/match.ts';
import { type OrderSnapshot, returnIn, type Shipment } from '../returns/order.ts';
import type { ReturnItem } from '../returns/return-item.ts';
import type { AdvanceDependencies } from '../worker/dependencies.ts';
import type { ShipmentRef } from './reservations.ts';
import { canFulfil, isAvailable, isUncollected } from './rules.ts';

type Needs = Pick<AdvanceDependencies, 'table' | 'now' | 'policy' | 'newToken'>;
type Considered = ReturnItem | 'changed';

/**
 * Policy `matchShipments`: finds a shipment that a listed article could serve, or gives up one that it can not serve any
 * more. Answers the item as it then is. What is ordered at IGF is left to `decide`. Without the policy, and without a
 * match from when there was one, nothing is called.
 */
export async function updateMatch(order: OrderSnapshot, item: ReturnItem, needs: Needs): Promise<Considered> {
  const { match, pendingCall } = item;
  // Somebody is calling IGF about it.
  if (pendingCall && Date.parse(pendingCall.until) > needs.now()) return item;
  if (!match) return seek(order, item, needs);
  switch (match.phase) {
    case 'dropping':
      return drop(item, match, needs);
    case 'wanted':
    case 'held': {
      const offered = needs.policy.matchShipments !== 'off' && isAvailable(order, item, needs.policy);
      const serves = offered && canFulfil(order, item, await findShipment(match, needs));
      if (serves) return match.phase === 'held' ? item : take(item, match, needs);
      const dropping = await write(item, { match: { ...match, phase: 'dropping' } }, needs);
      return dropping === 'changed' ? dropping : drop(dropping, match, needs);
    }
    case 'placing':
    case 'committed':
    case 'confirmed': {
      const isDone = match.unwanted || !['Listed', 'Matched', 'Labelled'].includes(item.state);
      if (isDone) return item;
      const shipment = await findShipment(match, needs);
      const waits =
        shipment &&
        (match.phase === 'confirmed' ? isUncollected(shipment) : canFulfil(order, item, shipment));
      return waits ? item : write(item, { match: { ...match, unwanted: true } }, needs);
    }
  }
}

/** The article of a return, as its webhooks name it. */
const skuOf = ({ opening, closing }: ReturnItem): string => (opening ?? closing)?.sku ?? '';

export async function findShipment(
  { orderId, shipmentId }: ShipmentRef,
  { table }: Pick<Needs, 'table'>,
): Promise<Shipment | undefined> {
  const { shipments } = await table.readOrder(orderId);
  return shipments.find((shipment) => shipment.shipmentId === shipmentId);
}

async function write(item: ReturnItem, change: Partial<ReturnItem>, { table }: Needs): Promise<Considered> {
  const content = { ...item, ...change };
  const written = await table.write({ kind: 'return', content });
  return written === 'changed' ? 'changed' : { ...content, rev: content.rev + 1 };
}

async function seek(order: OrderSnapshot, item: ReturnItem, needs: Needs): Promise<Considered> {
  const { table, policy, now, newToken } = needs;
  if (policy.matchShipments === 'off' || !isAvailable(order, item, policy)) return item;
  let known = item;
  const candidates = await table.registerOffer(skuOf(item), item, new Date(now()).toISOString());
  for (const candidate of candidates) {
    if (item.declinedShipments?.includes(shipmentName(candidate))) continue;
    if (!canFulfil(order, item, await findShipment(candidate, needs))) continue;
    // The return says what it takes before it takes it: nothing is ever taken that no return knows of.
    const wanted: Match = { ...candidate, token: newToken(), phase: 'wanted' };
    const wanting = await write(known, { match: wanted }, needs);
    if (wanting === 'changed') return wanting;
    const taken = await take(wanting, wanted, needs);
    if (taken === 'changed' || taken.match) return taken;
    known = taken;
  }
  return known;
}

/** Takes a piece of the shipment, of which another return may have taken the last. */
async function take(item: ReturnItem, match: Match, needs: Needs): Promise<Considered> {
  const { table } = needs;
  if ((await table.reserveUnit(skuOf(item), match, match.token, item)) === 'none-left') {
    return write(item, { match: undefined }, needs);
  }
  const held = await write(item, { match: { ...match, phase: 'held' } }, needs);
  if (held !== 'changed') return held;
  // Whoever gave the match up meanwhile may have given the piece back before it was taken.
  const now = returnIn(await table.readOrder(item.orderId), item);
  if (now?.match?.token !== match.token) await table.releaseUnit(skuOf(item), match, match.token);
  return held;
}

async function drop(item: ReturnItem, match: Match, needs: Needs): Promise<Considered> {
  await needs.table.releaseUnit(skuOf(item), match, match.token);
  const declinedShipments = match.refused
    ? [...(item.declinedShipments ?? []), shipmentName(match)]
    : item.declinedShipments;
  return write(item, { match: undefined, declinedShipments }, needs);
}
