import { setTimeout as wait } from 'node:timers/promises';
import { bulkhead } from 'cockatiel';
import type { SentDelivery } from './scenarios/scenario.ts';
import { Tally } from './tally.ts';

/** A delivery that was answered with 202. */
export interface AcceptedDelivery {
  readonly orderId: string;
  readonly eventId: string;
}

/** About as many as the local gateway can serve: more would only wait there, until they time out. */
const postsAtOnce = 8;

/** Sends as Winkelstraat does: again and again until the answer is a 2xx. */
export class Winkelstraat {
  readonly #api: string;
  readonly #key: string;
  readonly #limit = bulkhead(postsAtOnce, Number.POSITIVE_INFINITY);
  readonly #accepted = new Map<string, AcceptedDelivery>();
  /** Posts that were accepted. */
  deliveries = 0;
  /** Posts that were not accepted and were sent again, by answer. */
  readonly refused = new Tally();

  constructor(api: string, key: string) {
    this.#api = api;
    this.#key = key;
  }

  /** Every accepted event, each once however often it was sent. */
  accepted(): AcceptedDelivery[] {
    return [...this.#accepted.values()];
  }

  /** Sends deliveries of an order side by side, all copies of each. */
  async send(orderId: string, deliveries: readonly SentDelivery[]): Promise<void> {
    const copies = deliveries.flatMap((delivery) => Array.from({ length: delivery.copies }, () => delivery));
    await Promise.all(copies.map((delivery) => this.#deliver(delivery.orderId ?? orderId, delivery)));
  }

  async #deliver(orderId: string, { webhook, payload }: SentDelivery): Promise<void> {
    const body = JSON.stringify(payload);
    for (let pauseMs = 50; ; pauseMs = Math.min(2 * pauseMs, 2000)) {
      const eventId = await this.#limit.execute(() => this.#post(webhook, body));
      if (eventId !== undefined) {
        this.deliveries += 1;
        this.#accepted.set(eventId, { orderId, eventId });
        return;
      }
      await wait(pauseMs);
    }
  }

  /** @returns the event id of a 202 */
  async #post(webhook: string, body: string): Promise<string | undefined> {
    try {
      const answer = await fetch(`${this.#api}/winkelstraat/${webhook}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-version': '1.0.0', 'x-api-key': this.#key },
        body,
        signal: AbortSignal.timeout(30_000),
      });
      const text = await answer.text();
      if (answer.status === 202) return (JSON.parse(text) as { id: string }).id;
      this.refused.add(String(answer.status));
      if (answer.status < 500) throw new Refused(`${webhook} was answered ${answer.status}: ${text}`);
    } catch (error) {
      if (error instanceof Refused) throw error;
      this.refused.add('no answer');
    }
    return undefined;
  }
}

/** No delivery of a scenario is invalid, so a refusal means that something is broken. Sending it again would not help. */
class Refused extends Error {
  override readonly name = 'Refused';
}
