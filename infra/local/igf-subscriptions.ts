import * as webhooks from '../../lib/igf/api/webhooks.ts';
import { igfClient } from '../../lib/igf/client.ts';
import { applySubscriptions } from '../../lib/webhooks/igf/subscribe.ts';
import { planSubscriptions, wantedSubscriptions } from '../../lib/webhooks/igf/subscriptions.ts';

export interface SubscriptionsOptions {
  /** Base URL of the simulator. */
  readonly igfUrl: string;
  readonly apiKey: string;
  /** Base URL of the routes. */
  readonly apiUrl: string;
  readonly token: string;
}

/** Subscribes the local routes at the simulator, as `npx bridge igf subscribe` does for a deployed stage. */
export async function subscribeAtSimulator(options: SubscriptionsOptions): Promise<void> {
  const client = igfClient(
    { baseUrl: options.igfUrl, apiKey: async () => options.apiKey, timeoutMs: 5000 },
    { webhooks },
  );
  const wanted = wantedSubscriptions(options.apiUrl, options.token);
  const plan = planSubscriptions(wanted, await client.webhooks.all());
  for (const { step, error } of await applySubscriptions(plan, client.webhooks)) {
    if (error) throw new Error(`The simulator did not take the subscription to ${step.eventType}.`);
  }
}
