import { eventTypes } from '../../lib/facts/vendor-terms.ts';
import type { Fates } from './fate.ts';
import type { Tally } from './faults/tally.ts';

/** Many years: nothing ends in a run because of its speed. */
const longPeriodDays = 20_000;

/** What happens at ItGoesForward beside the bridge: people buy, hand in and cancel, and its webhooks go astray. */
export class IgfWorld {
  readonly #igf: string;
  readonly #key: string;

  constructor(igf: string, key: string) {
    this.#igf = igf;
    this.#key = key;
  }

  async begin(): Promise<void> {
    const periods = { matchingPeriod: longPeriodDays, handinPeriod: longPeriodDays };
    await this.#ask('PUT', `${this.#igf}/retailer`, periods);
  }

  buy = (listingId: number, webshopOrderId: string) => this.#control('orders', { listingId, webshopOrderId });

  happens = (eventType: string, listingId: number) => this.#control('events', { eventType, listingId });

  lose = (listingId: number) =>
    this.#control('cancellations', { listingId, cancelReason: 'NOT_DELIVERED_BY_CARRIER' });

  /** Lets IGF's webhooks of one kind be dropped, repeated, delayed or reordered from now on. */
  async playPrank(fates: Fates, faults: Tally): Promise<void> {
    const pick = fates.next('prank');
    // Of a refund IGF tells once, and no answer of its API says so: it may come late or twice, but it comes.
    const eventType = eventTypes[Math.floor(pick * eventTypes.length)] ?? 'SHIPPED';
    const pranks = [
      ...(eventType === 'REFUND' ? [] : [{ drop: 2 }]),
      ...[{ repeat: 1 }, { delayMs: 300 }, { reorder: 2 }, {}],
    ];
    const prank = pranks[Math.floor(fates.next('prank kind') * pranks.length)];
    faults.add(`IGF webhooks: ${Object.keys(prank ?? {})[0] ?? 'in order again'}`);
    await this.#control('webhooks', { eventType, ...prank });
  }

  /** No more pranks; what they held back is sent. */
  async endPranks(): Promise<void> {
    for (const eventType of eventTypes) await this.#control('webhooks', { eventType });
  }

  /** Every listing that was ever made. */
  listings = () => this.#ask('GET', `${this.#igf}/listings/all`) as Promise<Listing[]>;

  #control(name: string, body: Record<string, unknown>): Promise<unknown> {
    return this.#ask('POST', `${this.#igf.replace('/api/v1', '/_simulator')}/${name}`, body);
  }

  async #ask(method: string, url: string, body?: Record<string, unknown>): Promise<unknown> {
    const headers = { 'api-key': this.#key, 'content-type': 'application/json' };
    const answer = await fetch(url, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    const text = await answer.text();
    if (!answer.ok)
      throw new Error(`The IGF simulator answered ${answer.status} to ${method} ${url}: ${text}`);
    return JSON.parse(text);
  }
}

export interface Listing {
  readonly id: number;
  readonly status: string;
  readonly returnReasonComment: string;
}
