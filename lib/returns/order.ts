import * as z from 'zod/mini';
import { fitsInKey } from '../config/limits.ts';
import type { Policy } from '../config/policy.ts';
import { ReportedCreditMemo, ReportedRma, ReportedSalesOrder, ReportedShipment } from '../facts/facts.ts';
import type { ReturnItem } from './return-item.ts';

/** What is stored beside a document. */
const stored = {
  /** Counts the writes. Each write is conditional on it. */
  rev: z.number(),
  /** When DynamoDB may delete it, in seconds since the epoch. Absent while a return of the order needs it. */
  expiresAt: z.optional(z.number()),
};

export const Shipment = z.extend(ReportedShipment, stored);
export type Shipment = z.infer<typeof Shipment>;

/** The longest code that a carrier prints. A longer value is the image of a label. */
const longestTrack = 64;

/** A track number in a form for comparison, because people and systems differ in spaces and capitals. */
export function readTrack(track: string | undefined): string | undefined {
  const read = track?.replaceAll(/\s/g, '').toUpperCase();
  return read && read.length <= longestTrack ? read : undefined;
}

export const SalesOrder = z.extend(ReportedSalesOrder, stored);
export type SalesOrder = z.infer<typeof SalesOrder>;

export const CreditMemo = z.extend(ReportedCreditMemo, { rev: z.number() });
export type CreditMemo = z.infer<typeof CreditMemo>;

export const Rma = z.extend(ReportedRma, {
  ...stored,
  /** The other family of webhooks reported this RMA first. */
  second: z.optional(z.boolean()),
  /** When a status was last reported that Winkelstraat documents. */
  statusAt: z.optional(z.string()),
  /** When `unknownStatus` was last reported. */
  unknownStatusAt: z.optional(z.string()),
});
export type Rma = z.infer<typeof Rma>;

export const ReturnRef = z.object({ orderId: z.string(), rmaId: z.string(), itemId: z.string() });
export type ReturnRef = z.infer<typeof ReturnRef>;

export const refOf = ({ orderId, rmaId, itemId }: ReturnRef): ReturnRef => ({ orderId, rmaId, itemId });

export const isSameReturn = (one: ReturnRef, other: ReturnRef): boolean =>
  one.orderId === other.orderId && one.rmaId === other.rmaId && one.itemId === other.itemId;

export interface ShipmentRef {
  orderId: string;
  shipmentId: string;
}

/** Everything that is known about one order, except its deliveries. It is the input of `decide`. */
export interface OrderSnapshot {
  orderId: string;
  salesOrder?: SalesOrder | undefined;
  /** A shipment without items is known by its track alone. */
  shipments: Shipment[];
  rmas: Rma[];
  returns: ReturnItem[];
  creditMemos: CreditMemo[];
  /** Returns of other orders whose articles were forwarded to the buyer of this order. */
  forwarded: ReturnRef[];
}

export const emptyOrder = (orderId: string): OrderSnapshot => ({
  orderId,
  shipments: [],
  rmas: [],
  returns: [],
  creditMemos: [],
  forwarded: [],
});

/** The purchase order of an order: the first that one of its documents names, and that can be part of a key. */
const purchaseOrderOf = ({ salesOrder, shipments, rmas }: OrderSnapshot): string | undefined =>
  [salesOrder, ...shipments, ...rmas]
    .map((document) => document?.poNumber)
    .find((number) => number !== undefined && fitsInKey(number));

/** The number by which the webshop, and therefore IGF, knows an order: Winkelstraat's, or by policy the reseller's. */
export const webshopNumberOf = (order: OrderSnapshot, policy: Pick<Policy, 'webshopOrderId'>): string =>
  (policy.webshopOrderId === 'po_number' && purchaseOrderOf(order)) || order.orderId;

export const returnIn = ({ returns }: OrderSnapshot, ref: ReturnRef): ReturnItem | undefined =>
  returns.find((item) => isSameReturn(item, ref));

/** The order with another content of one of its returns. */
export const withReturn = (order: OrderSnapshot, item: ReturnItem): OrderSnapshot => ({
  ...order,
  returns: order.returns.map((other) => (isSameReturn(other, item) ? item : other)),
});
