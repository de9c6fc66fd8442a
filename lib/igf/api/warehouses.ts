/** Warehouses: articles that are not forwarded go there. IGF uses the one that was added first; its address is on labels. */
import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { id, listOf } from './answers.ts';
import { email, requiredText } from './requests.ts';

/** Nothing reads the other fields yet: the document lists them. */
const Warehouse = z.looseObject({ id });

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

export const all = () =>
  endpoint(36, 'allWarehouses', 'GET /warehouse', { title: 'Get all warehouse', answer: listOf(Warehouse) });

export const create = () =>
  endpoint(37, 'createWarehouse', 'POST /warehouse', {
    title: 'Create a new warehouse',
    body: WarehouseRequest,
    answer: Warehouse,
  });

export const get = () =>
  endpoint(38, 'getWarehouse', 'GET /warehouse/{id:idOrText}', {
    title: 'Get warehouse by id',
    answer: Warehouse,
  });

/** Replaces a warehouse: the required fields must be there again. */
export const update = () =>
  endpoint(39, 'updateWarehouse', 'PUT /warehouse/{id:idOrText}', {
    title: 'Update warehouse',
    body: WarehouseRequest,
    answer: Warehouse,
  });

export const remove = () =>
  endpoint(40, 'deleteWarehouse', 'DELETE /warehouse/{id:idOrText}', { title: 'Delete warehouse' });

/** The warehouses of the retailer that the key belongs to. */
export const ofRetailer = () =>
  endpoint(41, 'warehousesOfRetailer', 'GET /warehouse/retailer', {
    title: 'Get all warehouse by retailer',
    answer: listOf(Warehouse),
  });
