import { keyPart as part } from '../config/key-part.ts';
import type { Term } from '../returns/vocabulary.ts';

/**
 * The only code that knows key strings.
 *
 * | access | how |
 * |---|---|
 * | decide about an order | query `ORDER#<order>`, sk from `R` on (RETURN, RMA, SHIPMENT; deliveries are left out) |
 * | tell an order's whole story | query `ORDER#<order>` |
 * | record a shipment, an RMA, a return | put with the condition that nobody wrote since it was read |
 * | record a delivery | update `ORDER#<order>` / `EVENT#<event id>` |
 * | claim a return, store its listing | update with the claim as condition |
 * | find the return of an IGF object | get `IGF#LISTING#<id>` (or ORDER, SHIPMENT) / `POINTER` |
 * | have a regular return be of one piece | put `IGF#RETURN#<id>` / `POINTER`, unless it is another's |
 * | let an event wait for its return | put `IGF#LISTING#<id>` / `WAITING#<event id>`; query them once the pointer stands |
 * | find the returns that serve a buyer | put `ORDER#<buyer's order>` / `SERVED-BY#<order>#<rma>#<item>`; read with that order |
 * | match a label with a delivered parcel | update `LABEL#<track number>` / `LABEL`; each side finds what the other left |
 * | meet over an article | put `SKU#<sku>` / `LISTED#<order>#<rma>#<item>`, update `OPEN-SHIPMENT#<order>#<shipment>`; then query the other |
 * | take a piece of a shipment | update `SKU#<sku>` / `OPEN-SHIPMENT#<order>#<shipment>` while pieces are left |
 * | honour the retailer's configuration | get `RETAILER` / `RETAILER` |
 * | know what operators mapped | query `VOCABULARY`, sk before `UNKNOWN#` (`REASON#te wijd`, `CONDITION#…`, `RESOLUTION#…`) |
 * | note a text that is unknown | update `VOCABULARY` / `UNKNOWN#REASON#te wijd`; query them to list what is unknown |
 * | keep, show, replay a rejected delivery | get and put `REJECTED#<event id>` / `REJECTED` |
 * | list rejected deliveries by when their sender gives up | query the index `tasks`, `REJECTED` |
 * | find what a text holds | query the index `tasks`, `UNMAPPED#REASON#te wijd` |
 * | list what was parked | query the index `tasks`, `PARKED` |
 */
export interface Key {
  pk: string;
  sk: string;
}

const unescaped = (part: string): string => part.replaceAll('%23', '#').replaceAll('%25', '%');

const orderPrefix = 'ORDER#';
const eventPrefix = 'EVENT#';

const order = (orderId: string): string => `${orderPrefix}${part(orderId)}`;

/** Deliveries (`EVENT#…`) sort before this, everything that is decided from after it. */
export const firstFactSortKey = 'R';

/** An object at IGF that belongs to one return: its events have to find it, and a regular `RETURN` is no other piece's. */
export interface IgfObject {
  kind: 'LISTING' | 'ORDER' | 'SHIPMENT' | 'RETURN';
  id: number;
}

const igfObject = ({ kind, id }: IgfObject): string => `IGF#${kind}#${id}`;

/** Sort keys of the events that wait for an IGF object's return begin with this. */
export const waitingPrefix = 'WAITING#';

/** A field and a text in it, as a person reads it: `REASON#te wijd`. */
const fieldText = ({ field, text }: Term): string => `${field.toUpperCase()}#${part(text)}`;

/** Sort keys of texts that were unknown when they came begin with this; mappings sort before it. */
export const unknownPrefix = 'UNKNOWN#';

/** The partition of the index `tasks` in which everything stands that a text holds. */
export const unmappedTask = (held: Term): `UNMAPPED#${string}` => `UNMAPPED#${fieldText(held)}`;

/** The partition of the index `tasks` in which the deliveries stand that were parked, since when they are. */
export const parkedTask = 'PARKED';

/** The delivery that a key names, or `undefined` when it names something else. */
export function deliveryOf({ pk, sk }: Key): { orderId: string; eventId: string } | undefined {
  if (!pk.startsWith(orderPrefix) || !sk.startsWith(eventPrefix)) return undefined;
  return {
    orderId: unescaped(pk.slice(orderPrefix.length)),
    eventId: unescaped(sk.slice(eventPrefix.length)),
  };
}

export const vocabularyPartition = 'VOCABULARY';

/** Sort keys of the returns that serve an order; sorts behind `firstFactSortKey`, so it is read with the order. */
export const forwardedPrefix = 'SERVED-BY#';

/** Sort keys, in an article's partition, of the returns that offer it. */
export const listedPrefix = 'LISTED#';
/** And of the shipments with it that nobody has collected. */
export const uncollectedPrefix = 'OPEN-SHIPMENT#';

const article = (sku: string): string => `SKU#${part(sku)}`;

/** Partitions of rejected deliveries begin with this. */
export const rejectedPrefix = 'REJECTED#';
/** Their sort key, and their partition of the index `tasks`. */
export const rejectedTask = 'REJECTED';

export const keys = {
  order,
  article,
  listed: (sku: string, from: { orderId: string; rmaId: string; itemId: string }): Key => ({
    pk: article(sku),
    sk: `${listedPrefix}${part(from.orderId)}#${part(from.rmaId)}#${part(from.itemId)}`,
  }),
  uncollected: (sku: string, of: { orderId: string; shipmentId: string }): Key => ({
    pk: article(sku),
    sk: `${uncollectedPrefix}${part(of.orderId)}#${part(of.shipmentId)}`,
  }),
  shipment: (orderId: string, shipmentId: string): Key => ({
    pk: order(orderId),
    sk: `SHIPMENT#${part(shipmentId)}`,
  }),
  rma: (orderId: string, rmaId: string): Key => ({ pk: order(orderId), sk: `RMA#${part(rmaId)}` }),
  return: (orderId: string, rmaId: string, itemId: string): Key => ({
    pk: order(orderId),
    sk: `RETURN#${part(rmaId)}#${part(itemId)}`,
  }),
  event: (orderId: string, eventId: string): Key => ({
    pk: order(orderId),
    sk: `${eventPrefix}${part(eventId)}`,
  }),
  /** In the partition of the buyer's order, the return whose article was forwarded to its buyer. */
  forwarded: (buyersOrderId: string, from: { orderId: string; rmaId: string; itemId: string }): Key => ({
    pk: order(buyersOrderId),
    sk: `${forwardedPrefix}${part(from.orderId)}#${part(from.rmaId)}#${part(from.itemId)}`,
  }),
  label: (track: string): Key => ({ pk: `LABEL#${part(track)}`, sk: 'LABEL' }),
  retailer: { pk: 'RETAILER', sk: 'RETAILER' } satisfies Key,
  igfObject,
  pointer: (object: IgfObject): Key => ({ pk: igfObject(object), sk: 'POINTER' }),
  mapping: (held: Term): Key => ({ pk: vocabularyPartition, sk: fieldText(held) }),
  unknown: (held: Term): Key => ({ pk: vocabularyPartition, sk: `${unknownPrefix}${fieldText(held)}` }),
  rejected: (eventId: string): Key => ({ pk: `${rejectedPrefix}${part(eventId)}`, sk: rejectedTask }),
  waiting: (object: IgfObject, eventId: string): Key => ({
    pk: igfObject(object),
    sk: `${waitingPrefix}${part(eventId)}`,
  }),
};
