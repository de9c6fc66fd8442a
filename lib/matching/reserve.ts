import { type ActionContext, defineAction, done, writeItem } from '../actions/action.ts';
import { writeExplanation } from '../actions/explain.ts';
import type { Policy } from '../config/policy.ts';
import {
  type OrderSnapshot,
  returnIn,
  type Shipment,
  type ShipmentRef,
  webshopNumberOf,
} from '../returns/order.ts';
import type { ReturnItem } from '../returns/return-item.ts';
import { type Match, shipmentName } from '../returns/return-item.ts';
import { isoTime } from '../runtime/time.ts';
import { canFulfil, isUncollected } from './find-matches.ts';

/**
 * Reserves a unit of a shipment that a listed article could serve. The match is written to the return before
 * the unit is reserved, so every reserved unit has a return that names it.
 */
export const reserve = defineAction('reserve', {
  async run(context) {
    const explained = await writeExplanation(context);
    if ('next' in explained) return explained;
    const item = explained.item ?? context.item;
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
    const item = explained.item ?? context.item;
    const change = await changeOf(context, match);
    if (change === 'reserve') return { next: await reserveUnit(context, item, match) };
    if (!change) return { outcome: done, item };
    return { next: await writeItem(context, { ...item, match: { ...match, ...change } }) };
  },
});

async function changeOf(
  context: ActionContext,
  match: Match,
): Promise<'reserve' | Partial<Match> | undefined> {
  switch (match.phase) {
    case 'requested':
      return (await serves(context, match)) ? 'reserve' : { phase: 'releasing' };
    case 'reserved':
      return (await serves(context, match)) ? undefined : { phase: 'releasing' };
    default:
      return (await isWaiting(context, match)) ? undefined : { unwanted: true };
  }
}

/**
 * Releases the unit, so the warehouse sends the shipment. The phase `releasing` is written to the return
 * first. Otherwise this return could still act on a unit that another return has reserved since.
 */
export const release = defineAction<{ match: Match }>('release', {
  async run(context, { match }) {
    const releasing: Match = { ...match, phase: 'releasing' };
    const item =
      match.phase === 'releasing'
        ? context.item
        : await writeItem(context, { ...context.item, match: releasing });
    if (item === 'changed') return { next: item };
    await context.dependencies.table.releaseUnit(skuOf(item), match, match.token);
    const declined = match.refused ? { declinedShipments: declinedBy(item, match) } : {};
    return { next: await writeItem(context, { ...item, match: undefined, ...declined }) };
  },
});

const declinedBy = (item: ReturnItem, match: Match): string[] => [
  ...(item.declinedShipments ?? []),
  shipmentName(match),
];

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

export async function findShipment(
  { dependencies: { table } }: ActionContext,
  { orderId, shipmentId }: ShipmentRef,
): Promise<Shipment | undefined> {
  return shipmentIn(await table.readOrder(orderId), { orderId, shipmentId });
}

const shipmentIn = ({ shipments }: OrderSnapshot, { shipmentId }: ShipmentRef): Shipment | undefined =>
  shipments.find((shipment) => shipment.shipmentId === shipmentId);

/** Whether the article can still serve the shipment's receiver. */
export const serves = async (context: ActionContext, ref: ShipmentRef): Promise<boolean> =>
  canFulfil(context.order, context.item, await findShipment(context, ref));

async function isWaiting(context: ActionContext, ref: ShipmentRef): Promise<boolean> {
  const shipment = await findShipment(context, ref);
  return shipment !== undefined && isUncollected(shipment);
}
