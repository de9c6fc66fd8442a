import * as z from 'zod/mini';
import { WebhookEventType } from '../enums.ts';
import { optional } from '../settings.ts';

const count = (maximum: number) => z.int().check(z.minimum(0), z.maximum(maximum));

/** How the delivery of webhooks fails, until another fault for the same event type (or for all) replaces it. */
export const WebhookFault = z.strictObject({
  eventType: optional(WebhookEventType, 'absent: all event types that have no fault of their own'),
  drop: optional(z.union([z.boolean(), count(1_000_000)]), 'sends none (true), or drops this many'),
  repeat: optional(count(100), 'sends each webhook this many additional times'),
  delayMs: optional(count(600_000), 'sends each webhook this much later, and others overtake it'),
  reorder: optional(
    z.union([z.boolean(), z.int().check(z.minimum(2), z.maximum(1000))]),
    'collects this many (true: 2) and sends them in reverse order',
  ),
});
export type WebhookFault = z.infer<typeof WebhookFault>;

type Send = () => void;

/** A fault with its state: how many webhooks are still to be dropped, and which ones wait to be reordered. */
export class ActiveFault {
  readonly repeat: number;
  readonly delayMs: number;
  #dropsLeft: number;
  #window: number;
  #waiting: Send[] = [];

  constructor({ drop = false, repeat = 0, delayMs = 0, reorder = false }: WebhookFault) {
    this.repeat = repeat;
    this.delayMs = delayMs;
    this.#dropsLeft = typeof drop === 'number' ? drop : drop ? Number.POSITIVE_INFINITY : 0;
    this.#window = typeof reorder === 'number' ? reorder : reorder ? 2 : 1;
  }

  get hasNoEffect(): boolean {
    return this.#dropsLeft + this.repeat + this.delayMs === 0 && this.#window === 1;
  }

  /** Whether the next webhook is dropped. */
  takeDrop(): boolean {
    if (this.#dropsLeft === 0) return false;
    this.#dropsLeft -= 1;
    return true;
  }

  /** Calls `send` at once, or together with the others of its window when that is full. */
  pass(send: Send): void {
    this.#waiting.push(send);
    if (this.#waiting.length >= this.#window) this.#release();
  }

  /** Sends the waiting webhooks, in reverse order too. Delays none from now on. */
  end(): void {
    this.#window = 1;
    this.#release();
  }

  #release(): void {
    for (const send of this.#waiting.splice(0).reverse()) send();
  }
}
