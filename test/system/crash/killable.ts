import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import { setImmediate } from 'node:timers/promises';

/** The name under which instrumented code finds the probe. */
export const probeName = '__crashProbe';

/** A place at which a function may be killed. */
export interface Point {
  readonly site: string;
  /** Requests that this process had sent by then. */
  readonly requests: number;
}

let requestsSent = 0;
for (const channel of ['http.client.request.start', 'undici:request:create'])
  subscribe(channel, () => {
    requestsSent += 1;
  });

const never = new Promise<never>(() => {});

/**
 * One invocation of a function that may be killed. From then on everything that it still runs stops at its next `await`,
 * also what it left running behind its answer, as in a Lambda environment that is frozen or thrown away.
 */
export class KillableInvocation {
  readonly #killAt: number;
  readonly #killed = Promise.withResolvers<'killed'>();
  /** The points that it reached: each `await` has one before its operand and one after it. */
  readonly points: Point[] = [];
  #isOver = false;
  #answered = false;

  /**
   * @param killAt the point at which it is killed, from 1. One more than it has: its work is done and its answer is lost.
   * Without it, it lives.
   */
  constructor(killAt = Number.POSITIVE_INFINITY) {
    this.#killAt = killAt;
  }

  /** It did all its work, and its answer was lost. */
  get answerIsLost(): boolean {
    return this.#answered && this.#killAt === this.points.length + 1;
  }

  /** @returns the answer of the function, or `killed` */
  async invoke<Answer>(handler: () => Promise<Answer>): Promise<Answer | 'killed'> {
    const answer = await Promise.race([current.run(this, handler), this.#killed.promise]);
    this.#answered = !this.#isOver;
    this.#isOver = true;
    return answer;
  }

  async point(site: string): Promise<void> {
    // A turn of the event loop at every point, so that work without an `await` is not done by chance.
    await setImmediate();
    if (this.#isOver) return never;
    this.points.push({ site, requests: requestsSent });
    if (this.points.length !== this.#killAt) return;
    this.#isOver = true;
    this.#killed.resolve('killed');
    return never;
  }
}

const current = new AsyncLocalStorage<KillableInvocation>();

const probe = {
  before: (site: string): Promise<void> | undefined => current.getStore()?.point(`before ${site}`),

  after: async <T>(site: string, operand: T | PromiseLike<T>): Promise<T> => {
    try {
      return await operand;
    } finally {
      await current.getStore()?.point(`after ${site}`);
    }
  },

  each: async function* <T>(site: string, items: AsyncIterable<T> | Iterable<T>): AsyncGenerator<T> {
    await current.getStore()?.point(`before ${site}`);
    for await (const item of items) {
      await current.getStore()?.point(`after ${site}`);
      yield item;
      await current.getStore()?.point(`before ${site}`);
    }
    await current.getStore()?.point(`after ${site}`);
  },
};

Object.assign(globalThis, { [probeName]: probe });
