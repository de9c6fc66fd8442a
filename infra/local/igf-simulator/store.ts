import type { CustomerRequest } from './schemas/customer.ts';
import type { CancelReason, ListingRequest } from './schemas/listing.ts';
import { Table } from './table.ts';

/** A customer at IGF: the sender of a listing, or (once it is ordered) its receiver. */
export interface Customer extends CustomerRequest {
  readonly id: number;
  readonly addressId: number;
}

export type ListingStatus = 'Available' | 'Pending' | 'Cancelled';

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

/** Everything that the simulated tenant holds. Rows are immutable: a change replaces the row. */
export interface Store {
  readonly tenant: { apiKey: string };
  /** `matchingPeriod` in days: how long a listing waits for a buyer. */
  readonly retailer: { matchingPeriod: number };
  readonly customers: Table<Customer>;
  readonly listings: Table<Listing>;
}

/** A tenant as on its first day. */
export function emptyStore(apiKey: string): Store {
  return {
    tenant: { apiKey },
    retailer: { matchingPeriod: 14 },
    customers: new Table(),
    listings: new Table(),
  };
}
