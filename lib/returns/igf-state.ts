import * as z from 'zod/mini';
import { type IgfFact, IgfListingFact, IgfOrderFact, IgfShipmentFact } from '../facts/igf-facts.ts';
import { eventTypes } from '../facts/vendor-terms.ts';

const optionalText = z.optional(z.string());

/** What IGF told about a return item's listing so far, webhooks and answers together. */
export const IgfState = z.object({
  /** The events that came, each once, in the document's order. */
  events: z.array(z.enum(eventTypes)),
  listing: z.optional(IgfListingFact),
  order: z.optional(IgfOrderFact),
  shipment: z.optional(IgfShipmentFact),
  /** When the listing last was bought, as its tellings say; an order need not be known for that. */
  boughtAt: optionalText,
  /** When the listing last was on offer. */
  offeredAt: optionalText,
  /** When the article reached its next owner, by the earliest telling of it. */
  completedAt: optionalText,
  /** When IGF was last asked for everything it knows. */
  polledAt: optionalText,
});
export type IgfState = z.infer<typeof IgfState>;

/** How far a status is: where two tellings carry the same time, the further one is the newer one. */
const ranks = ['Pending', 'Available', 'Matched', 'Labelled', 'Shipped', 'Completed', 'Cancelled'];
const rank = (status: string | undefined): number => (status ? ranks.indexOf(status) : -1);

type Told = { id?: number; status?: string | undefined; updatedAt?: string | undefined };

/** Whether `one` is newer than `other`: a later object, a later time, a further status. */
function isNewer(one: Told, other: Told): boolean {
  if (one.id !== other.id) return (one.id ?? 0) > (other.id ?? 0);
  const [time, otherTime] = [one.updatedAt ?? '', other.updatedAt ?? ''];
  if (time && otherTime && time !== otherTime) return time > otherTime;
  return rank(one.status) > rank(other.status);
}

const known = <T extends object>(fields: T): T =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;

/** The newer telling laid over the older one; tellings of different objects (a second order) are not mixed. */
function merged<T extends Told>(stored: T | undefined, told: T | undefined): T | undefined {
  if (!stored || !told) return told ? known(told) : stored;
  const [newer, older] = isNewer(told, stored) ? [told, stored] : [stored, told];
  return newer.id === older.id ? { ...known(older), ...known(newer) } : known(newer);
}

const later = (one: string | undefined, other: string | undefined): string | undefined =>
  one && other ? (one > other ? one : other) : (one ?? other);

const earlier = (one: string | undefined, other: string | undefined): string | undefined =>
  one && other ? (one < other ? one : other) : (one ?? other);

/** When the article arrived, as a telling of its arrival says. */
function completion({ event, listing, order, shipment }: IgfFact): string | undefined {
  const told = [listing, order, shipment].filter((part) => part?.status === 'Completed');
  if (event === 'COMPLETED') told.push(shipment);
  return told.map((part) => part?.updatedAt).reduce(earlier, undefined);
}

const isOffered = (listing: IgfFact['listing']): boolean => listing?.status === 'Available';

/** In these states of a listing nobody has bought it, whatever receiver it names: the document's sample names one. */
const unbought: readonly (string | undefined)[] = ['Available', 'Pending', 'Cancelled', undefined];
const isBought = (listing: IgfFact['listing']): boolean =>
  listing?.receiverId !== undefined && !unbought.includes(listing.status);

/**
 * Joins what IGF tells with what it told. Pure, and the same in any order: events only add up, and of each object the
 * newest telling counts.
 */
export function mergeIgfState(stored: IgfState | undefined, fact: IgfFact): IgfState {
  const events = eventTypes.filter((event) => event === fact.event || stored?.events.includes(event));
  return known({
    events: [...events],
    listing: merged(stored?.listing, fact.listing),
    order: merged(stored?.order, fact.order),
    shipment: merged(stored?.shipment, fact.shipment),
    boughtAt: later(stored?.boughtAt, isBought(fact.listing) ? fact.listing?.updatedAt : undefined),
    offeredAt: later(stored?.offeredAt, isOffered(fact.listing) ? fact.listing?.updatedAt : undefined),
    completedAt: earlier(stored?.completedAt, completion(fact)),
    polledAt: later(stored?.polledAt, fact.polledAt),
  });
}
