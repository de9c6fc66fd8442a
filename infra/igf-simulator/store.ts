import type * as z from 'zod/mini';
import type {
  Carrier,
  ListingCancelReason,
  ListingStatus,
  OrderCancelReason,
  OrderStatus,
  SimulatedShipmentStatus,
} from './enums.ts';
import { notFound } from './errors.ts';
import type {
  ContractBody,
  CustomerBody,
  ListingBody,
  OrderBody,
  RetailerBody,
  SubscriptionBody,
  WarehouseBody,
} from './requests.ts';

/* The rows of the store: the checked request, and what the simulator adds. All times are ISO UTC. */

type Row<Fields = object> = Readonly<Fields & { id: number }>;

interface Times {
  createdAt: string;
  updatedAt: string;
}

/** The sender of a listing, or the receiver of its order. */
export type CustomerRow = Row<CustomerBody & { addressId: number }>;

interface ListingFields extends Omit<z.infer<typeof ListingBody>, 'customer'>, Times {
  senderId: number;
  receiverId?: number;
  status: ListingStatus;
  /** No answer shows it. */
  cancelReason?: ListingCancelReason | undefined;
  discountPercentage: number;
  discountValue: number;
  discountCurrency: string;
  matchingDeadline: string;
}
export type ListingRow = Row<ListingFields>;

interface OrderFields extends Omit<OrderBody, 'customer'>, Times {
  receiverId: number;
  status: OrderStatus;
  /** The order was committed before the payment, and is neither confirmed nor rejected yet. */
  awaitsPayment: boolean;
  carrierName: Carrier;
  cancelReason: OrderCancelReason | null;
  orderDate: string;
  returnDeadline: string;
}
/** The purchase of a listing. */
export type OrderRow = Row<OrderFields>;

interface ShipmentFields extends Times {
  orderId: number;
  status: SimulatedShipmentStatus;
  /** The code that the carrier scans: "3SDEVC676401291". */
  label: string;
  carrierName: Carrier;
  warehouseId?: number | undefined;
  /** When it first reached its receiver. */
  arrivedAt?: string;
  isRefunded?: boolean;
  /** 0 bad, 1 neutral, 2 good. No answer shows it: IGF uses it for mails only. */
  feedback?: number;
}
export type ShipmentRow = Row<ShipmentFields>;

export type WarehouseRow = Row<z.infer<typeof WarehouseBody>>;
export type SubscriptionRow = Row<z.infer<typeof SubscriptionBody>>;
export type CarrierContractRow = Row<z.infer<typeof ContractBody>>;

/** A return that goes to the warehouse. */
export type RegularReturnRow = Row<{
  webshopOrderId: string;
  customerId: number;
  createdAt: string;
  products: Row[];
}>;

const initialRetailer = {
  name: 'A retailer',
  matchingPeriod: 14,
  handinPeriod: 7,
  whitelist: [] as string[],
  blacklist: [] as string[],
  bannedEmails: [] as string[],
  discountsEnabled: true,
  countries: ['NL', 'BE', 'DE', 'AT', 'FR'],
  packageReceivedLink: 'https://shop.example/received',
  returnCancelledLink: 'https://shop.example/cancelled',
  returnDeadlineLink: 'https://shop.example/return-deadline',
  matchMadeLink: 'https://shop.example/match',
  matchDeadlineLink: 'https://shop.example/match-deadline',
  forwardRegisteredLink: 'https://shop.example/forward',
};

/** The tenant's one retailer. */
export type RetailerRow = typeof initialRetailer & z.infer<typeof RetailerBody>;

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

  /** @returns the row that was removed. @throws Refusal 404 */
  remove(id: number | string | undefined): Each {
    const row = this.get(id);
    this.#rows.delete(row.id);
    return row;
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
