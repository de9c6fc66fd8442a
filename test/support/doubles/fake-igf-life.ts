import type { IgfListing, IgfShipment } from '../../../lib/igf/api/answers.ts';
import type { Delivery } from '../webhooks.ts';
import type { FakeIgf } from './fake-igf.ts';

type Status = 'Matched' | 'Labelled' | 'Shipped' | 'Completed' | 'Cancelled';

const days = (count: number): number => count * 24 * 60 * 60 * 1000;

/** What customers and carriers do with the listings of a `FakeIgf`. Each returns the webhook that IGF sends about it. */
export class FakeIgfLife {
  readonly #igf: FakeIgf;
  readonly #now: () => number;

  /** @param now milliseconds since the epoch */
  constructor(igf: FakeIgf, now: () => number) {
    this.#igf = igf;
    this.#now = now;
  }

  buy(listingId: number, webshopOrderId: string): Delivery {
    const listing = this.#listing(listingId);
    if (listing.status !== 'Available') throw new Error(`Listing ${listingId} is ${listing.status}.`);
    const { orders } = this.#igf.state;
    const returnDeadline = this.#at(days(7));
    orders.push({ id: orders.length + 1, listingId, webshopOrderId, returnDeadline, confirmed: true });
    listing.receiverId = 200 + listingId;
    this.#set(listingId, 'Matched');
    return { webhook: 'v1/update-listing', payload: { ...listing } };
  }

  happens(event: string, listingId: number): Delivery {
    switch (event) {
      case 'LABELED':
        if (!this.#shipment(listingId)) this.#label(listingId);
        return { webhook: 'v1/labeled', payload: this.#shipmentWebhook(listingId) };
      case 'SHIPPED':
        if (!this.#isAt(listingId, 'Shipped', 'Completed')) this.#set(listingId, 'Shipped');
        return { webhook: 'v1/shipped', payload: this.#shipmentWebhook(listingId) };
      case 'COMPLETED':
        this.#set(listingId, 'Completed');
        return { webhook: 'v1/completed', payload: this.#shipmentWebhook(listingId) };
      case 'REFUND':
        // IGF sends a list.
        return {
          webhook: 'v1/refund',
          payload: [this.#shipmentWebhook(listingId)] as unknown as Delivery['payload'],
        };
      case 'RETURN_CANCELED':
        this.#cancel(listingId);
        return { webhook: 'v1/return-canceled', payload: { ...this.#listing(listingId) } };
      case 'RETURN_DEADLINE_PASSED':
        this.#cancel(listingId, 'RETURN_DEADLINE_PASSED');
        return { webhook: 'v1/return-deadline-passed', payload: { ...this.#order(listingId) } };
      default:
        throw new Error(`IGF has no event ${event}.`);
    }
  }

  /** IGF cancels, and sends no webhook. */
  cancelSilently(listingId: number, reason: 'NOT_DELIVERED_BY_CARRIER' | 'CUSTOMER_BANNED'): void {
    this.#cancel(listingId, reason);
  }

  #label(listingId: number): void {
    const { shipments } = this.#igf.state;
    const { confirmed: _, ...order } = this.#order(listingId);
    shipments.push({
      id: shipments.length + 1,
      orderId: order.id,
      label: `3SDEVC${1000 + listingId}`,
      order,
    });
    this.#set(listingId, 'Labelled');
  }

  #cancel(listingId: number, cancelReason?: string): void {
    if (this.#isAt(listingId, 'Cancelled')) return;
    const order = this.#igf.state.orders.find((each) => each.listingId === listingId);
    if (order && cancelReason) order.cancelReason = cancelReason;
    this.#set(listingId, 'Cancelled');
  }

  /** Listing, order and shipment change together. */
  #set(listingId: number, status: Status): void {
    const change = { status, updatedAt: this.#at() };
    const order = this.#igf.state.orders.find((each) => each.listingId === listingId);
    const shipment = this.#shipment(listingId);
    for (const part of [this.#listing(listingId), order, shipment]) if (part) Object.assign(part, change);
    if (shipment?.order && order) {
      const { confirmed: _, ...shown } = order;
      shipment.order = shown;
    }
  }

  #isAt = (listingId: number, ...statuses: Status[]): boolean =>
    (statuses as (string | null | undefined)[]).includes(this.#listing(listingId).status);

  #listing(listingId: number): IgfListing {
    return existing(
      this.#igf.state.listings.find(({ id }) => id === listingId),
      `listing ${listingId}`,
    );
  }

  #order = (listingId: number) =>
    existing(
      this.#igf.state.orders.find((order) => order.listingId === listingId),
      `order of listing ${listingId}`,
    );

  #shipment = (listingId: number): IgfShipment | undefined =>
    this.#igf.state.shipments.find(({ order }) => order?.listingId === listingId);

  #shipmentWebhook = (listingId: number): Delivery['payload'] => ({
    ...existing(this.#shipment(listingId), `shipment of listing ${listingId}`),
  });

  #at = (later = 0): string => new Date(this.#now() + later).toISOString();
}

function existing<T>(part: T | undefined, what: string): T {
  if (part === undefined) throw new Error(`IGF has no ${what}.`);
  return part;
}
