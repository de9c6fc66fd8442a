import type { CarrierContractRequest } from './schemas/carrier-contract.ts';
import type { CustomerRequest } from './schemas/customer.ts';
import type { DiscountRange } from './schemas/discount.ts';
import type { CancelReason, ListingRequest } from './schemas/listing.ts';
import type { CarrierName } from './schemas/order.ts';
import type { Product } from './schemas/regular-return.ts';
import type { Retailer } from './schemas/retailer.ts';
import type { WarehouseRequest } from './schemas/warehouse.ts';
import type { WebhookRequest } from './schemas/webhook.ts';
import type { Table } from './table.ts';

/** A customer at IGF: the sender of a listing, or (once it is ordered) its receiver. */
export interface Customer extends CustomerRequest {
  readonly id: number;
  readonly addressId: number;
}

export type ShipmentStatus = 'Labelled' | 'Shipped' | 'Completed' | 'Cancelled';
export type OrderStatus = 'Matched' | ShipmentStatus;
/** The document types it as a string only: these are its values for an update, and those of the order that came of it. */
export type ListingStatus = 'Available' | 'Pending' | OrderStatus;

/** A listing with what IGF knows but never shows: its webshop order, quantities, why it was cancelled. Times are ISO UTC. */
export interface Listing extends Omit<ListingRequest, 'customer'> {
  readonly id: number;
  readonly senderId: number;
  readonly receiverId?: number;
  readonly status: ListingStatus;
  readonly cancelReason?: CancelReason | undefined;
  readonly discountPercentage: number;
  readonly discountValue: number;
  readonly discountCurrency: string;
  readonly lastUpdateDiscount?: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly matchingDeadline: string;
}

export type OrderCancelReason = Extract<
  CancelReason,
  'NOT_DELIVERED_BY_CARRIER' | 'CUSTOMER_BANNED' | 'RETURN_DEADLINE_PASSED'
>;

/** A listing that somebody bought. */
export interface Order {
  readonly id: number;
  readonly listingId: number;
  readonly receiverId: number;
  readonly status: OrderStatus;
  /** Committed before the payment, and neither confirmed nor rejected yet. */
  readonly awaitsPayment: boolean;
  readonly carrierName: string;
  readonly webshopOrderId?: string | undefined;
  readonly webshopOrderItemId?: string | undefined;
  readonly cancelReason: OrderCancelReason | null;
  readonly orderDate: string;
  readonly returnDeadline: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface Shipment {
  readonly id: number;
  readonly orderId: number;
  readonly status: ShipmentStatus;
  /** What the carrier scans: "3SDEVC676401291". */
  readonly label: string;
  readonly carrierName: string;
  readonly warehouseId?: number | undefined;
  /** 0 bad, 1 neutral, 2 good; no answer shows it, IGF only sends mails because of it. */
  readonly feedback?: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export type ReturnedProduct = Product & { readonly id: number };

/** A return that goes to the warehouse. */
export interface RegularReturn {
  readonly id: number;
  readonly webshopOrderId: string;
  readonly customerId: number;
  readonly createdAt: string;
  readonly products: readonly ReturnedProduct[];
}

export type CarrierContract = Omit<CarrierContractRequest, 'name'> & {
  readonly id: number;
  readonly name: CarrierName;
};

/** Everything that the simulated tenant holds. Rows are immutable: a change replaces the row. */
export interface Store {
  readonly tenant: { apiKey: string };
  retailer: Retailer;
  discountRanges: readonly DiscountRange[];
  readonly customers: Table<Customer>;
  readonly listings: Table<Listing>;
  readonly orders: Table<Order>;
  readonly shipments: Table<Shipment>;
  readonly warehouses: Table<WarehouseRequest & { readonly id: number }>;
  readonly webhooks: Table<WebhookRequest & { readonly id: number }>;
  readonly carrierContracts: Table<CarrierContract>;
  readonly regularReturns: Table<RegularReturn>;
  readonly returnedProducts: Table<ReturnedProduct>;
}
