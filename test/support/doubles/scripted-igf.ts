import type { WorkerDependencies } from '../../../lib/worker/worker-handler.ts';

type Igf = WorkerDependencies['igf'];
type Listings = Igf['listings'];
export type Listing = Awaited<ReturnType<Listings['get']>>;
type Answers = { [Name in keyof Listings]: Listings[Name] };
type Call = { [Name in keyof Listings]: [Name, ...Parameters<Listings[Name]>] }[keyof Listings];

const unsupplied = (name: string) => async () => {
  throw new Error(`The test supplied no answer to ${name}.`);
};

/** IGF as a test tells it: each call takes the next answer for its operation, and fails the test if there is none. */
export class ScriptedIgf implements Igf {
  readonly calls: Call[] = [];
  #answers: { [Name in keyof Listings]?: Answers[Name][] } = {};

  /** The answers to the next calls of an operation, in this order; an answer may wait, change things, or throw. */
  on<Name extends keyof Listings>(name: Name, ...answers: Answers[Name][]): this {
    const known = (this.#answers[name] ?? []) as Answers[Name][];
    Object.assign(this.#answers, { [name]: [...known, ...answers] });
    return this;
  }

  /** Operations with answers that nobody asked for. */
  get unasked(): string[] {
    return Object.entries(this.#answers).flatMap(([name, answers]) => (answers.length > 0 ? [name] : []));
  }

  /** The names of the operations that were called. */
  get called(): string[] {
    return this.calls.map(([name]) => name);
  }

  readonly listings: Listings = {
    create: async (request) => this.#next('create', ['create', request])(request),
    get: async (listingId) => this.#next('get', ['get', listingId])(listingId),
    ofWebshopOrder: async (id) => this.#next('ofWebshopOrder', ['ofWebshopOrder', id])(id),
    ofSku: async (sku) => this.#next('ofSku', ['ofSku', sku])(sku),
    cancel: async (listingId) => this.#next('cancel', ['cancel', listingId])(listingId),
  };

  /** Who bought the listing; nobody, unless a test says so. */
  bought: Awaited<ReturnType<Igf['orders']['ofListing']>> = [];

  orders: Igf['orders'] = {
    get: unsupplied('orders.get'),
    ofListing: async () => this.bought,
    commit: unsupplied('orders.commit'),
    confirm: unsupplied('orders.confirm'),
    reject: unsupplied('orders.reject'),
  };

  /** A test supplies what it needs of these. */
  info: Igf['info'] = { forwardable: unsupplied('info.forwardable') };
  returns: Igf['returns'] = { all: unsupplied('returns.all'), create: unsupplied('returns.create') };
  shipments: Igf['shipments'] = {
    get: unsupplied('shipments.get'),
    ofListing: unsupplied('shipments.ofListing'),
    setDelivered: unsupplied('shipments.setDelivered'),
  };

  #next<Name extends keyof Listings>(name: Name, call: Call): Answers[Name] {
    this.calls.push(call);
    const answer = (this.#answers[name] as Answers[Name][] | undefined)?.shift();
    if (!answer) throw new Error(`The test supplied no answer to ${call.join(' ')}.`);
    return answer;
  }
}

/** A listing as IGF answers it, for a return of `ofReturn` unless told otherwise. */
export const listing = (overrides: Partial<Listing> = {}): Listing => ({
  id: 7,
  sku: 'sku-90',
  status: 'Available',
  returnReasonComment: '[000000093/90]',
  sender: { email: 'jan.jansen@example.com' },
  ...overrides,
});
