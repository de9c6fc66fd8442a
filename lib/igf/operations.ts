import * as carrierContracts from './api/carrier-contracts.ts';
import * as customers from './api/customers.ts';
import * as discounts from './api/discounts.ts';
import * as info from './api/info.ts';
import * as listings from './api/listings.ts';
import * as orders from './api/orders.ts';
import * as retailer from './api/retailer.ts';
import * as returns from './api/returns.ts';
import * as shipments from './api/shipments.ts';
import * as tenant from './api/tenant.ts';
import * as warehouses from './api/warehouses.ts';
import * as webhooks from './api/webhooks.ts';
import type { AnyEndpoint, Operation } from './endpoint.ts';

/**
 * All 64 operations of the vendor document. The bridge calls 20 of them. The others have no caller on purpose. The
 * client covers the whole document: `docs/igf.md` lists it, `igf verify` compares it, and a new action finds its call
 * ready.
 */
export const groups = {
  listings,
  orders,
  shipments,
  customers,
  warehouses,
  webhooks,
  info,
  tenant,
  retailer,
  carrierContracts,
  discounts,
  returns,
};

/** An operation with its place in the client. */
export interface ListedOperation extends Operation {
  /** The group's name, such as `orders`. */
  readonly group: string;
  /** The methods that call it, such as `orders.confirm` and `orders.reject`. */
  readonly methods: readonly string[];
}

const callers = Object.entries(groups).flatMap(([group, endpoints]) =>
  Object.entries(endpoints).map(([name, define]: [string, () => AnyEndpoint]) => ({
    operation: { ...define().operation, group },
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
