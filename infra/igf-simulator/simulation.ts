import { listingResponse } from './api/listings.ts';
import { orderResponse } from './api/orders.ts';
import { shipmentResponse } from './api/shipments.ts';
import type { OperationFault } from './faults.ts';
import { applyDeadlines, type Context, type WebhookEvent } from './lifecycle/forwarding.ts';
import { applyDueRefunds } from './lifecycle/shipping.ts';
import { initialSettings } from './settings.ts';
import { Store, type SubscriptionRow } from './store.ts';
import { Outbox } from './webhooks/outbox.ts';

/** One request to the API, as `GET /_simulator/requests` shows it. */
export interface RecordedRequest {
  readonly method: string;
  /** Without the base path, with the query as it was sent. */
  readonly path: string;
  /** The JSON body, the bare text when it is not JSON, null when there is none. */
  body: unknown;
  /** null: no answer was sent. The answer is delayed, the connection was dropped, or the caller left. */
  status: number | null;
}

/** The state between two requests, and the only place that resets it. */
export class Simulation {
  readonly #apiKey: string;
  readonly #now: () => number;
  #baseline: readonly SubscriptionRow[] = [];
  store: Store;
  /** In the order of arrival. */
  faults: OperationFault[] = [];
  /** Every request to the API in order of arrival, refused ones included. */
  requests: RecordedRequest[] = [];
  settings = initialSettings;
  outbox = new Outbox();

  constructor(apiKey: string, now: () => number) {
    this.#apiKey = apiKey;
    this.#now = now;
    this.store = new Store(apiKey);
  }

  /** The context of a change that happens now, after everything that was due until now. */
  context(): Context {
    const { store, settings, outbox } = this;
    const context: Context = {
      store,
      settings,
      now: new Date(this.#now()).toISOString(),
      send: (event) => {
        const subscription = store.subscriptions.all().find(({ eventType }) => eventType === event.eventType);
        if (subscription) outbox.send(event.eventType, subscription.url, payloadOf(context, event));
      },
    };
    applyDeadlines(context);
    applyDueRefunds(context);
    return context;
  }

  /** Makes the present subscriptions part of the initial state, and clears the recorded requests. */
  markBaseline(): void {
    this.#baseline = this.store.subscriptions.all();
    this.requests = [];
  }

  /** Restores the initial state. Webhooks that are not sent yet are never sent. */
  async reset(): Promise<void> {
    const { outbox } = this;
    this.store = new Store(this.#apiKey, this.#baseline);
    this.faults = [];
    this.requests = [];
    this.settings = initialSettings;
    this.outbox = new Outbox();
    await outbox.stop();
  }
}

/** A webhook carries what the API answers about its subject at that moment. */
function payloadOf(context: Context, event: WebhookEvent): unknown {
  if ('listing' in event) return listingResponse(context, event.listing);
  if ('order' in event) return orderResponse(context, event.order);
  if ('shipment' in event) return shipmentResponse(context, event.shipment);
  return event.shipments.map((shipment) => shipmentResponse(context, shipment));
}
