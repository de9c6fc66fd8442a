import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import { setImmediate } from 'node:timers/promises';
import { probeName } from './instrument.ts';

/** A place where a function may die. */
export interface Point {
  readonly site: string;
  /** Requests that this process had sent when the function was there. */
  readonly requests: number;
}

let requestsSent = 0;
for (const channel of ['http.client.request.start', 'undici:request:create'])
  subscribe(channel, () => {
    requestsSent += 1;
  });

/**
 * The numbers of the points of a run that differ for the world outside: between two others no request was sent, and
 * what was in memory is gone with a death, so the world can't tell one from the other.
 */
export const distinctPoints = (points: readonly Point[]): number[] =>
  points.flatMap(({ requests }, index) => (requests === points[index - 1]?.requests ? [] : [index + 1]));

const never = new Promise<never>(() => {});

/**
 * One invocation of a function that may die. Dead means dead: whatever of it is still on its way stops at its next
 * `await`, and so does what was left running behind an answer, as in a Lambda that is frozen or thrown away.
 */
export class Mortal {
  readonly #dieAt: number;
  readonly #died = Promise.withResolvers<'died'>();
  /** Where it was, point by point: each `await` is one before its operand and one after it has settled. */
  readonly declinedShipments: Point[] = [];
  #dead = false;
  #answered = false;

  /**
   * @param dieAt the point at which it dies, from 1. One more than it has: it dies with its answer on its lips, which
   * nobody hears. Without it, it lives.
   */
  constructor(dieAt = Number.POSITIVE_INFINITY) {
    this.#dieAt = dieAt;
  }

  /** It did everything, and nobody heard its answer. */
  get diesUnheard(): boolean {
    return this.#answered && this.#dieAt === this.declinedShipments.length + 1;
  }

  /** @returns what the function answered, or `died`. */
  async invoke<Answer>(handler: () => Promise<Answer>): Promise<Answer | 'died'> {
    const answer = await Promise.race([living.run(this, handler), this.#died.promise]);
    this.#answered = !this.#dead;
    this.#dead = true;
    return answer;
  }

  async point(site: string): Promise<void> {
    // A turn of the event loop at every point: what nobody waits for does not get done by chance.
    await setImmediate();
    if (this.#dead) return never;
    this.declinedShipments.push({ site, requests: requestsSent });
    if (this.declinedShipments.length !== this.#dieAt) return;
    this.#dead = true;
    this.#died.resolve('died');
    return never;
  }
}

const living = new AsyncLocalStorage<Mortal>();

const probe = {
  before: (site: string): Promise<void> | undefined => living.getStore()?.point(`before ${site}`),

  after: async <T>(site: string, operand: T | PromiseLike<T>): Promise<T> => {
    try {
      return await operand;
    } finally {
      await living.getStore()?.point(`after ${site}`);
    }
  },

  each: async function* <T>(site: string, items: AsyncIterable<T> | Iterable<T>): AsyncGenerator<T> {
    await living.getStore()?.point(`before ${site}`);
    for await (const item of items) {
      await living.getStore()?.point(`after ${site}`);
      yield item;
      await living.getStore()?.point(`before ${site}`);
    }
    await living.getStore()?.point(`after ${site}`);
  },
};

Object.assign(globalThis, { [probeName]: probe });
