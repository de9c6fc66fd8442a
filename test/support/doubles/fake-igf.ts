import type { IgfListing, IgfOrder, IgfShipment } from '../../../lib/igf/api/answers.ts';
import { type AnyEndpoint, operationName } from '../../../lib/igf/endpoint.ts';
import { IgfPathError, IgfRejectedError } from '../../../lib/igf/errors.ts';
import { type Igf, workerOperations } from '../../../lib/igf/worker-igf.ts';
import { type AnyReply, answered, type Reply } from './igf-replies.ts';

type IgfReturn = Awaited<ReturnType<Igf['returns']['create']>>;
/** Such as `listings.create`. */
type OperationKey = { [Group in keyof Igf]: `${Group}.${keyof Igf[Group] & string}` }[keyof Igf];
type AnswerTo<Key extends OperationKey> = Key extends `${infer Group extends keyof Igf}.${infer Name}`
  ? Igf[Group][Name & keyof Igf[Group]] extends (...args: never[]) => Promise<infer Answer>
    ? Answer
    : never
  : never;
/** A reply to a call of this operation. */
export type ReplyTo<Key extends OperationKey> = Reply<AnswerTo<Key>>;
/** An operation and its arguments. */
type Call = readonly [OperationKey, ...unknown[]];
const nameOf = (key: OperationKey): string => {
  const [group = '', name = ''] = key.split('.');
  const definitions: Readonly<Record<string, Readonly<Record<string, () => AnyEndpoint>>>> = workerOperations;
  const define = definitions[group]?.[name];
  if (!define) throw new Error(`There is no operation ${key}.`);
  return operationName(define().operation);
};

/** An IGF in memory. It has listings, orders, shipments and regular returns, and answers from them by default. */
export class FakeIgf implements Igf {
  /** Every call, in order, whatever became of it. */
  readonly calls: Call[] = [];
  /** What IGF has. Listings are numbered from 7, orders from 1, regular returns from 5. */
  readonly state = {
    listings: [] as IgfListing[],
    /** By the id of the listing. IGF does not answer it. */
    webshopOrderIds: {} as Record<number, string>,
    orders: [] as (IgfOrder & { confirmed?: boolean })[],
    shipments: [] as IgfShipment[],
    returns: [] as IgfReturn[],
    /** The listings that were to be cancelled, refused cancellations included. */
    cancellations: [] as number[],
    /** The webshop orders of all committed orders, those that were rejected later included. */
    commits: [] as (string | undefined)[],
  };
  /** The most listings that were live at once. */
  mostLive = 0;
  readonly #scripts = new Map<OperationKey, unknown[]>();
  /** The reply to each call that has no script. */
  otherwise: AnyReply = answered;

  /** The replies to the next calls of an operation, in this order. */
  next<Key extends OperationKey>(key: Key, ...replies: ReplyTo<Key>[]): this {
    this.#scripts.set(key, [...(this.#scripts.get(key) ?? []), ...replies]);
    return this;
  }

  /** Adds a listing, or puts it in the place of the one with its id. */
  has(listing: IgfListing, orders: readonly IgfOrder[] = [], shipments: readonly IgfShipment[] = []): this {
    const { state } = this;
    const others = state.listings.filter(({ id }) => id !== listing.id);
    state.listings = [...others, { status: 'Available', ...listing }];
    state.orders.push(...orders);
    state.shipments.push(...shipments);
    return this;
  }

  /** The calls whose operation begins so, such as `listings.` or `listings.create`. */
  callsOf(prefix: string): Call[] {
    return this.calls.filter(([key]) => key.startsWith(prefix));
  }

  /** The operations that were called, such as `create`, of one group, or as `listings.create` of all. */
  called(group?: keyof Igf): string[] {
    const prefix = group ? `${group}.` : '';
    return this.callsOf(prefix).map(([key]) => key.slice(prefix.length));
  }

