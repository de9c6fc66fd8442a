/**
 * All 64 operations of the vendor document: `import * as groups from './groups.ts'`. The bridge calls 20 of them, which
 * are in `api/`. Those in `api/unused/` have no caller on purpose: the client covers the whole document, so that
 * `docs/igf.md` lists it, `igf verify` compares it, and a new action finds its call ready. It then moves to `api/`.
 */
import * as calledInfo from './api/info.ts';
import * as calledListings from './api/listings.ts';
import * as calledOrders from './api/orders.ts';
import * as calledRetailer from './api/retailer.ts';
import * as calledReturns from './api/returns.ts';
import * as calledShipments from './api/shipments.ts';
import * as unusedInfo from './api/unused/info.ts';
import * as unusedListings from './api/unused/listings.ts';
import * as unusedOrders from './api/unused/orders.ts';
import * as unusedRetailer from './api/unused/retailer.ts';
import * as unusedReturns from './api/unused/returns.ts';
import * as unusedShipments from './api/unused/shipments.ts';

export * as carrierContracts from './api/unused/carrier-contracts.ts';
export * as customers from './api/unused/customers.ts';
export * as discounts from './api/unused/discounts.ts';
export * as tenant from './api/unused/tenant.ts';
export * as warehouses from './api/unused/warehouses.ts';
export * as webhooks from './api/webhooks.ts';
export const info = { ...unusedInfo, ...calledInfo };
export const listings = { ...unusedListings, ...calledListings };
export const orders = { ...unusedOrders, ...calledOrders };
export const retailer = { ...unusedRetailer, ...calledRetailer };
export const returns = { ...unusedReturns, ...calledReturns };
export const shipments = { ...unusedShipments, ...calledShipments };
