import type { IgfListing } from '../../lib/igf/api/answers.ts';
import type { LifeEvent } from '../cases/case.ts';
import { CaseOrder, type Post, stockHubAddress } from '../cases/case-order.ts';
import { InMemoryBridge } from '../cases/in-memory.ts';
import { event, later, lost } from '../cases/steps.ts';
import type { Json } from '../support/builders.ts';
import {
  answered,
  doneButUnanswered,
  refuses,
  turnedAway,
  unanswered,
} from '../support/doubles/igf-replies.ts';

/** What can happen to one call of IGF. */
export const replies = {
  answered,
  unanswered,
  doneButUnanswered,
  turnedAway: turnedAway(),
  refused: refuses(),
};

export type Replies = (keyof typeof replies)[];

/** One thing that happens in the life of an order. */
export type Happening =
  | { post: 'shipment' | 'rma' | 'v2Rma' | 'creditMemo'; header: Json; items: Json[] }
  | { post: 'rmaItem' | 'orderItem'; item: Json }
  /** Winkelstraat has a shipment of the same article for somebody else. */
  | { waitingShipment: 'READY_FOR_PICKUP' | 'DELIVERED' }
  | { igf: LifeEvent | 'buy' | 'UPDATE_LISTING'; of: string; lost?: boolean }
  /** An event comes that IGF sent long ago. */
  | { late: 'RETURN_CANCELED' | 'RETURN_DEADLINE_PASSED'; of: string }
  /** IGF does it, and sends no event. */
  | { silently: 'lost-parcel' | 'ban' | 'rejected-order' | 'matching-deadline' | 'prolonged'; of: string }
  | { operator: 'maps' | 'releases' | 'answers' }
  | { hours: number }
  /** What happens to the next calls to IGF. */
  | { replies: Replies };

/** The text that no vocabulary has, until an operator maps it. */
export const unmappedText = 'mouwen te wijd';

/** The life of one order in the whole bridge, in memory. */
export class Life {
  readonly order = new CaseOrder('000000549');
  readonly bridge: InMemoryBridge;
  #last: Post | undefined;

  constructor(policy: Readonly<Record<string, unknown>> = {}) {
    this.bridge = new InMemoryBridge(this.order, policy);
  }

  /** Something that is impossible now, such as the purchase of what is not listed, does not happen. */
  async live(happening: Happening): Promise<void> {
    const { bridge } = this;
    if ('post' in happening) await this.#post(this.#delivery(happening));
    else if ('waitingShipment' in happening)
      await bridge.take(this.#buyersShipment(happening.waitingShipment));
    else if ('igf' in happening) await this.#atIgf(happening);
    else if ('late' in happening) await this.#late(happening.late, happening.of);
    else if ('silently' in happening) await this.#silently(happening.silently, happening.of);
    else if ('operator' in happening) await this.#operate(happening.operator);
    else if ('hours' in happening) await this.#pass(happening.hours);
    else this.#reply(happening.replies);
  }

  /** The reconciler runs at the end. */
  async #pass(hours: number): Promise<void> {
    this.bridge.now += (hours - 1) * 60 * 60 * 1000;
    await this.bridge.take(later(1));
  }

