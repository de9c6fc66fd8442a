import * as z from 'zod/mini';
import { type IgfFact, IgfListingFact, IgfOrderFact, IgfShipmentFact } from '../facts/igf-facts.ts';
import { eventTypes, igfStatuses } from '../facts/vendor-terms.ts';

const optionalText = z.optional(z.string());

/** Everything that IGF reported about a return's listing, in webhooks and in answers. */
export const IgfState = z.object({
  /** The received events, each once, in the order of the vendor document. */
  events: z.array(z.enum(eventTypes)),
  listing: z.optional(IgfListingFact),
  order: z.optional(IgfOrderFact),
  shipment: z.optional(IgfShipmentFact),
  /** When the listing was last bought, from reports of the listing. The order may be unknown. */
  boughtAt: optionalText,
  offeredAt: optionalText,
  /** When the article reached its next owner, from the earliest report. */
  completedAt: optionalText,
  /** When IGF last answered a complete poll. */
  polledAt: optionalText,
});
export type IgfState = z.infer<typeof IgfState>;

/** The rank of a status. When two reports have the same time, the one with the higher rank is the newer one. */
const rank = (status: string | undefined): number => (status ? igfStatuses.indexOf(status) : -1);

type Report = { id?: number; status?: string | undefined; updatedAt?: string | undefined };

/** Whether `one` is newer than `other`: a later object, a later time, or a status of higher rank. */
function isNewer(one: Report, other: Report): boolean {
  if (one.id !== other.id) return (one.id ?? 0) > (other.id ?? 0);
  const [time, otherTime] = [one.updatedAt ?? '', other.updatedAt ?? ''];
  if (time && otherTime && time !== otherTime) return time > otherTime;
  return rank(one.status) > rank(other.status);
}

export const withoutUndefined = <T extends object>(fields: T): T =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;

/** Merges two reports; the newer one wins. Those of different objects, such as a second order, are not mixed. */
function merged<T extends Report>(stored: T | undefined, reported: T | undefined): T | undefined {
  if (!stored || !reported) return reported ? withoutUndefined(reported) : stored;
  const [newer, older] = isNewer(reported, stored) ? [reported, stored] : [stored, reported];
  return newer.id === older.id
    ? { ...withoutUndefined(older), ...withoutUndefined(newer) }
    : withoutUndefined(newer);
}

export const later = (one: string | undefined, other: string | undefined): string | undefined =>
  one && other ? (one > other ? one : other) : (one ?? other);

export const earlier = (one: string | undefined, other: string | undefined): string | undefined =>
  one && other ? (one < other ? one : other) : (one ?? other);

/** When the article arrived, from a report of its arrival. */
function completion({ event, listing, order, shipment }: IgfFact): string | undefined {
  const arrived = [listing, order, shipment].filter((part) => part?.status === 'Completed');
  if (event === 'COMPLETED') arrived.push(shipment);
  return arrived.map((part) => part?.updatedAt).reduce(earlier, undefined);
}

/** In these states nobody has bought a listing, even if it names a receiver. The vendor's sample names one. */
const unbought: readonly (string | undefined)[] = ['Available', 'Pending', 'Cancelled', undefined];
const isBought = (listing: IgfFact['listing']): boolean =>
  listing?.receiverId !== undefined && !unbought.includes(listing.status);

/**
 * Merges a report of IGF with earlier ones. Pure, and the order of reports makes no difference: events are collected,
 * and for each object the newest report counts.
 */
export function mergeIgfState(stored: IgfState | undefined, fact: IgfFact): IgfState {
  const events = eventTypes.filter((event) => event === fact.event || stored?.events.includes(event));
  return withoutUndefined({
    events: [...events],
    listing: merged(stored?.listing, fact.listing),
    order: merged(stored?.order, fact.order),
    shipment: merged(stored?.shipment, fact.shipment),
    boughtAt: later(stored?.boughtAt, isBought(fact.listing) ? fact.listing?.updatedAt : undefined),
    offeredAt: later(
      stored?.offeredAt,
      fact.listing?.status === 'Available' ? fact.listing?.updatedAt : undefined,
    ),
    completedAt: earlier(stored?.completedAt, completion(fact)),
    polledAt: later(stored?.polledAt, fact.polledAt),
  });
}

export const listingVersion = (igf: IgfState | undefined): string => igf?.listing?.updatedAt ?? '';

/** The buyer's order in a sentence: by its number in the webshop, or by IGF's where IGF gave none. */
export function buyersOrder({ order }: IgfState): string {
  if (order?.webshopOrderId) return order.webshopOrderId;
  return order ? `order ${order.id} at ItGoesForward` : "the buyer's order";
}

/** The buyer in a sentence, with the order if it is known. */
export const itsBuyer = (igf: IgfState): string =>
  igf.order ? `its buyer (${buyersOrder(igf)})` : 'its buyer';
/** Whether IGF reported an order, or a listing with a buyer. A rejection deletes the order, and it is offered again. */
export function hasBuyer({ order, boughtAt, offeredAt }: IgfState): boolean {
  const bought = later(order?.updatedAt, boughtAt);
  if (bought === undefined) return order !== undefined;
  return offeredAt === undefined || bought > offeredAt;
}

/** The event that reports each of these states. */
const eventOf = { Labelled: 'LABELED', Shipped: 'SHIPPED', Completed: 'COMPLETED' } as const;

/** Whether the article got this far, by an event or by the status of the listing, the order or the shipment. */
export const reached = (igf: IgfState, state: keyof typeof eventOf): boolean =>
  igf.events.includes(eventOf[state]) ||
  [igf.listing, igf.order, igf.shipment].some((part) => part?.status === state);

export const isHandedIn = (igf: IgfState): boolean => reached(igf, 'Shipped') || reached(igf, 'Completed');
