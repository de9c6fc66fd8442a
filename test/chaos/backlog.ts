import { setTimeout as wait } from 'node:timers/promises';

/**
 * So many messages may wait when another order begins. A message waits in the local world's time: at speed 300 five minutes
 * of waiting here are a day there, after which a failed message is given up, as it should be.
 */
const mostWaiting = 200;

const lookEveryMs = 250;

/** How many messages wait, looked at again and again. */
export class Backlog {
  waiting = 0;
  readonly #ended = new AbortController();

  constructor(count: () => Promise<number>) {
    void this.#watch(count);
  }

  /** Resolves when there is room for another order. */
  async room(): Promise<void> {
    while (this.waiting > mostWaiting && !this.#ended.signal.aborted) await wait(lookEveryMs);
  }

  close(): void {
    this.#ended.abort();
  }

  async #watch(count: () => Promise<number>): Promise<void> {
    while (!this.#ended.signal.aborted) {
      this.waiting = await count().catch(() => this.waiting);
      await wait(lookEveryMs);
    }
  }
}
