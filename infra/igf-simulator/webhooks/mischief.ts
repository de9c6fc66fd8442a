import * as z from 'zod/mini';
import { EventType } from './event-types.ts';

const count = (maximum: number) => z.int().check(z.minimum(0), z.maximum(maximum));

/** How webhooks should go astray. It lasts until other mischief for the same event type (or for all) replaces it. */
export const Mischief = z.strictObject({
  /** Absent: all event types that have no mischief of their own. */
  eventType: z.optional(EventType),
  /** Sends none (true), or not the next so many. */
  drop: z.optional(z.union([z.boolean(), count(1_000_000)])),
  /** Sends each so many times more. */
  repeat: z.optional(count(100)),
  /** Sends each so much later; meanwhile others overtake it. */
  delayMs: z.optional(count(600_000)),
  /** Collects so many (true: 2) and sends them in reverse order. */
  reorder: z.optional(z.union([z.boolean(), z.int().check(z.minimum(2), z.maximum(1000))])),
});
export type Mischief = z.infer<typeof Mischief>;

type Send = () => void;

/** Mischief at work: what is left to drop, and what is held back to be reordered. */
export class Prank {
  readonly repeat: number;
  readonly delayMs: number;
  #left: number;
  #window: number;
  #held: Send[] = [];

  constructor({ drop = false, repeat = 0, delayMs = 0, reorder = false }: Mischief) {
    this.repeat = repeat;
    this.delayMs = delayMs;
    this.#left = typeof drop === 'number' ? drop : drop ? Number.POSITIVE_INFINITY : 0;
    this.#window = typeof reorder === 'number' ? reorder : reorder ? 2 : 1;
  }

  get isHarmless(): boolean {
    return this.#left + this.repeat + this.delayMs === 0 && this.#window === 1;
  }

  /** Whether this one is to be dropped. */
  drops(): boolean {
    if (this.#left === 0) return false;
    this.#left -= 1;
    return true;
  }

  /** Calls `send` now, or with the others of its window once that is full. */
  pass(send: Send): void {
    this.#held.push(send);
    if (this.#held.length >= this.#window) this.#release();
  }

  /** From now on nothing is held back; what was is sent, in reverse order too. */
  end(): void {
    this.#window = 1;
    this.#release();
  }

  #release(): void {
    for (const send of this.#held.splice(0).reverse()) send();
  }
}

const harmless = new Prank({});

/** One prank for each event type that has its own, and one for all the others. */
export class Pranks {
  readonly #pranks = new Map<EventType | undefined, Prank>();

  /** Replaces the prank of the same scope; mischief that asks for nothing ends it. */
  play(mischief: Mischief): void {
    const prank = new Prank(mischief);
    const replaced = this.#pranks.get(mischief.eventType);
    if (prank.isHarmless) this.#pranks.delete(mischief.eventType);
    else this.#pranks.set(mischief.eventType, prank);
    replaced?.end();
  }

  on(eventType: EventType): Prank {
    return this.#pranks.get(eventType) ?? this.#pranks.get(undefined) ?? harmless;
  }
}