  #delivery(happening: Extract<Happening, { post: string }>): Post {
    if ('item' in happening) return this.order[happening.post](happening.item);
    return this.order[happening.post](happening.header, ...happening.items);
  }

  async #post(post: Post): Promise<void> {
    this.#last = post;
    await this.bridge.take(post);
  }

  #buyersShipment(status: string): Post {
    const buyer = new CaseOrder('000000777');
    const address = { ...stockHubAddress, email: 'buyer@example.com', postcode: '1012AB' };
    const at = new Date(this.bridge.now).toISOString();
    return buyer.shipment({ status, shipping_address: address, updated_at: at });
  }

  async #atIgf({ igf: name, of, lost: isLost }: Extract<Happening, { igf: string }>): Promise<void> {
    const { state } = this.bridge.igf;
    const listing = state.listings.find(({ id }) => id === this.#listingId(of));
    if (!listing) return;
    const order = state.orders.find(({ listingId }) => listingId === listing.id);
    const shipment = state.shipments.find((each) => each.order?.listingId === listing.id);
    const isPossible: Record<typeof name, boolean> = {
      UPDATE_LISTING: true,
      buy: listing.status === 'Available' && !order,
      LABELED: order !== undefined && ['Matched', 'Labelled'].includes(listing.status ?? ''),
      SHIPPED: shipment !== undefined,
      COMPLETED: shipment !== undefined,
      REFUND: shipment !== undefined && shipment.status === 'Completed',
      RETURN_CANCELED: !['Shipped', 'Completed'].includes(listing.status ?? ''),
      RETURN_DEADLINE_PASSED: order !== undefined && !['Shipped', 'Completed'].includes(listing.status ?? ''),
    };
    if (!isPossible[name]) return;
    if (name === 'UPDATE_LISTING') await this.#update(listing);
    else if (name === 'buy')
      await this.bridge.take({
        kind: 'buy',
        of,
        webshopOrderId: `WEB-${listing.id}`,
        ...(isLost && { lost: true }),
      });
    else await this.bridge.take(isLost ? lost(of, name) : event(of, name));
  }

  #update = (listing: IgfListing): Promise<void> =>
    this.bridge.take({ kind: 'post', webhook: 'v1/update-listing', payload: { ...listing }, answer: 202 });

  async #late(event: 'RETURN_CANCELED' | 'RETURN_DEADLINE_PASSED', of: string): Promise<void> {
    const listingId = this.#listingId(of);
    const order = this.bridge.igf.state.orders.find((each) => each.listingId === listingId);
    const [webhook, id] =
      event === 'RETURN_CANCELED'
        ? ['v1/return-canceled', listingId]
        : ['v1/return-deadline-passed', order?.id];
    if (id !== undefined) await this.bridge.take({ kind: 'post', webhook, payload: { id }, answer: 202 });
  }

  async #silently(what: Extract<Happening, { silently: string }>['silently'], of: string): Promise<void> {
    const { state } = this.bridge.igf;
    const listing = state.listings.find(({ id }) => id === this.#listingId(of));
    if (!listing) return;
    const order = state.orders.find(({ listingId }) => listingId === listing.id);
    this.bridge.now += 60_000;
    const updatedAt = new Date(this.bridge.now).toISOString();
    switch (what) {
      case 'lost-parcel':
        if (listing.status !== 'Shipped') return;
        return this.bridge.take({ kind: 'cancellation', reason: 'NOT_DELIVERED_BY_CARRIER', of });
      case 'ban':
        if (!order || !['Matched', 'Labelled'].includes(listing.status ?? '')) return;
        return this.bridge.take({ kind: 'cancellation', reason: 'CUSTOMER_BANNED', of });
      case 'rejected-order':
        if (!order || listing.status !== 'Matched') return;
        state.orders.splice(state.orders.indexOf(order), 1);
        delete listing.receiverId;
        Object.assign(listing, { status: 'Available', updatedAt });
        return;
      case 'matching-deadline':
        if (listing.status === 'Available')
          Object.assign(listing, { matchingDeadline: updatedAt, updatedAt });
        return;
      case 'prolonged':
        if (listing.matchingDeadline)
          Object.assign(listing, { matchingDeadline: '2024-12-31T00:00:00.000Z', updatedAt });
    }
  }

  /** What an operator's command writes, and the message that it sends: the last delivery does as well. */
  async #operate(what: Extract<Happening, { operator: string }>['operator']): Promise<void> {
    const { table } = this.bridge;
    if (what === 'maps') table.mappings.push({ field: 'reason', text: unmappedText, meaning: 'too_big' });
    for (const { texts, ...item } of table.order(this.order.id).returns) {
      const at = new Date(this.bridge.now).toISOString();
      const by = { by: 'an operator', at };
      const answers = item.tasks?.map((task) => ({ ...task, ...by, note: 'done' })) ?? [];
      const content = {
        maps: { ...item, texts },
        releases: { ...item, release: by },
        answers: { ...item, texts, answers: [...(item.answers ?? []), ...answers] },
      }[what];
      await table.write({ kind: 'return', content });
    }
    if (this.#last) await this.bridge.take(this.#last);
  }

  #reply(names: Readonly<Replies>): void {
    const left = [...names];
    this.bridge.igf.otherwise = (effect, about) => replies[left.shift() ?? 'answered'](effect, about);
  }

  #listingId(of: string): number | undefined {
    const { returns } = this.bridge.table.order(this.order.id);
    return returns.find(({ itemId }) => itemId === of)?.listingId;
  }
}
