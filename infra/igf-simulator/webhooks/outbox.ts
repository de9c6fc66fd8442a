import { setTimeout as wait } from 'node:timers/promises';
import type { EventType } from './event-types.ts';
import { type Mischief, Pranks } from './mischief.ts';
import { type Outcome, post } from './post.ts';

/** A webhook as it left, or did not. */
export interface SentWebhook {
  readonly eventType: EventType;
  readonly url: string;
  readonly body: unknown;
  /** `waiting` until it is known what became of it. */
  status: Outcome | 'waiting' | 'dropped';
}

/** Sends webhooks in the background, one after the other in the order of their events unless a prank disturbs it. */
export class Outbox {
  readonly #sent: SentWebhook[] = [];
  readonly #pranks = new Pranks();
  readonly #stopped = new AbortController();
  readonly #work = new Set<Promise<void>>();
  #line: Promise<void> = Promise.resolve();

  send(eventType: EventType, url: string, body: unknown): void {
    const prank = this.#pranks.on(eventType);
    if (prank.drops()) {
      this.#sent.push({ eventType, url, body, status: 'dropped' });
      return;
    }
    const text = JSON.stringify(body);
    for (let copy = 0; copy <= prank.repeat; copy += 1) {
      const webhook: SentWebhook = { eventType, url, body, status: 'waiting' };
      this.#sent.push(webhook);
      const depart = () => prank.pass(() => this.#queue(webhook, text));
      if (prank.delayMs === 0) depart();
      else this.#track(this.#later(prank.delayMs, depart));
    }
  }

  play(mischief: Mischief): void {
    this.#pranks.play(mischief);
  }

  /** In the order of their events. */
  all(): readonly SentWebhook[] {
    return this.#sent;
  }

  /** Sends nothing more, breaks off what is under way, and resolves when no work is left in the background. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await Promise.all(this.#work);
  }

  #queue(webhook: SentWebhook, text: string): void {
    const { signal } = this.#stopped;
    this.#line = this.#line.then(async () => {
      if (!signal.aborted) webhook.status = await post(webhook.url, text, signal);
    });
    this.#track(this.#line);
  }

  async #later(delayMs: number, depart: () => void): Promise<void> {
    const isTime = await wait(delayMs, true, { signal: this.#stopped.signal }).catch(() => false);
    if (isTime) depart();
  }

  #track(work: Promise<void>): void {
    this.#work.add(work);
    work.finally(() => this.#work.delete(work));
  }
}
