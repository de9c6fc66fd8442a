import { setTimeout as wait } from 'node:timers/promises';
import type { WebhookEventType } from '../enums.ts';
import { ActiveFault, type WebhookFault } from './webhook-faults.ts';

/** Outcome of one attempt: the status of the answer; no answer; or a URL that is not on this machine. */
type AttemptOutcome = number | 'failed' | 'foreign';

/** A webhook, as `GET /_simulator/webhooks` shows it. */
export interface SentWebhook {
  readonly eventType: WebhookEventType;
  readonly url: string;
  readonly body: unknown;
  /** `waiting` until its outcome is known. */
  status: AttemptOutcome | 'waiting' | 'dropped';
}

const noFault = new ActiveFault({});

/** Sends webhooks in the background, one at a time, in the order of their events unless a fault acts. */
export class Outbox {
  readonly #sent: SentWebhook[] = [];
  /** One for each event type that has its own, and one, of `undefined`, for all the others. */
  readonly #faults = new Map<WebhookEventType | undefined, ActiveFault>();
  readonly #stopped = new AbortController();
  readonly #pending = new Set<Promise<void>>();
  #line: Promise<void> = Promise.resolve();

  send(eventType: WebhookEventType, url: string, body: unknown): void {
    const fault = this.#faults.get(eventType) ?? this.#faults.get(undefined) ?? noFault;
    if (fault.takeDrop()) {
      this.#sent.push({ eventType, url, body, status: 'dropped' });
      return;
    }
    const text = JSON.stringify(body);
    const { signal } = this.#stopped;
    for (let copy = 0; copy <= fault.repeat; copy += 1) {
      const webhook: SentWebhook = { eventType, url, body, status: 'waiting' };
      this.#sent.push(webhook);
      const pass = () => fault.pass(() => this.#enqueue(webhook, text));
      if (fault.delayMs === 0) pass();
      else this.#track(wait(fault.delayMs, undefined, { signal }).then(pass, () => {}));
    }
  }

  /** Replaces the fault of the same scope. A fault without effect only ends it. */
  setFault(fault: WebhookFault): void {
    const active = new ActiveFault(fault);
    const replaced = this.#faults.get(fault.eventType);
    if (active.hasNoEffect) this.#faults.delete(fault.eventType);
    else this.#faults.set(fault.eventType, active);
    replaced?.end();
  }

  /** In the order of their events. */
  all(): readonly SentWebhook[] {
    return this.#sent;
  }

  /** Sends nothing more and aborts the present attempt. Resolves when nothing runs in the background any more. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await Promise.all(this.#pending);
  }

  #enqueue(webhook: SentWebhook, text: string): void {
    const { signal } = this.#stopped;
    this.#line = this.#line.then(async () => {
      if (!signal.aborted) webhook.status = await post(webhook.url, text, signal);
    });
    this.#track(this.#line);
  }

  #track(work: Promise<void>): void {
    this.#pending.add(work);
    work.finally(() => this.#pending.delete(work));
  }
}

const timeoutMs = 10_000;

/** POSTs to this machine only: test data must not reach a real address. IGF promises no second attempt. */
async function post(url: string, text: string, signal: AbortSignal): Promise<AttemptOutcome> {
  if (!isLoopback(url)) return 'foreign';
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: text,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 'failed';
  }
}

/** Names below `localhost` are this machine too (RFC 6761). */
function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return /^(.+\.)?localhost$/.test(hostname) || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}
