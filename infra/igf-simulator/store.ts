import type * as rows from './rows.ts';

/** Rows in memory. Ids count up from 1 and are never used twice. A change replaces the row. */
export class Table<Row extends { readonly id: number }> {
  readonly #rows = new Map<number, Row>();
  #lastId = 0;

  /** Adds the row that `build` makes of its id. */
  add(build: (id: number) => Row): Row {
    this.#lastId += 1;
    return this.replace(build(this.#lastId));
  }

  find(id: number | undefined): Row | undefined {
    return id === undefined ? undefined : this.#rows.get(id);
  }

  /** All rows, oldest first. */
  all(): Row[] {
    return [...this.#rows.values()];
  }

  /** Stores `row` in place of the row with its id. */
  replace(row: Row): Row {
    this.#rows.set(row.id, row);
    return row;
  }

  remove(id: number): void {
    this.#rows.delete(id);
  }
}

/** A subscription to one event type. */
export type Subscription = Omit<rows.SubscriptionRow, 'id'>;

/** The state of the simulated tenant. Its initial state is a retailer with its subscriptions. */
export class Store {
  apiKey: string;
  retailer: rows.RetailerRow = initialRetailer;
  discountRanges: readonly object[] = [];
  readonly customers = new Table<rows.CustomerRow>();
  readonly listings = new Table<rows.ListingRow>();
  readonly orders = new Table<rows.OrderRow>();
  readonly shipments = new Table<rows.ShipmentRow>();
  readonly warehouses = new Table<rows.WarehouseRow>();
  readonly subscriptions = new Table<rows.SubscriptionRow>();
  readonly carrierContracts = new Table<rows.CarrierContractRow>();
  readonly regularReturns = new Table<rows.RegularReturnRow>();
  /** Holds the ids of returned products, which count through all regular returns. */
  readonly returnedProducts = new Table<{ readonly id: number }>();

  constructor(apiKey: string, subscriptions: readonly Subscription[] = []) {
    this.apiKey = apiKey;
    for (const subscription of subscriptions) this.subscriptions.add((id) => ({ id, ...subscription }));
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