  readonly listings: Igf['listings'] = {
    create: (request) =>
      this.#call(['listings.create', request], () => {
        const { sku, returnReasonComment, customer, listingWebshopOrderId } = request;
        const id = nextId(this.state.listings, 7);
        this.has({ id, sku, returnReasonComment, sender: { email: customer.email } });
        this.state.webshopOrderIds[id] = listingWebshopOrderId;
        const live = this.state.listings.filter(({ status }) => status !== 'Cancelled');
        this.mostLive = Math.max(this.mostLive, live.length);
        return this.#listing(id);
      }),
    get: (id) => this.#call(['listings.get', id], () => this.#listing(id)),
    ofWebshopOrder: (orderId) =>
      this.#call(['listings.ofWebshopOrder', orderId], () =>
        this.state.listings.filter(({ id }) => this.state.webshopOrderIds[id] === orderId),
      ),
    ofSku: (sku) =>
      this.#call(['listings.ofSku', sku], () => this.state.listings.filter((listing) => listing.sku === sku)),
    cancel: (id) =>
      this.#call(['listings.cancel', id], () => {
        this.state.cancellations.push(id);
        const listing = this.#listing(id);
        if (listing.status === 'Cancelled')
          throw new IgfRejectedError(nameOf('listings.cancel'), 409, 'E2000');
        if (listing.status === 'Shipped' || listing.status === 'Completed')
          throw new IgfRejectedError(nameOf('listings.cancel'), 400, 'E1400');
        const orders = this.state.orders.filter(({ listingId }) => listingId === id);
        const shipments = this.state.shipments.filter(({ order }) => order?.listingId === id);
        for (const entry of [listing, ...orders, ...shipments]) entry.status = 'Cancelled';
        return listing;
      }),
  };

  readonly info: Igf['info'] = {
    forwardable: (question) =>
      this.#call(['info.forwardable', question], () =>
        (question.items ?? []).map((item) => ({ ...item, status: 'Available' })),
      ),
  };

  readonly orders: Igf['orders'] = {
    get: (id) => this.#call(['orders.get', id], () => found(this.state.orders, id, 'orders.get')),
    ofListing: (id) =>
      this.#call(['orders.ofListing', id], () =>
        this.state.orders.filter(({ listingId }) => listingId === id),
      ),
    commit: (request) =>
      this.#call(['orders.commit', request], () => {
        const { listingId, webshopOrderId } = request;
        const listing = this.#listing(listingId);
        if (listing.status !== 'Available')
          throw new IgfRejectedError(nameOf('orders.commit'), 400, undefined);
        const id = this.state.commits.push(webshopOrderId);
        const order = { id, listingId, webshopOrderId, status: 'Matched', confirmed: false };
        this.state.orders.push(order);
        listing.status = 'Pending';
        return order;
      }),
    confirm: (id) =>
      this.#call(['orders.confirm', id], () => {
        const order = this.#unconfirmed(id);
        order.confirmed = true;
        this.#listing(order.listingId ?? 0).status = 'Matched';
        return order;
      }),
    reject: (id) =>
      this.#call(['orders.reject', id], () => {
        const order = this.#unconfirmed(id);
        this.#listing(order.listingId ?? 0).status = 'Available';
        this.state.orders.splice(this.state.orders.indexOf(order), 1);
      }),
  };

  readonly returns: Igf['returns'] = {
    all: () => this.#call(['returns.all'], () => this.state.returns),
    create: (request) =>
      this.#call(['returns.create', request], () => {
        const { webshopOrderId, products } = request;
        const created = { id: nextId(this.state.returns, 5), webshopOrderId, products };
        this.state.returns.push(created);
        return created;
      }),
  };

  readonly shipments: Igf['shipments'] = {
    get: (id) =>
      this.#call(['shipments.get', id], () => found(this.state.shipments, Number(id), 'shipments.get')),
    ofListing: (id) =>
      this.#call(['shipments.ofListing', id], () =>
        this.state.shipments.filter(({ order }) => order?.listingId === id),
      ),
    setDelivered: (id) =>
      this.#call(['shipments.setDelivered', id], () => {
        const shipment = found(this.state.shipments, Number(id), 'shipments.setDelivered');
        if (shipment.status === 'Completed')
          throw new IgfRejectedError(nameOf('shipments.setDelivered'), 400, 'E3000');
        const orders = this.state.orders.filter((order) => order.id === shipment.orderId);
        for (const entry of [shipment, ...orders]) entry.status = 'Completed';
        return shipment;
      }),
  };

  #listing = (id: number): IgfListing => found(this.state.listings, id, 'listings.get');

  #unconfirmed(orderId: number) {
    const order = this.state.orders.find(({ id }) => id === orderId);
    if (order && !order.confirmed && order.status !== 'Cancelled') return order;
    throw new IgfRejectedError(nameOf('orders.confirm'), 400, undefined);
  }

  /** Answers a copy, so that no caller sees what changes later. */
  async #call<Answer>(call: Call, effect: () => Answer): Promise<Answer> {
    this.calls.push(call);
    const [key] = call;
    const reply = (this.#scripts.get(key)?.shift() ?? this.otherwise) as Reply<Answer>;
    return reply(async () => structuredClone(effect()), { operation: nameOf(key), call });
  }
}

/** @throws IgfPathError when there is none: IGF answers 404, and the path is only inferred */
function found<Entry extends { id: number }>(
  entries: readonly Entry[],
  id: number,
  key: OperationKey,
): Entry {
  const entry = entries.find((other) => other.id === id);
  if (!entry) throw new IgfPathError(nameOf(key), 404);
  return entry;
}

const nextId = (entries: readonly { id: number }[], first: number): number =>
  Math.max(first - 1, ...entries.map(({ id }) => id)) + 1;

/** A listing as IGF answers it, of the return `ofReturn` by default. */
export const listing = (overrides: Partial<IgfListing> = {}): IgfListing => ({
  id: 7,
  sku: 'sku-90',
  status: 'Available',
  returnReasonComment: '[000000093/90]',
  sender: { email: 'jan.jansen@example.com' },
  ...overrides,
});
