/** Warehouses: where articles go that are not forwarded. IGF uses the one that was added first. */
import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import * as operations from '../operations.ts';
import { anything } from '../schemas/answer-fields.ts';
import { idOrText } from '../schemas/request-fields.ts';
import { Warehouse, WarehouseRequest, Warehouses } from '../schemas/warehouse.ts';

const WarehouseId = z.strictObject({ id: idOrText });
const warehouse = (id: number | string) => ({ parameters: { id } });

export const all = () =>
  endpoint({
    operation: operations.allWarehouses,
    answer: Warehouses,
    request: () => ({}),
  });

export const create = () =>
  endpoint({
    operation: operations.createWarehouse,
    body: WarehouseRequest,
    answer: Warehouse,
    request: (request: WarehouseRequest) => ({ body: request }),
  });

export const get = () =>
  endpoint({
    operation: operations.getWarehouse,
    parameters: WarehouseId,
    answer: Warehouse,
    request: warehouse,
  });

/** Replaces what is known of a warehouse: the required fields must be there again. */
export const update = () =>
  endpoint({
    operation: operations.updateWarehouse,
    parameters: WarehouseId,
    body: WarehouseRequest,
    answer: Warehouse,
    request: (id: number | string, change: WarehouseRequest) => ({ parameters: { id }, body: change }),
  });

export const remove = () =>
  endpoint({
    operation: operations.deleteWarehouse,
    parameters: WarehouseId,
    answer: anything,
    request: warehouse,
  });

/** The warehouses of the retailer that the key belongs to. */
export const ofRetailer = () =>
  endpoint({
    operation: operations.warehousesOfRetailer,
    answer: Warehouses,
    request: () => ({}),
  });
