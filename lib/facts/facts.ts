import type { Address } from '../returns/customer.ts';
import type { RmaStatus, ShipmentStatus } from '../webhooks/winkelstraat/fields.ts';
import type { EventType } from './event-types.ts';

/**
 * What a webhook tells, in the bridge's own terms. Facts are recorded as they come; what to do about them is decided
 * afterwards, from all of them. Times are ISO 8601 UTC, amounts are in `currency` and include tax.
 */
export type Fact = OrderFact | IgfFact;

/** What Winkelstraat tells: it names the order. */
export type OrderFact = ShipmentFact | RmaFact | OpeningFact | ClosingFact;

/**
 * What ItGoesForward tells, by a webhook or as an answer. It names its own ids; which return they belong to is found
 * by the pointers of the table. Fields that were not told are absent.
 */
export interface IgfFact {
  kind: 'igf';
  /** The event that told it; absent when it was asked for. */
  event?: EventType | undefined;
  listingId?: number | undefined;
  igfOrderId?: number | undefined;
  igfShipmentId?: number | undefined;
  listing?: IgfListingFact | undefined;
  order?: IgfOrderFact | undefined;
  shipment?: IgfShipmentFact | undefined;
  /** When IGF was asked for everything it knows of the listing, ISO 8601 UTC. */
  polledAt?: string | undefined;
}

export interface IgfListingFact {
  status?: string | undefined;
  /** The buyer's number at IGF. */
  receiverId?: number | undefined;
  matchingDeadline?: string | undefined;
  updatedAt?: string | undefined;
}

export interface IgfOrderFact {
  id: number;
  status?: string | undefined;
  cancelReason?: string | undefined;
  /** The buyer's order in the webshop: what must be served from stock when the forwarding fails. */
  webshopOrderId?: string | undefined;
  returnDeadline?: string | undefined;
  updatedAt?: string | undefined;
}

export interface IgfShipmentFact {
  id: number;
  status?: string | undefined;
  /** The carrier's code of the parcel. */
  label?: string | undefined;
  updatedAt?: string | undefined;
}

interface OfOrder {
  /** Winkelstraat's order number (`order_increment_id`, push-api `order_id`). */
  orderId: string;
}

/** The latest known state of a shipment. It gives a stock-hub return its customer and its price. */
export interface ShipmentFact extends OfOrder {
  kind: 'shipment';
  shipmentId: string;
  status?: ShipmentStatus | undefined;
  createdAt?: string | undefined;
  updatedAt?: string | undefined;
  collectedAt?: string | undefined;
  deliveredAt?: string | undefined;
  currency?: string | undefined;
  poNumber?: string | undefined;
  track?: Track | undefined;
  items: ShippedItem[];
  /** The receiver of the shipment: who later sends the article back. */
  address?: Address | undefined;
}

export interface ShippedItem {
  sku: string;
  quantity?: number | undefined;
  price?: number | undefined;
}

export interface Track {
  number?: string | undefined;
  carrier?: string | undefined;
}

/** The header of an RMA. Only the webhooks that open returns tell one. */
export interface RmaFact extends OfOrder {
  kind: 'rma';
  rmaId: string;
  status: RmaStatus;
  /** When the webhook came; an RMA carries no time of change. */
  receivedAt: string;
  currency?: string | undefined;
  poNumber?: string | undefined;
  requestedAt?: string | undefined;
  arrivedAt?: string | undefined;
  track?: Track | undefined;
}

/** What both families tell of one article that comes back. */
export interface ArticleFacts {
  sku: string;
  parentSku?: string | undefined;
  /** The merchant's own product reference. */
  reference?: string | undefined;
  reason?: string | undefined;
  resolution?: string | undefined;
  condition?: string | undefined;
  price?: number | undefined;
  /** The sender, where the webhook names one (push-api). */
  address?: Address | undefined;
}

interface OfReturn extends OfOrder {
  rmaId: string;
  itemId: string;
  family: 'stock-hub' | 'push-api';
}

/** One return item, told by a webhook that opens returns (stock-hub RMA, push-api `v2/rma`). */
export interface OpeningFact extends OfReturn, ArticleFacts {
  kind: 'opening';
  status: RmaStatus;
  /** The header's status where it ends the whole RMA; otherwise the item's own status counts alone. */
  rmaStatus?: RmaStatus | undefined;
  receivedAt: string;
  currency?: string | undefined;
  poNumber?: string | undefined;
  quantityRequested?: number | undefined;
  quantityApproved?: number | undefined;
  /** What the sender pays for returning one piece. */
  returnFee?: number | undefined;
}

/** One return item, told by `rma-item`: received by the merchant, or closed. */
export interface ClosingFact extends OfReturn, ArticleFacts {
  kind: 'closing';
  updatedAt: string;
  /** True when it reports nothing received and nothing decided, which policy `rmaItemOpens` may read as opening. */
  reportsNothing: boolean;
}
