import {
  type ActionContext,
  type AdvanceDependencies,
  defineAction,
  done,
  writeItem,
} from '../actions/action.ts';
import { writeExplanation } from '../actions/explain.ts';
import type { Policy } from '../config/policy.ts';
import type { Address, OrderFact } from '../facts/facts.ts';
import { articleKey, articleOf, linesOf, skuOf } from '../returns/article.ts';
import { readCustomer } from '../returns/customer.ts';
import {
  type OrderSnapshot,
  type ReturnRef,
  returnIn,
  type Shipment,
  type ShipmentRef,
  webshopNumberOf,
} from '../returns/order.ts';
import { type Match, type ReturnItem, shipmentName } from '../returns/return-item.ts';
import { isoTime } from '../runtime/time.ts';

type Dependencies = Pick<AdvanceDependencies, 'table' | 'now' | 'policy'>;

const unitsOf = (shipment: Shipment, sku: string): number =>
  linesOf(shipment, sku).reduce((sum, line) => sum + (line.quantity ?? 1), 0);

/**
 * Policy `matchShipments`: registers a reported shipment that the warehouse can still keep. @returns the orders whose
 * returns could serve it or, once it is collected, that have reserved a unit. They must be advanced.
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
const isUncollected = (shipment: Shipment | undefined): boolean =>
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
 * Whether a listed article could go to a shipment's receiver, somebody else whom IGF can accept, in place of the same
 * article in the shipment, which the carrier has not collected.
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

const shipmentIn = ({ shipments }: OrderSnapshot, { shipmentId }: ShipmentRef): Shipment | undefined =>
  shipments.find((shipment) => shipment.shipmentId === shipmentId);

export const findShipment = async (
  { dependencies: { table } }: ActionContext,
  ref: ShipmentRef,
): Promise<Shipment | undefined> => shipmentIn(await table.readOrder(ref.orderId), ref);

export const serves = async (context: ActionContext, ref: ShipmentRef): Promise<boolean> =>
  canFulfil(context.order, context.item, await findShipment(context, ref));

/** Reserves a unit of a shipment. The match is written first, so every reserved unit has a return that names it. */
export const reserve = defineAction('reserve', {
  async run(context) {
    const explained = await writeExplanation(context);
    if ('next' in explained) return explained;
    const { item } = explained;
    const { table, now, newToken, policy } = context.dependencies;
    const candidates = await table.registerOffer(matchedSku(item), item, isoTime(now()));
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

/** Checks whether the shipment of a match can still wait. A change is stored and leads to another decision. */
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

/** Releases the unit: the warehouse sends it. The phase is written first, so the return acts no more on the unit. */
export const release = defineAction<{ match: Match }>('release', {
  async run(context, { match }) {
    const { table } = context.dependencies;
    let item: ReturnItem | 'changed' = context.item;
    if (match.phase !== 'releasing') {
      item = await writeItem(context, { ...item, match: { ...match, phase: 'releasing' } });
    }
    if (item === 'changed') return { next: item };
    await table.releaseUnit(matchedSku(item), match, match.token);
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
  if ((await table.reserveUnit(matchedSku(item), match, match.token, item)) === 'none-left') {
    return writeItem(context, { ...item, match: undefined });
  }
  const reserved = await writeItem(context, { ...item, match: { ...match, phase: 'reserved' } });
  if (reserved !== 'changed') return reserved;
  // Another attempt may have ended the match and released the unit before this one reserved it.
  const now = returnIn(await table.readOrder(item.orderId), item);
  if (now?.match?.token !== match.token) await table.releaseUnit(matchedSku(item), match, match.token);
  return reserved;
}

const matchedSku = (item: ReturnItem): string => skuOf(item) ?? '';
