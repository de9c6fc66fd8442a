import { eventTypes } from '../../lib/facts/vendor-terms.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { Tally } from './tally.ts';

/** Many years: no period ends in a run because of its speed. */
const longPeriodDays = 20_000;

/** Makes happen at ItGoesForward what others do: people buy, hand in and cancel, and webhooks fail. */
export class IgfControl {
  readonly #igf: string;
  readonly #key: string;

  constructor(igf: string, key: string) {
    this.#igf = igf;
    this.#key = key;
  }

  async setUp(): Promise<void> {
    const periods = { matchingPeriod: longPeriodDays, handinPeriod: longPeriodDays };
    await this.#call('PUT', `${this.#igf}/retailer`, periods);
  }

  buy = (listingId: number, webshopOrderId: string) => this.#control('orders', { listingId, webshopOrderId });

  event = (eventType: string, listingId: number) => this.#control('events', { eventType, listingId });

  lose = (listingId: number) =>
    this.#control('cancellations', { listingId, cancelReason: 'NOT_DELIVERED_BY_CARRIER' });

  /** From now on IGF's webhooks of one kind are dropped, repeated, delayed or reordered. */
  async startWebhookFault(random: SeededRandom, faults: Tally): Promise<void> {
    const eventType = eventTypes[Math.floor(random.draw('webhook') * eventTypes.length)] ?? 'SHIPPED';
    const choices = [
      // A refund is announced once, and no answer of the API shows it: it may come late or twice, but it comes.
      ...(eventType === 'REFUND' ? [] : [{ drop: 2 }]),
      ...[{ repeat: 1 }, { delayMs: 300 }, { reorder: 2 }, {}],
    ];
    const fault = choices[Math.floor(random.draw('webhook fault') * choices.length)];
    faults.add(`IGF webhooks: ${Object.keys(fault ?? {})[0] ?? 'in order again'}`);
    await this.#control('webhooks', { eventType, ...fault });
  }

  /** Ends every fault of a webhook. Delayed webhooks are sent. */
  async endWebhookFaults(): Promise<void> {
    for (const eventType of eventTypes) await this.#control('webhooks', { eventType });
  }

  subscribe = (eventType: string, url: string) =>
    this.#call('POST', `${this.#igf}/webhooks`, { eventType, url });

  /** Whether no webhook of IGF waits to be sent, or for its answer. */
  hasSentAll = async (): Promise<boolean> => {
    const sent = (await this.#call('GET', this.#controlUrl('webhooks'))) as { status: unknown }[];
    return sent.every(({ status }) => status !== 'waiting');
  };

  /** Every listing that was ever made. */
  listings = () => this.#call('GET', `${this.#igf}/listings/all`) as Promise<ListingAtIgf[]>;

  #control(name: string, body: Record<string, unknown>): Promise<unknown> {
    return this.#call('POST', this.#controlUrl(name), body);
  }

  #controlUrl = (name: string): string => `${this.#igf.replace('/api/v1', '/_simulator')}/${name}`;

  async #call(method: string, url: string, body?: Record<string, unknown>): Promise<unknown> {
    const headers = { 'api-key': this.#key, 'content-type': 'application/json' };
    const answer = await fetch(url, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    const text = await answer.text();
    if (!answer.ok)
      throw new Error(`The IGF simulator answered ${answer.status} to ${method} ${url}: ${text}`);
    return JSON.parse(text);
  }
}

export interface ListingAtIgf {
  readonly id: number;
  readonly status: string;
  readonly returnReasonComment: string;
}
