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
 * The vendor's own headings of its operations (document 0.34.0) in order, by our names. The document and the vendor's
 * OpenAPI file name an operation so, because its text lost most methods and paths.
 */
import titles from './titles.json' with { type: 'json' };

/**
 * All 64 operations of the vendor document, of which the bridge calls 20. The others have no caller on purpose:
 * `docs/igf.md` lists all, `igf verify` compares them, and a new action finds its call ready.
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

/** An operation with its place in the vendor document and in the client. */
export interface ListedOperation extends Operation {
  /** Position in the document, from 1. */
  readonly number: number;
  readonly title: string;
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

/** Every operation of the vendor document, in its order. `docs/igf.md` is made of it. */
export const operations: readonly ListedOperation[] = Object.entries(titles).flatMap(([name, title], at) => {
  const same = callers.filter(({ operation }) => operation.name === name);
  const methods = same.map(({ method }) => method).sort();
  return same.slice(0, 1).map(({ operation }) => ({ ...operation, number: at + 1, title, methods }));
});

/** The names in a path's braces, in order. */
export const pathParameters = (path: string): string[] =>
  [...path.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name);
