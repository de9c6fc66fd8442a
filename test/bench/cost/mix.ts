import { wantedSubscriptions } from '../../../lib/webhooks/igf/subscriptions.ts';
import { CaseOrder, type Post } from '../../cases/case-order.ts';
import { IgfControl } from '../../chaos/igf-control.ts';
import type { Happening } from '../../lives/life.ts';
import { type OrdinaryLife, ordinaryLives } from '../../lives/ordinary.ts';
import { eventually } from '../../support/eventually.ts';
import { ingestFunctions, webhookSample } from '../../support/samples.ts';
import { type CountedBridge, keys } from '../counted-bridge.ts';

/**
 * The webhooks that are priced: those of one hundred ordinary returns of each family, with the events that IGF sends about
 * them. Each has the vendor's own example as its body, with the fields of the life in it.
 */
export const mixedLives: readonly OrdinaryLife[] = (['stock-hub', 'push-api'] as const).flatMap((family) =>
  ordinaryLives(family),
);

/** Winkelstraat repeats a webhook whose answer it did not get. An assumption: nobody has counted it. */
export const duplicateShare = 0.05;

/** A cold start on a busy machine takes its time, in milliseconds. */
const mostMs = 60_000;

/** One order that lives its life in the counted bridge. */
export class CountedLife {
  readonly #order: CaseOrder;
  readonly #bridge: CountedBridge;
  readonly #igf: IgfControl;
  #last: Post | undefined;

  constructor(bridge: CountedBridge, orderId: string) {
    this.#order = new CaseOrder(orderId);
    this.#bridge = bridge;
    this.#igf = new IgfControl(bridge.addresses.igf, keys.igf);
  }

  async live(happenings: readonly Happening[]): Promise<void> {
    for (const happening of happenings) {
      if ('post' in happening) await this.#post(this.#delivery(happening));
      else if ('igf' in happening) await this.#atIgf(happening);
      // Time passes for the reconciler only, which is counted on its own.
      else if (!('hours' in happening || 'silently' in happening)) throw new Error('not in the mix');
      await this.#untilDone();
    }
  }

  /** Winkelstraat delivers its last webhook again. */
  async repeat(): Promise<void> {
    if (this.#last) await this.#post(this.#last);
    await this.#untilDone();
  }

  #delivery(happening: Extract<Happening, { post: string }>): Post {
    if ('item' in happening) return this.#order[happening.post](happening.item);
    return this.#order[happening.post](happening.header, ...happening.items);
  }

  async #post(post: Post): Promise<void> {
    this.#last = post;
    const path = ingestFunctions.find(({ webhook }) => webhook === post.webhook)?.path ?? '';
    await this.#bridge.post(path, overSample(webhookSample(post.webhook), post.payload));
  }

  async #atIgf({ igf: what, of }: Extract<Happening, { igf: string }>): Promise<void> {
    const mark = `[${this.#order.named('R1')}/${of}]`;
    const listing = (await this.#igf.listings()).find(({ returnReasonComment: text }) => text.endsWith(mark));
    if (!listing) throw new Error(`IGF has no listing ${mark}.`);
    if (what === 'buy') await this.#igf.buy(listing.id, `WEB-${listing.id}`);
    else await this.#igf.event(what, listing.id);
  }

  /** Works until nothing is in a queue and IGF has no webhook to send. */
  async #untilDone(): Promise<void> {
    do await eventually('IGF has sent its webhooks', () => this.#igf.hasSentAll(), mostMs);
    while ((await this.#bridge.workOffAll()) > 0);
  }
}

/** IGF sends its webhooks to the bridge from now on, as after `npx bridge igf subscribe`. */
export async function subscribe({ addresses }: CountedBridge): Promise<void> {
  const igf = new IgfControl(addresses.igf, keys.igf);
  for (const { eventType, url } of wantedSubscriptions(addresses.api, keys.igfToken)) {
    await igf.subscribe(eventType, url);
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The sample with the fields of a payload in it. Each entry of a list is like the first entry of the sample's. */
export function overSample(sample: unknown, payload: unknown): unknown {
  if (Array.isArray(payload)) {
    const first = Array.isArray(sample) ? sample[0] : undefined;
    return payload.map((entry) => overSample(first, entry));
  }
  if (!isObject(payload) || !isObject(sample)) return payload;
  const fields = Object.entries(payload).map(([name, value]) => [name, overSample(sample[name], value)]);
  return { ...sample, ...Object.fromEntries(fields) };
}
