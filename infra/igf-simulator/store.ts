import type {
  Carrier,
  ListingCancelReason,
  ListingStatus,
  OrderCancelReason,
  OrderStatus,
  SimulatedShipmentStatus,
  WebhookEventType,
} from './enums.ts';
import { notFound } from './errors.ts';

/*
 * The rows of the store. All times are ISO UTC. A row names the fields that the simulator reads; whatever
 * else a checked request gave is stored beside them and shown in answers.
 */

interface Row {
  readonly id: number;
}

/** How a request describes a customer. */
export interface CustomerDetails {
  readonly email: string;
  readonly customerStatus?: number | undefined;
  readonly address: object;
}

/** The sender of a listing, or the receiver of its order. */
export interface CustomerRow extends Row, CustomerDetails {
  readonly addressId: number;
}

/** IGF knows the webshop order and the cancel reason of a listing, but no answer shows them. */
export interface ListingRow extends Row {
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
export interface OrderRow extends Row {
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

export interface ShipmentRow extends Row {
  readonly orderId: number;
  readonly status: SimulatedShipmentStatus;
  /** The code that the carrier scans: "3SDEVC676401291". */
  readonly label: string;
  readonly carrierName: Carrier;
  readonly warehouseId?: number | undefined;
  /** When it first reached its receiver. */
  readonly arrivedAt?: string;
  /** Its refund was announced. */
  readonly isRefunded?: boolean;
  /** 0 bad, 1 neutral, 2 good. No answer shows it: IGF uses it for mails only. */
  readonly feedback?: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface WarehouseRow extends Row {
  readonly countryCode: string;
  readonly type?: string | undefined;
}

export interface SubscriptionRow extends Row {
  readonly eventType: WebhookEventType;
  readonly url: string;
}

export interface CarrierContractRow extends Row {
  readonly data: Readonly<Record<string, unknown>>;
  readonly name: Carrier;
}

/** A return that goes to the warehouse. */
export interface RegularReturnRow extends Row {
  readonly webshopOrderId: string;
  readonly customerId: number;
  readonly createdAt: string;
  readonly products: readonly Row[];
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

/** Rows in memory. Ids count up from 1 and are never used twice. A change replaces the row. */
class Table<Each extends Row> {
  readonly #rows = new Map<number, Each>();
  readonly #what: string;
  #lastId = 0;

  /** @param what a row in the text of a refusal */
  constructor(what: string) {
    this.#what = what;
  }

  /** Adds the row that `build` makes of its id. */
  add(build: (id: number) => Each): Each {
    this.#lastId += 1;
    return this.replace(build(this.#lastId));
  }

  find(id: number | undefined): Each | undefined {
    return id === undefined ? undefined : this.#rows.get(id);
  }

  /** The row with this id. A text id that is not a number is unknown. @throws Refusal 404 */
  get(id: number | string | undefined): Each {
    const row = /^\d+$/.test(`${id}`) ? this.find(Number(id)) : undefined;
    if (row === undefined) throw notFound(`${this.#what} ${id}`);
    return row;
  }

  /** All rows, oldest first. */
  all(): Each[] {
    return [...this.#rows.values()];
  }

  /** Stores `row` in place of the row with its id. */
  replace(row: Each): Each {
    this.#rows.set(row.id, row);
    return row;
  }

  remove(id: number): void {
    this.#rows.delete(id);
  }
}

/** The state of the simulated tenant. Its initial state is a retailer with its subscriptions. */
export class Store {
  apiKey: string;
  retailer: RetailerRow = initialRetailer;
  discountRanges: readonly object[] = [];
  readonly customers = new Table<CustomerRow>('Customer');
  readonly listings = new Table<ListingRow>('Listing');
  readonly orders = new Table<OrderRow>('Order');
  readonly shipments = new Table<ShipmentRow>('Shipment');
  readonly warehouses = new Table<WarehouseRow>('Warehouse');
  readonly subscriptions = new Table<SubscriptionRow>('Webhook');
  readonly carrierContracts = new Table<CarrierContractRow>('Carrier contract');
  readonly regularReturns = new Table<RegularReturnRow>('Return');
  /** Holds the ids of returned products, which count through all regular returns. */
  readonly returnedProducts = new Table<Row>('Returned product');

  constructor(apiKey: string, subscriptions: readonly SubscriptionRow[] = []) {
    this.apiKey = apiKey;
    for (const subscription of subscriptions) this.subscriptions.add((id) => ({ ...subscription, id }));
  }
}

const initialRetailer = {
  name: 'A retailer',
  matchingPeriod: 14,
  handinPeriod: 7,
  whitelist: [],
  blacklist: [],
  bannedEmails: [],
  discountsEnabled: true,
  countries: ['NL', 'BE', 'DE', 'AT', 'FR'],
};
