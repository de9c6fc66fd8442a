/** All groups, for who needs every operation: `import * as groups from './groups.ts'`. A Lambda names its own. */
export * as carrierContracts from './groups/carrier-contracts.ts';
export * as customers from './groups/customers.ts';
export * as discounts from './groups/discounts.ts';
export * as info from './groups/info.ts';
export * as listings from './groups/listings.ts';
export * as orders from './groups/orders.ts';
export * as retailer from './groups/retailer.ts';
export * as returns from './groups/returns.ts';
export * as shipments from './groups/shipments.ts';
export * as tenant from './groups/tenant.ts';
export * as warehouses from './groups/warehouses.ts';
export * as webhooks from './groups/webhooks.ts';
