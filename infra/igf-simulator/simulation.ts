import { FaultQueue } from './faults.ts';
import { emptyStore } from './first-day.ts';
import { keepDeadlines } from './life/deadlines.ts';
import type { Moment } from './life/moment.ts';
import { RequestLog } from './request-log.ts';
import type { WebhookRequest } from './schemas/webhook.ts';
import { firstSettings } from './settings.ts';
import type { Store } from './store.ts';
import { Outbox } from './webhooks/outbox.ts';

/** All that the simulator remembers between two requests, and the one place where it is forgotten. */
export class Simulation {
  readonly #apiKey: string;
  readonly #now: () => number;
  #firstSubscriptions: readonly WebhookRequest[] = [];
  store: Store;
  faults = new FaultQueue();
  requests = new RequestLog();
  settings = firstSettings;
  outbox = new Outbox();

  constructor(apiKey: string, now: () => number) {
    this.#apiKey = apiKey;
    this.#now = now;
    this.store = emptyStore(apiKey);
  }

  /** Now, after all that the clock has brought about until now. */
  moment(): Moment {
    const { store, settings, outbox } = this;
    const moment: Moment = {
      store,
      settings,
      now: new Date(this.#now()),
      tell: (eventType, body) => {
        const subscriber = store.webhooks.all().find((webhook) => webhook.eventType === eventType);
        if (subscriber) outbox.send(eventType, subscriber.url, body);
      },
    };
    keepDeadlines(moment);
    return moment;
  }

  /** From now on the first day has the subscriptions of this moment; the requests until now are forgotten. */
  beginHere(): void {
    this.#firstSubscriptions = this.store.webhooks.all().map(({ eventType, url }) => ({ eventType, url }));
    this.requests = new RequestLog();
  }

  /** Subscriptions are the tenant's state: all but those of the first day are forgotten too, and so is what was not sent yet. */
  async forgetEverything(): Promise<void> {
    const { outbox } = this;
    this.store = emptyStore(this.#apiKey, this.#firstSubscriptions);
    this.faults = new FaultQueue();
    this.requests = new RequestLog();
    this.settings = firstSettings;
    this.outbox = new Outbox();
    await outbox.stop();
  }
}
