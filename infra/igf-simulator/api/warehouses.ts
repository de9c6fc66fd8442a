import * as z from 'zod/mini';
import type { WarehouseRow } from '../store.ts';
import { type OperationCall, operation, read, type SimulatedOperation, textField } from './operation.ts';

/**
 * "Operations regarding the warehouses." The tenant has one retailer, so all warehouses are the retailer's.
 */
export const warehouseOperations: readonly SimulatedOperation[] = [
  operation('GET /warehouse', 200, all),
  operation('POST /warehouse', 201, create),
  operation('GET /warehouse/retailer', 200, all),
  operation('GET /warehouse/{id}', 200, ({ store, params }) =>
    warehouseResponse(store.warehouses.get(params.id)),
  ),
  operation('PUT /warehouse/{id}', 200, update),
  operation('DELETE /warehouse/{id}', 204, ({ store, params }) =>
    store.warehouses.remove(store.warehouses.get(params.id).id),
  ),
];

/** Body of "Create a new warehouse" and "Update warehouse". */
const WarehouseBody = z.object({
  name: textField,
  address: z.optional(z.string()),
  postalCode: textField,
  city: textField,
  countryCode: textField,
  houseNumber: textField,
  street: textField,
  type: z.optional(z.string()),
  responsibleEmployeeLastname: z.optional(z.string()),
  responsibleEmployeeFirstname: z.optional(z.string()),
  responsibleEmployeeEmail: z.optional(z.email()),
});

function all({ store }: OperationCall) {
  return store.warehouses.all().map(warehouseResponse);
}

function create({ store, body }: OperationCall) {
  const request = read(WarehouseBody, body);
  return warehouseResponse(store.warehouses.add((id) => ({ ...request, id })));
}

function update({ store, params, body }: OperationCall) {
  const { id } = store.warehouses.get(params.id);
  return warehouseResponse(store.warehouses.replace({ ...read(WarehouseBody, body), id }));
}

/** WarehouseResponse of the vendor document: it has the country twice, and its sample has `type: null`. */
export function warehouseResponse({ id, ...warehouse }: WarehouseRow) {
  return { id, ...warehouse, country: warehouse.countryCode, retailerId: 1, type: warehouse.type ?? null };
}
