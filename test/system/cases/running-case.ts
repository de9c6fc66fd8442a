import { expect } from '@jest/globals';
import type { Case, Ends, Event, ReturnName, Seen, SeenReturn } from '../../cases/case.ts';
import type { CaseOrder, Post } from '../../cases/case-order.ts';
import { expectEnds, returnIdOf } from '../../cases/expectation.ts';
import { eventually, patienceMs } from '../../support/eventually.ts';
import type { RunningBridge, TableItem } from '../e2e/running-bridge.ts';

/** One case in a running bridge. Each step waits until the bridge has done its work. */
export class RunningCase {
  readonly #bridge: RunningBridge;
  readonly #speed: number;
  readonly #order: CaseOrder;

  /** @param speed how many times faster the bridge's clock is */
  constructor(bridge: RunningBridge, speed: number, order: CaseOrder) {
    this.#bridge = bridge;
    this.#speed = speed;
    this.#order = order;
  }

  async run({ steps }: Case): Promise<void> {
    let waitedMs = 0;
    for (const step of steps(this.#order)) {
      switch (step.kind) {
        case 'post':
          await this.#post(step);
          break;
        case 'buy': {
          const { of, webshopOrderId } = step;
          await this.#bridge.igfWorld('orders', { listingId: await this.#listingOf(of), webshopOrderId });
          await this.#until(`somebody bought ${of}`, of, ({ igf }) => igf?.boughtAt !== undefined);
          break;
        }
        case 'event':
          await this.#happens(step);
          break;
        case 'cancellation': {
          const listingId = await this.#listingOf(step.of);
          await this.#bridge.igfWorld('cancellations', { listingId, cancelReason: step.reason });
          break;
        }
        case 'later':
          waitedMs = (step.hours * 3_600_000) / this.#speed;
          break;
        case 'done':
        case 'go-live':
          throw new Error('What operators do is tried in memory, and by tests of their commands.');
        case 'ends':
          await this.#ends(step, patienceMs + waitedMs);
          waitedMs = 0;
      }
    }
  }

  async #post({ webhook, payload, bytes, headers, answer }: Post): Promise<void> {
    const path = `${this.#bridge.addresses.api}/winkelstraat/${webhook}`;
    const posted = await fetch(path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-version': '1.0.0',
        'x-api-key': 'local-winkelstraat-key',
        ...headers,
      },
      body: bytes ? new Uint8Array(bytes) : JSON.stringify(payload),
    });
    const { status } = posted;
    expect({ webhook, status }).toEqual({ webhook, status: answer });
    if (status === 202) await this.#done(payload, ((await posted.json()) as { id: string }).id);
  }

  /** Until the delivery is done in the history of its order. */
  async #done(payload: Record<string, unknown>, eventId: string): Promise<void> {
    const { order_increment_id, order } = payload as {
      order_increment_id?: string;
      order?: { order_id: string };
    };
    const orderId = order_increment_id ?? order?.order_id ?? this.#order.id;
    const sortKey = `EVENT#${eventId}`;
    await eventually(`event ${eventId} of ${orderId} is done`, async () => {
      const delivery = (await this.#bridge.itemsOf(orderId)).find(({ sk }) => sk === sortKey);
      return delivery?.outcome === 'done' || delivery?.outcome === 'skipped';
    });
  }

  async #happens({ event, of, also }: Event): Promise<void> {
    const listingId = await this.#listingOf(of);
    await this.#bridge.igfWorld('events', { eventType: event, listingId });
    await this.#until(`IGF reported ${event} of ${of}`, of, ({ igf }) => igf?.events?.includes(event));
    if (also) await this.#repeats(event, also);
  }

  /** IGF's last webhook of this event, once more and with more fields. */
  async #repeats(event: string, also: NonNullable<Event['also']>): Promise<void> {
    const sent = (await this.#bridge.igfWebhooks()) as unknown as {
      eventType: string;
      url: string;
      body: object;
    }[];
    const last = sent.findLast(({ eventType }) => eventType === event);
    if (!last) throw new Error(`IGF has not sent ${event}.`);
    const { status } = await fetch(last.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...last.body, ...also }),
    });
    expect({ event, status }).toEqual({ event, status: 202 });
  }

  async #ends(step: Ends, withinMs: number): Promise<void> {
    const end = Date.now() + withinMs;
    await eventually(
      'the order has ended so',
      async () => {
        try {
          expectEnds(await this.#seen(step), step, this.#order);
          return true;
        } catch (error) {
          if (Date.now() > end) throw error;
          return false;
        }
      },
      withinMs + 10_000,
    );
  }

  /** What became of the order. Of IGF it reads only what is looked at, because each poll reads all of it. */
  async #seen({ igf }: Ends): Promise<Seen> {
    const requests = igf.posts === undefined && !igf.bodies ? [] : await this.#bridge.igfRequests();
    const listings = igf.cancelled === undefined ? [] : await this.#listings();
    // The mark of a listing names the RMA, whose number has the number of the order.
    const isOurs = ({ returnReasonComment = '' }: { returnReasonComment?: string }) =>
      returnReasonComment.includes(`-${this.#order.id}`);
    return {
      returns: Object.fromEntries(
        (await this.#returns()).map((item) => [
          `${item.rmaId}/${item.itemId}`,
          item as SeenReturn & TableItem,
        ]),
      ),
      posts: requests
        .filter(({ method, path, body }) => method === 'POST' && path === '/listings' && isOurs(body))
        .map(({ body }) => body),
      cancelled: listings.filter((listing) => isOurs(listing) && /^cancelled$/i.test(listing.status)).length,
    };
  }

  async #listings(): Promise<{ status: string; returnReasonComment: string }[]> {
    const answer = await this.#bridge.igf('GET', '/listings/all');
    return (await answer.json()) as { status: string; returnReasonComment: string }[];
  }

  async #returns(): Promise<TableItem[]> {
    return (await this.#bridge.itemsOf(this.#order.id)).filter(({ sk }) => sk.startsWith('RETURN#'));
  }

  async #listingOf(name: ReturnName): Promise<number> {
    const item = await this.#until(`${name} is listed`, name, ({ listingId }) => listingId !== undefined);
    return item.listingId;
  }

  async #until(what: string, name: ReturnName, holds: (item: TableItem) => boolean | undefined) {
    const wanted = returnIdOf(name, this.#order);
    return eventually(what, async () => {
      const item = (await this.#returns()).find(({ rmaId, itemId }) => `${rmaId}/${itemId}` === wanted);
      return item && holds(item) === true && item;
    });
  }
}
