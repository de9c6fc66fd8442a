import type { Operation } from './operation.ts';
import { carrierContracts } from './resources/carrier-contracts.ts';
import { customers } from './resources/customers.ts';
import { discounts } from './resources/discounts.ts';
import { info } from './resources/info.ts';
import { listings } from './resources/listings.ts';
import { orders } from './resources/orders.ts';
import { regularReturns } from './resources/regular-returns.ts';
import { retailer } from './resources/retailer.ts';
import { shipments } from './resources/shipments.ts';
import { warehouses } from './resources/warehouses.ts';
import { webhooks } from './resources/webhooks.ts';

/** Every operation of the vendor document: one list per resource group, in its order. */
export const operations: readonly Operation[] = [
  ...listings,
  ...orders,
  ...shipments,
  ...customers,
  ...warehouses,
  ...webhooks,
  ...info,
  ...retailer,
  ...carrierContracts,
  ...discounts,
  ...regularReturns,
];
