import { keyPart as part } from '../config/limits.ts';
import { articleKey } from '../returns/article.ts';
import type { CreditMemo, ReturnRef, ShipmentRef } from '../returns/order.ts';
import type { Term } from '../returns/vocabulary.ts';

/**
 * The table's keys. Only this file builds and parses them.
 *
 * | access | how |
 * |---|---|
 * | read what an order's decisions are made from | query `ORDER#<order>`, sk from `R` on: REFUND, RETURN, RMA, SALES-ORDER, SERVED-BY, SHIPMENT, SKELETON, but no EVENT |
 * | show an order's history | query `ORDER#<order>` |
 * | keep what is known of a return when DynamoDB deletes it | put `ORDER#<order>` / `SKELETON#<rma>#<item>` before the return |
 * | show that personal data was erased | put `ORDER#<order>` / `ERASURE#<time>` |
 * | find the orders of a person | query the index `person`, the hash of an e-mail address |
 * | write a shipment, a sales order, a line of a credit memo, an RMA or a return | put, on condition that nobody has written it since it was read |
 * | store the outcome of a claimed call | update the return, on condition that it still has the claim's token |
 * | record an attempt at a delivery | update `ORDER#<order>` / `EVENT#<event id>` |
 * | show that an IGF event is retried whose order is not known | update `UNLOCATED#<event id>` / `EVENT#<event id>` |
 * | find the return of an IGF object, with the events that came before | get `IGF#LISTING#<id>` (or ORDER, SHIPMENT) / `POINTER` |
 * | link an IGF object with its return, and get the events that came before | update `IGF#LISTING#<id>` / `POINTER` |
 * | reserve IGF's regular return for one return | update `IGF#RETURN#<id>` / `POINTER`, on condition that it belongs to no other |
 * | keep an IGF event until its return is linked | update `IGF#LISTING#<id>` / `POINTER`, on condition that it has no return yet |
 * | find the returns forwarded to the buyer of an order | put `ORDER#<buyer's order>` / `SERVED-BY#<order>#<rma>#<item>`; read with that order |
 * | find each other by a purchase order: a forwarded return, and the buyer's order | put `PO#<number>` / `SERVED-BY#<order>#<rma>#<item>` and `ORDER#<order>`; then query the other |
 * | match a label with a delivered shipment | update `LABEL#<track number>` / `LABEL`; each side reads the other's attribute |
 * | match an offered article with an open shipment | put `SKU#<sku>` / `OFFER#<order>#<rma>#<item>`, update `OPEN-SHIPMENT#<order>#<shipment>`; then query the other |
 * | reserve a unit of a shipment | update `SKU#<sku>` / `OPEN-SHIPMENT#<order>#<shipment>` while units are left |
 * | read the retailer's rules | get `RETAILER` / `RETAILER` |
 * | note the first delivery, the last daily notice, the last run of the reconciler, and who changed keys or subscriptions | update `BRIDGE` / `BRIDGE` |
 * | read the mappings of operators | query `VOCABULARY`, sk before `UNMAPPED#` (`REASON#mouwen te wijd`, `CONDITION#…`, `RESOLUTION#…`, `STATUS#…`) |
 * | note and list terms without a mapping | update and query `VOCABULARY` / `UNMAPPED#REASON#mouwen te wijd` |
 * | store, show and replay a rejected delivery | get and put `REJECTED#<event id>` / `REJECTED` |
 * | list rejected deliveries by when their sender gives up | query the index `tasks`, `REJECTED`; of resolved ones `RESOLVED` |
 * | list the returns that need a person, or IGF's next report | query the index `tasks`, `ATTENTION` or `OPEN` |
 * | list the returns that wait for something that may never come | query the index `tasks`, `WAITING` |
 * | list the returns of which `mode=observe` kept a call back | query the index `tasks`, `OBSERVED` |
 * | list the returns that wait for a mapping of a term | query the index `tasks`, `UNMAPPED#REASON#mouwen te wijd` |
 * | list the parked deliveries, and those that are retried | query the index `tasks`, `PARKED` or `RETRIED` |
 */
export interface Key {
  pk: string;
  sk: string;
}

export const orderPrefix = 'ORDER#';
export const rejectedPrefix = 'REJECTED#';
export const vocabularyPartition = 'VOCABULARY';

export const eventPrefix = 'EVENT#';
export const returnPrefix = 'RETURN#';
/** Deliveries (`EVENT#…`) sort before this sort key. Everything that decisions are made from sorts after it. */
export const firstFactSortKey = 'R';
export const creditMemoPrefix = 'REFUND#';
export const salesOrderSortKey = 'SALES-ORDER';
export const skeletonPrefix = 'SKELETON#';
export const servedByPrefix = 'SERVED-BY#';
export const pointerSortKey = 'POINTER';
export const offerPrefix = 'OFFER#';
export const openShipmentPrefix = 'OPEN-SHIPMENT#';
/** Of the terms that had no mapping when they first came. Mappings sort before it. */
export const unmappedPrefix = 'UNMAPPED#';

