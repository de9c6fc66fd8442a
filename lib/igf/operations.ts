import * as retailer from './api/retailer.ts';
import * as addresses from './api/unused/addresses.ts';
import * as configuration from './api/unused/configuration.ts';
import * as forwarding from './api/unused/forwarding.ts';
import * as webhooks from './api/webhooks.ts';
import type { AnyEndpoint, Operation } from './endpoint.ts';
import { workerOperations } from './worker-igf.ts';

/**
 * All 64 operations of the vendor document. The bridge calls 20 of them. Those in `api/unused/` have no caller on
 * purpose: the client covers the whole document, so that `docs/igf.md` lists it, `igf verify` compares it, and a new
 * action finds its call ready.
 */
export const groups = {
  ...addresses,
  tenant: configuration.tenant,
  carrierContracts: configuration.carrierContracts,
  discounts: configuration.discounts,
  webhooks,
  listings: { ...forwarding.listings, ...workerOperations.listings },
  orders: { ...forwarding.orders, ...workerOperations.orders },
  shipments: { ...forwarding.shipments, ...workerOperations.shipments },
  returns: { ...forwarding.returns, ...workerOperations.returns },
  info: { ...configuration.info, ...workerOperations.info },
  retailer: { ...configuration.retailer, ...retailer },
};

/** An operation with its place in the client. */
export interface ListedOperation extends Operation {
  /** The group's name, such as `orders`. */
  readonly group: string;
  /** The methods that call it, such as `orders.confirm` and `orders.reject`. */
  readonly methods: readonly string[];
}

const callers = Object.entries(groups).flatMap(([group, endpoints]) =>
  Object.entries(endpoints).map(([name, { operation }]: [string, AnyEndpoint]) => ({
    operation: { ...operation, group },
    method: `${group}.${name}`,
  })),
);

/** Every operation of the vendor document (0.34.0), in its order. `docs/igf.md` is made of it. */
export const operations: readonly ListedOperation[] = Map.groupBy(callers, ({ operation }) => operation.name)
  .values()
  .flatMap((same) => {
    const methods = same.map(({ method }) => method).sort();
    return same.slice(0, 1).map(({ operation }) => ({ ...operation, methods }));
  })
  .toArray()
  .sort((one, other) => one.number - other.number);

/** The names in a path's braces, in order. */
export const pathParameters = (path: string): string[] =>
  [...path.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name);
