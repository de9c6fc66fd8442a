import { type Match, shipmentName } from '../returns/match.ts';
import type { Shipment, Story } from '../returns/order.ts';
import type { ReturnItem } from '../returns/return-item.ts';
import type { AdvanceDependencies } from '../worker/dependencies.ts';
import type { ShipmentRef } from './reservations.ts';
import { couldServe, isOnOffer, isUncollected } from './rules.ts';

type Needs = Pick<AdvanceDependencies, 'table' | 'now' | 'policy' | 'newToken'>;
type Considered = ReturnItem | 'read-again';

/**
 * Policy `matchShipments`: finds a shipment that a listed article could serve, or gives up one that it can not serve any
 * more. Answers the item as it then is. What is ordered at IGF is left to `decide`. Without the policy, and without a
 * match from when there was one, nothing is called.
 */
export async function considerMatch(story: Story, item: ReturnItem, needs: Needs): Promise<Considered> {
  const { match, claim } = item;
  // Somebody is calling IGF about it.
  if (claim && Date.parse(claim.until) > needs.now()) return item;
  if (!match) return seek(story, item, needs);
  switch (match.phase) {
    case 'dropping':
      return drop(item, match, needs);
    case 'wanted':
    case 'held': {
      const offered = needs.policy.matchShipments !== 'off' && isOnOffer(story, item, needs.policy);
      const serves = offered && couldServe(story, item, await findShipment(match, needs));
      if (serves) return match.phase === 'held' ? item : take(item, match, needs);
      const dropping = await write(item, { match: { ...match, phase: 'dropping' } }, needs);
      return dropping === 'read-again' ? dropping : drop(dropping, match, needs);
    }
    case 'placing':
    case 'committed':
    case 'confirmed': {
      const isDone = match.unwanted || !['Listed', 'Matched', 'Labelled'].includes(item.state);
      if (isDone) return item;
      const shipment = await findShipment(match, needs);
      const waits =
        shipment &&
        (match.phase === 'confirmed' ? isUncollected(shipment) : couldServe(story, item, shipment));
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
  const { shipments } = await table.readStory(orderId);
  return shipments.find((shipment) => shipment.shipmentId === shipmentId);
}

async function write(item: ReturnItem, change: Partial<ReturnItem>, { table }: Needs): Promise<Considered> {
  const content = { ...item, ...change };
  const written = await table.write({ kind: 'return', content });
  return written === 'conflict' ? 'read-again' : { ...content, rev: content.rev + 1 };
}

async function seek(story: Story, item: ReturnItem, needs: Needs): Promise<Considered> {
  const { table, policy, now, newToken } = needs;
  if (policy.matchShipments === 'off' || !isOnOffer(story, item, policy)) return item;
  let known = item;
  const candidates = await table.tellListed(skuOf(item), item, new Date(now()).toISOString());
  for (const candidate of candidates) {
    if (item.passed?.includes(shipmentName(candidate))) continue;
    if (!couldServe(story, item, await findShipment(candidate, needs))) continue;
    // The return says what it takes before it takes it: nothing is ever taken that no return knows of.
    const wanted: Match = { ...candidate, token: newToken(), phase: 'wanted' };
    const wanting = await write(known, { match: wanted }, needs);
    if (wanting === 'read-again') return wanting;
    const taken = await take(wanting, wanted, needs);
    if (taken === 'read-again' || taken.match) return taken;
    known = taken;
  }
  return known;
}

/** Takes a piece of the shipment, of which another return may have taken the last. */
async function take(item: ReturnItem, match: Match, needs: Needs): Promise<Considered> {
  const { table } = needs;
  if ((await table.takePiece(skuOf(item), match, match.token, item)) === 'none-left') {
    return write(item, { match: undefined }, needs);
  }
  const held = await write(item, { match: { ...match, phase: 'held' } }, needs);
  if (held !== 'read-again') return held;
  // Whoever gave the match up meanwhile may have given the piece back before it was taken.
  const { returns } = await table.readStory(item.orderId);
  const now = returns.find(({ rmaId, itemId }) => rmaId === item.rmaId && itemId === item.itemId);
  if (now?.match?.token !== match.token) await table.givePieceBack(skuOf(item), match, match.token);
  return held;
}

async function drop(item: ReturnItem, match: Match, needs: Needs): Promise<Considered> {
  await needs.table.givePieceBack(skuOf(item), match, match.token);
  const passed = match.refused ? [...(item.passed ?? []), shipmentName(match)] : item.passed;
  return write(item, { match: undefined, passed }, needs);
}
