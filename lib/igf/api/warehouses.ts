/** Warehouses: articles that are not forwarded go there. IGF uses the one that was added first; its address is on labels. */
import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { Identified, listOf } from './answers.ts';
import { email, requiredText } from './requests.ts';

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

export const all = () => endpoint('allWarehouses', 'GET /warehouse', { answer: listOf(Identified) });

export const create = () =>
  endpoint('createWarehouse', 'POST /warehouse', { body: WarehouseRequest, answer: Identified });

export const get = () => endpoint('getWarehouse', 'GET /warehouse/{id:idOrText}', { answer: Identified });

/** Replaces a warehouse: the required fields must be there again. */
export const update = () =>
  endpoint('updateWarehouse', 'PUT /warehouse/{id:idOrText}', { body: WarehouseRequest, answer: Identified });

export const remove = () => endpoint('deleteWarehouse', 'DELETE /warehouse/{id:idOrText}');

/** The warehouses of the retailer that the key belongs to. */
export const ofRetailer = () =>
  endpoint('warehousesOfRetailer', 'GET /warehouse/retailer', { answer: listOf(Identified) });
