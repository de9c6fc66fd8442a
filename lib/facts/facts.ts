import * as z from 'zod/mini';
import type { IgfFact } from './igf-facts.ts';
import { creditMemoStatuses, type Family, families, rmaStatuses, shipmentStatuses } from './vendor-terms.ts';

/**
 * What a webhook reports, in the bridge's own terms, stored as it comes: decisions are made from all facts afterwards.
 * Times are ISO 8601 UTC, amounts are in `currency` and include tax.
 */
export type Fact = OrderFact | IgfFact;

/** What Winkelstraat reports. It names the order. */
export type OrderFact =
  | ShipmentFact
  | TrackFact
  | SalesOrderFact
  | CreditMemoFact
  | NoChangeFact
  | RmaFact
  | OpeningFact
  | ClosingFact;

const optionalText = z.optional(z.string());
const optionalNumber = z.optional(z.number());

/** The currency of all amounts of a document, and the reseller's own purchase order. */
const purchase = {
  currency: optionalText,
  poNumber: optionalText,
  /** A `poNumber` that may have lost leading zeros. People may see it; it is never an order number at IGF. */
  uncertainPoNumber: optionalText,
};

/** A person's address as both families of webhooks send it: any part may be missing. */
export const Address = z.object({
  firstName: optionalText,
  lastName: optionalText,
  companyName: optionalText,
  email: optionalText,
  phone: optionalText,
  street: optionalText,
  houseNumber: optionalText,
  postcode: optionalText,
  city: optionalText,
  /** ISO 3166-1 alpha-2, upper case. */
  country: optionalText,
});
export type Address = z.infer<typeof Address>;

const Track = z.object({
  number: optionalText,
  carrier: optionalText,
  /** When the track itself last changed, where it came in a webhook of its own. */
  updatedAt: optionalText,
});

/** One line of an order or a shipment. */
const ReportedLine = z.object({
  sku: z.string(),
  quantity: optionalNumber,
  price: optionalNumber,
});

/** The latest known state of a shipment. It gives a stock-hub return its customer and its price. */
export const ReportedShipment = z.object({
  /** Winkelstraat's order number (`order_increment_id`, push-api `order_id`). */
  orderId: z.string(),
  shipmentId: z.string(),
  status: z.optional(z.enum(shipmentStatuses)),
  createdAt: optionalText,
  updatedAt: optionalText,
  /** The version of the push-api webhook. Of two reports with the same dates, the one of the later version counts. */
  version: optionalNumber,
  collectedAt: optionalText,
  deliveredAt: optionalText,
  ...purchase,
  track: z.optional(Track),
  items: z.array(ReportedLine),
  /** The receiver of the shipment: who later sends the article back. */
  address: z.optional(Address),
});
export type ShipmentFact = z.infer<typeof ReportedShipment> & { kind: 'shipment' };

/** A track of the warehouse's own shipment, which push-api reports in a webhook of its own. */
export interface TrackFact {
  kind: 'track';
  orderId: string;
  shipmentId: string;
  trackId: string;
  number: string;
  carrier?: string | undefined;
  /** When Winkelstraat last changed it, otherwise when the webhook came. ISO 8601 UTC. */
  updatedAt: string;
}

/** A webhook that changes nothing: its delivery stands in the history of its order. */
export interface NoChangeFact {
  kind: 'no-change';
  orderId: string;
}

/** An order as it was placed: what was ordered, before any shipment. */
export const ReportedSalesOrder = z.object({
  orderId: z.string(),
  createdAt: optionalText,
  updatedAt: optionalText,
  ...purchase,
  items: z.array(ReportedLine),
  address: z.optional(Address),
});
export type SalesOrderFact = z.infer<typeof ReportedSalesOrder> & { kind: 'sales-order' };