/** The sort key of rejected deliveries, and their partition of the index `tasks`. */
export const rejectedTask: string = 'REJECTED';
/** The partition of those that nobody has to look at any more. */
export const resolvedTask = 'RESOLVED';
/** The partition of parked deliveries in the index `tasks`, sorted by when they were parked. */
export const parkedTask = 'PARKED';
/** The partition of the deliveries that are retried, sorted by when their message was put on the queue. */
export const retriedTask = 'RETRIED';

/** An IGF object that belongs to one return: its events must find the return. */
export interface IgfObject {
  kind: 'LISTING' | 'ORDER' | 'SHIPMENT' | 'RETURN';
  id: number;
}

type CreditMemoRef = Pick<CreditMemo, 'orderId' | 'family' | 'memoId' | 'lineId'>;

const order = (orderId: string): string => `${orderPrefix}${part(orderId)}`;
const article = (sku: string): string => `SKU#${part(articleKey(sku))}`;
const purchaseOrder = (poNumber: string): string => `PO#${part(poNumber)}`;
const igfObject = ({ kind, id }: IgfObject): string => `IGF#${kind}#${id}`;
const returnPath = ({ orderId, rmaId, itemId }: ReturnRef): string =>
  `${part(orderId)}#${part(rmaId)}#${part(itemId)}`;
/** In a form for people: `REASON#mouwen te wijd`. */
const termPath = ({ field, text }: Term): string => `${field.toUpperCase()}#${part(text)}`;

/** The partition of the returns that wait for a mapping of a term, in the index `tasks`. */
export const unmappedTask = (term: Term): `UNMAPPED#${string}` => `${unmappedPrefix}${termPath(term)}`;

const key = (pk: string, sk: string): Key => ({ pk, sk });

export const keys = {
  order,
  article,
  igfObject,
  return: ({ orderId, rmaId, itemId }: ReturnRef) =>
    key(order(orderId), `${returnPrefix}${part(rmaId)}#${part(itemId)}`),
  skeleton: ({ orderId, rmaId, itemId }: ReturnRef) =>
    key(order(orderId), `${skeletonPrefix}${part(rmaId)}#${part(itemId)}`),
  salesOrder: (orderId: string) => key(order(orderId), salesOrderSortKey),
  /** push-api's lines have an id of their own. Versions of its webhook may name the memo differently. */
  creditMemo: ({ orderId, family, memoId, lineId }: CreditMemoRef) => {
    const memo = family === 'push-api' ? '' : `${part(memoId)}#`;
    return key(order(orderId), `${creditMemoPrefix}${family}#${memo}${part(lineId)}`);
  },
  /** @param second the family of the RMA, where the other family reported an RMA of this number first */
  rma: (orderId: string, rmaId: string, second?: string) =>
    key(order(orderId), `RMA#${part(rmaId)}${second === undefined ? '' : `#${second}`}`),
  shipment: ({ orderId, shipmentId }: ShipmentRef) => key(order(orderId), `SHIPMENT#${part(shipmentId)}`),
  erasure: (orderId: string, at: string) => key(order(orderId), `ERASURE#${at}`),
  event: (orderId: string, eventId: string) => key(order(orderId), `${eventPrefix}${part(eventId)}`),
  unlocated: (eventId: string) => key(`UNLOCATED#${part(eventId)}`, `${eventPrefix}${part(eventId)}`),
  servedBy: (buyersOrderId: string, ref: ReturnRef) =>
    key(order(buyersOrderId), `${servedByPrefix}${returnPath(ref)}`),
  servedByPo: (poNumber: string, ref: ReturnRef) =>
    key(purchaseOrder(poNumber), `${servedByPrefix}${returnPath(ref)}`),
  orderOfPo: (poNumber: string, orderId: string) => key(purchaseOrder(poNumber), order(orderId)),
  label: (track: string) => key(`LABEL#${part(track)}`, 'LABEL'),
  offer: (sku: string, ref: ReturnRef) => key(article(sku), `${offerPrefix}${returnPath(ref)}`),
  openShipment: (sku: string, { orderId, shipmentId }: ShipmentRef) =>
    key(article(sku), `${openShipmentPrefix}${part(orderId)}#${part(shipmentId)}`),
  pointer: (object: IgfObject) => key(igfObject(object), pointerSortKey),
  mapping: (term: Term) => key(vocabularyPartition, termPath(term)),
  unmapped: (term: Term) => key(vocabularyPartition, unmappedTask(term)),
  retailer: key('RETAILER', 'RETAILER'),
  bridge: key('BRIDGE', 'BRIDGE'),
  rejected: (eventId: string) => key(`${rejectedPrefix}${part(eventId)}`, rejectedTask),
};

const unescaped = (escaped: string): string => escaped.replaceAll('%23', '#').replaceAll('%25', '%');

/** The order that a key belongs to, or undefined when it belongs to none. */
export const orderIdOf = ({ pk }: Pick<Key, 'pk'>): string | undefined =>
  pk.startsWith(orderPrefix) ? unescaped(pk.slice(orderPrefix.length)) : undefined;

/** The delivery that a key names, or undefined when the key is of another kind. It may have no known order. */
export function deliveryOf({ pk, sk }: Key): { orderId: string | undefined; eventId: string } | undefined {
  if (!sk.startsWith(eventPrefix)) return undefined;
  return { orderId: orderIdOf({ pk }), eventId: unescaped(sk.slice(eventPrefix.length)) };
}
