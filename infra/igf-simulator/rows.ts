import type {
  Carrier,
  ListingCancelReason,
  ListingStatus,
  OrderCancelReason,
  OrderStatus,
  SimulatedShipmentStatus,
  WebhookEventType,
} from './enums.ts';

/*
 * The rows of the store. All times are ISO UTC. A row names the fields that the simulator reads; whatever
 * else a checked request gave is stored beside them and shown in answers.
 */

/** How a request describes a customer. */
export interface CustomerDetails {
  readonly email: string;
  readonly customerStatus?: number | undefined;
  readonly address: object;
}

/** The sender of a listing, or the receiver of its order. */
export interface CustomerRow extends CustomerDetails {
  readonly id: number;
  readonly addressId: number;
}

/** IGF knows the webshop order and the cancel reason of a listing, but no answer shows them. */
export interface ListingRow {
  readonly id: number;
  readonly sku: string;
  readonly productId: string;
  readonly listingWebshopOrderId: string;
  readonly returnReason: string;
  readonly returnReasonComment?: string | undefined;
  readonly originalPrice: number;
  readonly senderId: number;
  readonly receiverId?: number;
  readonly status: ListingStatus;
  readonly cancelReason?: ListingCancelReason | undefined;
  readonly discountPercentage: number;
  readonly discountValue: number;
  readonly discountCurrency: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly matchingDeadline: string;
}

/** The purchase of a listing. */
export interface OrderRow {
  readonly id: number;
  readonly listingId: number;
  readonly receiverId: number;
  readonly status: OrderStatus;
  /** The order was committed before the payment, and is neither confirmed nor rejected yet. */
  readonly awaitsPayment: boolean;
  readonly carrierName: Carrier;
  readonly webshopOrderId?: string | undefined;
  readonly webshopOrderItemId?: string | undefined;
  readonly cancelReason: OrderCancelReason | null;
  readonly orderDate: string;
  readonly returnDeadline: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface ShipmentRow {
  readonly id: number;
  readonly orderId: number;
  readonly status: SimulatedShipmentStatus;
  /** The code that the carrier scans: "3SDEVC676401291". */
  readonly label: string;
  readonly carrierName: Carrier;
  readonly warehouseId?: number | undefined;
  /** 0 bad, 1 neutral, 2 good. No answer shows it: IGF uses it for mails only. */
  readonly feedback?: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface WarehouseRow {
  readonly id: number;
  readonly countryCode: string;
  readonly type?: string | undefined;
}

export interface SubscriptionRow {
  readonly id: number;
  readonly eventType: WebhookEventType;
  readonly url: string;
}

export interface CarrierContractRow {
  readonly id: number;
  readonly data: Readonly<Record<string, unknown>>;
  readonly name: Carrier;
}

/** A return that goes to the warehouse. */
export interface RegularReturnRow {
  readonly id: number;
  readonly webshopOrderId: string;
  readonly customerId: number;
  readonly createdAt: string;
  readonly products: readonly { readonly id: number }[];
}

/** The tenant's one retailer. Periods are in days. */
export interface RetailerRow {
  /** How long a listing waits for a buyer. */
  readonly matchingPeriod: number;
  /** How long the sender has to hand in the article once it is bought. */
  readonly handinPeriod: number;
  readonly blacklist: readonly string[];
  readonly bannedEmails: readonly string[];
  readonly discountsEnabled: boolean;
  readonly countries: readonly string[];
}
