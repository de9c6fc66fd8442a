import { type ActionContext, defineAction, done, writeItem } from '../actions/action.ts';
import { writeExplanation } from '../actions/explain.ts';
import type { Policy } from '../config/policy.ts';
import { type OrderSnapshot, returnIn, type ShipmentRef, webshopNumberOf } from '../returns/order.ts';
import { type Match, type ReturnItem, shipmentName } from '../returns/return-item.ts';
import { isoTime } from '../runtime/time.ts';
import { canFulfil, findShipment, isUncollected, serves, shipmentIn } from './find-matches.ts';

/**
 * Reserves a unit of a shipment that a listed article could serve. The match is written to the return before
 * the unit is reserved, so every reserved unit has a return that names it.
 */
export const reserve = defineAction('reserve', {
  async run(context) {
    const explained = await writeExplanation(context);
    if ('next' in explained) return explained;
    const { item } = explained;
    const { table, now, newToken, policy } = context.dependencies;
    const candidates = await table.registerOffer(skuOf(item), item, isoTime(now()));
    let known = item;
    for (const candidate of candidates) {
      if (item.declinedShipments?.includes(shipmentName(candidate))) continue;
      const order = await table.readOrder(candidate.orderId);
      if (!canFulfil(context.order, context.item, shipmentIn(order, candidate))) continue;
      const match: Match = { ...atIgf(order, candidate, policy), token: newToken(), phase: 'requested' };
      const wanting = await writeItem(context, { ...known, match });
      if (wanting === 'changed') return { next: wanting };
      const reserved = await reserveUnit(context, wanting, match);
      if (reserved === 'changed' || reserved.match) return { next: reserved };
      known = reserved;
    }
    return { outcome: done, item: known };
  },
});

/** A shipment, with the number by which IGF knows its order where that is another one. */
function atIgf(order: OrderSnapshot, ref: ShipmentRef, policy: Policy): Omit<Match, 'token' | 'phase'> {
  const number = webshopNumberOf(order, policy);
  return number === ref.orderId ? ref : { ...ref, webshopOrderId: number };
}

/**
 * Checks whether the shipment of a match can still wait. A change is stored and leads to another decision.
 */
export const review = defineAction<{ match: Match }>('review', {
  async run(context, { match }) {
    const explained = await writeExplanation(context);
    if ('next' in explained) return explained;
    const { item } = explained;
    const isPlaced = match.phase !== 'requested' && match.phase !== 'reserved';
    const canWait = isPlaced
      ? isUncollected(await findShipment(context, match))
      : await serves(context, match);
    if (canWait && match.phase === 'requested') return { next: await reserveUnit(context, item, match) };
    if (canWait) return { outcome: done, item };
    const change: Partial<Match> = isPlaced ? { unwanted: true } : { phase: 'releasing' };
    return { next: await writeItem(context, { ...item, match: { ...match, ...change } }) };
  },
});

/**
 * Releases the unit, so the warehouse sends the shipment. The phase `releasing` is written to the return
 * first. Otherwise this return could still act on a unit that another return has reserved since.
 */
export const release = defineAction<{ match: Match }>('release', {
  async run(context, { match }) {
    const { table } = context.dependencies;
    let item: ReturnItem | 'changed' = context.item;
    if (match.phase !== 'releasing') {
      item = await writeItem(context, { ...item, match: { ...match, phase: 'releasing' } });
    }
    if (item === 'changed') return { next: item };
    await table.releaseUnit(skuOf(item), match, match.token);
    const declined = [...(item.declinedShipments ?? []), shipmentName(match)];
    const change = { match: undefined, ...(match.refused && { declinedShipments: declined }) };
    return { next: await writeItem(context, { ...item, ...change }) };
  },
});

/** Reserves the unit, unless another return has reserved the last one. */
async function reserveUnit(
  context: ActionContext,
  item: ReturnItem,
  match: Match,
): Promise<ReturnItem | 'changed'> {
  const { table } = context.dependencies;
  if ((await table.reserveUnit(skuOf(item), match, match.token, item)) === 'none-left') {
    return writeItem(context, { ...item, match: undefined });
  }
  const reserved = await writeItem(context, { ...item, match: { ...match, phase: 'reserved' } });
  if (reserved !== 'changed') return reserved;
  // Another attempt may have ended the match and released the unit before this one reserved it.
  const now = returnIn(await table.readOrder(item.orderId), item);
  if (now?.match?.token !== match.token) await table.releaseUnit(skuOf(item), match, match.token);
  return reserved;
}

/** The sku of a return, from its webhooks. */
const skuOf = ({ opening, closing }: ReturnItem): string => (opening ?? closing)?.sku ?? '';