/** One line of a credit memo: Winkelstraat paid a customer, or says why it did not. */
export const ReportedCreditMemo = z.object({
  orderId: z.string(),
  memoId: z.string(),
  lineId: z.string(),
  family: z.enum(families),
  /** Absent when the status was not readable. stock-hub sends none: its memos are `NONE`. */
  status: z.optional(z.enum(creditMemoStatuses)),
  /** The memo's own date, otherwise when the webhook came. */
  at: z.string(),
  sku: z.string(),
  quantity: optionalNumber,
  /** stock-hub: the whole line with tax (`row_total_inc_tax`), in `currency`. */
  rowTotal: optionalNumber,
  /** stock-hub: what the sender pays for the return (`return_item_fee`). */
  returnFee: optionalNumber,
  ...purchase,
  /** stock-hub: the memo takes an earlier one back. */
  reversal: z.optional(z.boolean()),
});
export type CreditMemoFact = z.infer<typeof ReportedCreditMemo> & { kind: 'credit-memo' };

/** The header of an RMA. Only the webhooks that open returns send one. */
export const ReportedRma = z.object({
  orderId: z.string(),
  rmaId: z.string(),
  family: z.optional(z.enum(families)),
  /** Absent when the webhook sends a status that the vendor does not document. */
  status: z.optional(z.enum(rmaStatuses)),
  /** A status that the vendor does not document, as it was sent. */
  unknownStatus: optionalText,
  itemIds: z.optional(z.array(z.string())),
  /** The number of items of the webhook that could not be read. */
  unusableItems: optionalNumber,
  /** When the webhook came. An RMA carries no time of change. */
  receivedAt: z.string(),
  ...purchase,
  requestedAt: optionalText,
  arrivedAt: optionalText,
  track: z.optional(Track),
});
export type RmaFact = z.infer<typeof ReportedRma> & { kind: 'rma' };

/** What both families report of one article that comes back. */
const ReportedArticle = z.object({
  sku: z.string(),
  parentSku: optionalText,
  /** The merchant's own product reference. */
  reference: optionalText,
  /** The merchant's own number of the article with its size (push-api `article_number`). */
  articleNumber: optionalText,
  /** The maker's number of the article (stock-hub `mpn`). */
  mpn: optionalText,
  size: optionalText,
  reason: optionalText,
  resolution: optionalText,
  condition: optionalText,
  price: optionalNumber,
  /** Units that arrived at the merchant. */
  quantityReturned: optionalNumber,
  /** What the merchant decided, free text (stock-hub `merchant_resolution`, push-api `retailer_resolution`). */
  merchantResolution: optionalText,
  /** The sender, where the webhook names one (push-api). */
  address: z.optional(Address),
});
export type ReportedArticle = z.infer<typeof ReportedArticle>;

/** What the webhooks that open returns (stock-hub RMA, push-api `v2/rma`) report of one return item. */
export const Opening = z.extend(ReportedArticle, {
  /** The item's own status. push-api has none. */
  status: z.optional(z.enum(rmaStatuses)),
  /** The header's status in the same delivery. */
  rmaStatus: z.optional(z.enum(rmaStatuses)),
  /** The item's own status where the vendor does not document it, as it was sent. */
  unknownStatus: optionalText,
  receivedAt: z.string(),
  ...purchase,
  quantityRequested: optionalNumber,
  quantityApproved: optionalNumber,
  /** What the sender pays for returning one unit. */
  returnFee: optionalNumber,
  /** What the sender pays for returning the requested units together. */
  rowReturnFee: optionalNumber,
});
export type Opening = z.infer<typeof Opening>;

/** What `rma-item` reports of one return item: the merchant received it, or closed it. */
export const Closing = z.extend(ReportedArticle, {
  updatedAt: z.string(),
  requestedAt: optionalText,
  /** When the RMA arrived at the merchant. */
  arrivedAt: optionalText,
});
export type Closing = z.infer<typeof Closing>;

interface OfReturn {
  orderId: string;
  rmaId: string;
  itemId: string;
  family: Family;
}

export type OpeningFact = OfReturn & Opening & { kind: 'opening' };
export type ClosingFact = OfReturn & Closing & { kind: 'closing' };
