/**
 * All 64 operations of the vendor document, one file a group: `import * as groups from './groups.ts'`. The bridge calls
 * 20 of them, and a Lambda's bundle has only those that it names. The others have no caller on purpose: the
 * client covers the whole document, so that `docs/igf.md` lists it, `igf verify` compares it, and a new action finds its
 * call ready.
 */
export * as carrierContracts from './api/carrier-contracts.ts';
export * as customers from './api/customers.ts';
export * as discounts from './api/discounts.ts';
export * as info from './api/info.ts';
export * as listings from './api/listings.ts';
export * as orders from './api/orders.ts';
export * as retailer from './api/retailer.ts';
export * as returns from './api/returns.ts';
export * as shipments from './api/shipments.ts';
export * as tenant from './api/tenant.ts';
export * as warehouses from './api/warehouses.ts';
export * as webhooks from './api/webhooks.ts';
