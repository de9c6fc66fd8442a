import type { WebhookRequest } from './schemas/webhook.ts';
import type { Store } from './store.ts';
import { Table } from './table.ts';

/** A tenant as on its first day: a retailer with its periods and countries, its subscriptions, and nothing else. */
export function emptyStore(apiKey: string, subscriptions: readonly WebhookRequest[] = []): Store {
  const webhooks: Store['webhooks'] = new Table();
  for (const subscription of subscriptions) webhooks.add((id) => ({ id, ...subscription }));
  return {
    tenant: { apiKey },
    retailer: {
      name: 'A retailer',
      matchingPeriod: 14,
      handinPeriod: 7,
      whitelist: [],
      blacklist: [],
      bannedEmails: [],
      discountsEnabled: true,
      countries: ['NL', 'BE', 'DE', 'AT', 'FR'],
    },
    discountRanges: [],
    customers: new Table(),
    listings: new Table(),
    orders: new Table(),
    shipments: new Table(),
    warehouses: new Table(),
    webhooks,
    carrierContracts: new Table(),
    regularReturns: new Table(),
    returnedProducts: new Table(),
  };
}
