import * as z from 'zod/mini';
import type { IgfFact } from './igf-facts.ts';
import { rmaStatuses, shipmentStatuses } from './vendor-terms.ts';

/**
 * What a webhook reports, in the bridge's own terms. The bridge stores facts as they come, and decides afterwards from
 * all of them. The schemas below are what the table stores of a fact. Times are ISO 8601 UTC, amounts are in `currency`
 * and include tax.
 */
export type Fact = OrderFact | IgfFact;

/** What Winkelstraat reports. It names the order. */
export type OrderFact = ShipmentFact | RmaFact | OpeningFact | ClosingFact;

const optionalText = z.optional(z.string());
const optionalNumber = z.optional(z.number());

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

const Track = z.object({ number: optionalText, carrier: optionalText });

/** The latest known state of a shipment. It gives a stock-hub return its customer and its price. */
export const ReportedShipment = z.object({
  /** Winkelstraat's order number (`order_increment_id`, push-api `order_id`). */
  orderId: z.string(),
  shipmentId: z.string(),
  status: z.optional(z.enum(shipmentStatuses)),
  createdAt: optionalText,
  updatedAt: optionalText,
  collectedAt: optionalText,
  deliveredAt: optionalText,
  currency: optionalText,
  poNumber: optionalText,
  track: z.optional(Track),
  items: z.array(z.object({ sku: z.string(), quantity: optionalNumber, price: optionalNumber })),
  /** The receiver of the shipment: who later sends the article back. */
  address: z.optional(Address),
});
export type ShipmentFact = z.infer<typeof ReportedShipment> & { kind: 'shipment' };

/** The header of an RMA. Only the webhooks that open returns send one. */
export const ReportedRma = z.object({
  orderId: z.string(),
  rmaId: z.string(),
  status: z.enum(rmaStatuses),
  /** When the webhook came. An RMA carries no time of change. */
  receivedAt: z.string(),
  currency: optionalText,
  poNumber: optionalText,
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
  reason: optionalText,
  resolution: optionalText,
  condition: optionalText,
  price: optionalNumber,
  /** The sender, where the webhook names one (push-api). */
  address: z.optional(Address),
});
export type ReportedArticle = z.infer<typeof ReportedArticle>;

/** What the webhooks that open returns (stock-hub RMA, push-api `v2/rma`) report of one return item. */
export const Opening = z.extend(ReportedArticle, {
  status: z.enum(rmaStatuses),
  /** The header's status where it ends the whole RMA. Otherwise the item's own status counts alone. */
  rmaStatus: z.optional(z.enum(rmaStatuses)),
  receivedAt: z.string(),
  currency: optionalText,
  poNumber: optionalText,
  quantityRequested: optionalNumber,
  quantityApproved: optionalNumber,
  /** What the sender pays for returning one unit. */
  returnFee: optionalNumber,
});
export type Opening = z.infer<typeof Opening>;

/** What `rma-item` reports of one return item: the merchant received it, or closed it. */
export const Closing = z.extend(ReportedArticle, {
  updatedAt: z.string(),
  /** True when it reports nothing received and nothing decided. Policy `rmaItemOpens` may read that as opening. */
  reportsNothing: z.boolean(),
});
export type Closing = z.infer<typeof Closing>;

interface OfReturn {
  orderId: string;
  rmaId: string;
  itemId: string;
  family: 'stock-hub' | 'push-api';
}

export type OpeningFact = OfReturn & Opening & { kind: 'opening' };
export type ClosingFact = OfReturn & Closing & { kind: 'closing' };
