import type { Igf } from '../../../lib/igf/worker-igf.ts';

type Listing = Awaited<ReturnType<Igf['listings']['get']>>;
type Order = Awaited<ReturnType<Igf['orders']['ofListing']>>[number];
type Shipment = Awaited<ReturnType<Igf['shipments']['ofListing']>>[number];

/** IGF as somebody sees it who only asks: it answers what a test put in, and remembers what it was asked. */
export class AnsweringIgf implements Igf {
  /** Such as `listings.get 7`. */
  readonly calls: string[] = [];
  readonly #listings = new Map<number, Partial<Listing>>();
  readonly #failures = new Map<string, Error>();
  /** Every order and shipment: with `unfiltered`, they are answered whatever was asked for. */
  #orders: Order[] = [];
  #shipments: Shipment[] = [];
  unfiltered = false;

  has(listing: Partial<Listing> & { id: number }, orders: Order[] = [], shipments: Shipment[] = []): this {
    this.#listings.set(listing.id, listing);
    this.#orders.push(...orders);
    this.#shipments.push(...shipments);
    return this;
  }

  /** Lets a call fail, such as `orders.ofListing 7`, until it is told to stop. */
  fails(call: string, error: Error | undefined): this {
    if (error) this.#failures.set(call, error);
    else this.#failures.delete(call);
    return this;
  }

  readonly listings: Igf['listings'] = {
    get: (id) => this.#asked(`listings.get ${id}`, () => this.#listing(id)),
    ofSku: (sku) =>
      this.#asked(`listings.ofSku ${sku}`, () => [...this.#listings.keys()].map((id) => this.#listing(id))),
    ofWebshopOrder: () => this.#asked('listings.ofWebshopOrder', () => []),
    create: () => this.#asked('listings.create', () => this.#listing(1)),
    cancel: (id) => this.#asked(`listings.cancel ${id}`, () => undefined),
  };

  readonly info: Igf['info'] = { forwardable: () => this.#asked('info.forwardable', () => this.#never()) };

  readonly returns: Igf['returns'] = {
    all: () => this.#asked('returns.all', () => []),
    create: () => this.#asked('returns.create', () => this.#never()),
  };

  readonly orders: Igf['orders'] = {
    get: () => this.#asked('orders.get', () => this.#never()),
    commit: () => this.#asked('orders.commit', () => this.#never()),
    confirm: () => this.#asked('orders.confirm', () => this.#never()),
    reject: () => this.#asked('orders.reject', () => this.#never()),
    ofListing: (id) =>
      this.#asked(`orders.ofListing ${id}`, () =>
        this.#orders.filter(({ listingId }) => this.unfiltered || listingId === id),
      ),
  };

  readonly shipments: Igf['shipments'] = {
    get: () => this.#asked('shipments.get', () => this.#never()),
    setDelivered: () => this.#asked('shipments.setDelivered', () => this.#never()),
    ofListing: (id) =>
      this.#asked(`shipments.ofListing ${id}`, () =>
        this.#shipments.filter(({ order }) => this.unfiltered || order?.listingId === id),
      ),
  };

  #listing(id: number): Listing {
    return { status: 'Available', ...this.#listings.get(id), id };
  }

  #never(): never {
    throw new Error('Nobody who only asks calls this.');
  }

  async #asked<Answer>(call: string, answer: () => Answer): Promise<Answer> {
    this.calls.push(call);
    const failure = this.#failures.get(call);
    if (failure) throw failure;
    return answer();
  }
}
