import { carrierContractOperations } from './carrier-contracts.ts';
import { customerOperations } from './customers.ts';
import { discountOperations } from './discounts.ts';
import { infoOperations } from './info.ts';
import { listingOperations } from './listings.ts';
import type { SimulatedOperation } from './operation.ts';
import { orderOperations } from './orders.ts';
import { regularReturnOperations } from './regular-returns.ts';
import { retailerOperations } from './retailer.ts';
import { shipmentOperations } from './shipments.ts';
import { warehouseOperations } from './warehouses.ts';
import { webhookOperations } from './webhooks.ts';

/** Every operation of the vendor document, in its order of groups. */
export const simulatedOperations: readonly SimulatedOperation[] = [
  ...listingOperations,
  ...orderOperations,
  ...shipmentOperations,
  ...customerOperations,
  ...warehouseOperations,
  ...webhookOperations,
  ...infoOperations,
  ...retailerOperations,
  ...carrierContractOperations,
  ...discountOperations,
  ...regularReturnOperations,
];
