/** Warehouses: where articles go that are not forwarded. IGF uses the one that was added first. */
import * as z from 'zod/mini';
import { endpoint } from '../../endpoint.ts';
import { anything, id, listOf, maybeInteger, maybeText } from '../answers.ts';
import { email, idOrText, requiredText } from '../requests.ts';

/** Body of "Create a new warehouse" and "Update warehouse". */
const WarehouseRequest = z.strictObject({
  name: requiredText,
  address: z.optional(z.string()),
  postalCode: requiredText,
  city: requiredText,
  countryCode: requiredText,
  houseNumber: requiredText,
  street: requiredText,
  type: z.optional(z.string()),
  responsibleEmployeeLastname: z.optional(z.string()),
  responsibleEmployeeFirstname: z.optional(z.string()),
  responsibleEmployeeEmail: z.optional(email),
});
type WarehouseRequest = z.infer<typeof WarehouseRequest>;

/** Where articles go that are not forwarded; its address is the return address on labels. */
const Warehouse = z.looseObject({
  id,
  name: maybeText,
  address: maybeText,
  postalCode: maybeText,
  city: maybeText,
  countryCode: maybeText,
  country: maybeText,
  houseNumber: maybeText,
  street: maybeText,
  retailerId: maybeInteger,
  type: maybeText,
  responsibleEmployeeLastname: maybeText,
  responsibleEmployeeFirstname: maybeText,
  responsibleEmployeeEmail: maybeText,
});

const Warehouses = listOf(Warehouse);

const WarehouseId = z.strictObject({ id: idOrText });
const warehouse = (id: number | string) => ({ parameters: { id } });

export const all = () =>
  endpoint(36, 'allWarehouses', 'GET /warehouse', 'Get all warehouse', { answer: Warehouses });

export const create = () =>
  endpoint(37, 'createWarehouse', 'POST /warehouse', 'Create a new warehouse', {
    body: WarehouseRequest,
    answer: Warehouse,
    request: (request: WarehouseRequest) => ({ body: request }),
  });

export const get = () =>
  endpoint(38, 'getWarehouse', 'GET /warehouse/{id}', 'Get warehouse by id', {
    parameters: WarehouseId,
    answer: Warehouse,
    request: warehouse,
  });

/** Replaces a warehouse: the required fields must be there again. */
export const update = () =>
  endpoint(39, 'updateWarehouse', 'PUT /warehouse/{id}', 'Update warehouse', {
    parameters: WarehouseId,
    body: WarehouseRequest,
    answer: Warehouse,
    request: (id: number | string, change: WarehouseRequest) => ({ parameters: { id }, body: change }),
  });

export const remove = () =>
  endpoint(40, 'deleteWarehouse', 'DELETE /warehouse/{id}', 'Delete warehouse', {
    parameters: WarehouseId,
    answer: anything,
    request: warehouse,
  });

/** The warehouses of the retailer that the key belongs to. */
export const ofRetailer = () =>
  endpoint(41, 'warehousesOfRetailer', 'GET /warehouse/retailer', 'Get all warehouse by retailer', {
    answer: Warehouses,
  });
