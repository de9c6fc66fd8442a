import * as z from 'zod/mini';
import type { WarehouseRow } from '../store.ts';
import { type OperationCall, operation, read, type SimulatedOperation, text } from './operation.ts';

/**
 * "Operations regarding the warehouses." The tenant has one retailer, so all warehouses are the retailer's.
 */
export const warehouseOperations: readonly SimulatedOperation[] = [
  operation('GET /warehouse', 200, all),
  operation('POST /warehouse', 201, create),
  operation('GET /warehouse/retailer', 200, all),
  operation('GET /warehouse/{id}', 200, (call) => warehouseResponse(warehouseOf(call))),
  operation('PUT /warehouse/{id}', 200, update),
  operation('DELETE /warehouse/{id}', 204, (call) => call.store.warehouses.remove(warehouseOf(call).id)),
];

/** Body of "Create a new warehouse" and "Update warehouse". */
const WarehouseBody = z.object({
  name: text,
  address: z.optional(z.string()),
  postalCode: text,
  city: text,
  countryCode: text,
  houseNumber: text,
  street: text,
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

function update(call: OperationCall) {
  const { id } = warehouseOf(call);
  return warehouseResponse(call.store.warehouses.replace({ ...read(WarehouseBody, call.body), id }));
}

function warehouseOf(call: OperationCall): WarehouseRow {
  return call.store.warehouses.get(call.params.id);
}

/** WarehouseResponse of the vendor document: it has the country twice, and its sample has `type: null`. */
export function warehouseResponse({ id, ...warehouse }: WarehouseRow) {
  return { id, ...warehouse, country: warehouse.countryCode, retailerId: 1, type: warehouse.type ?? null };
}
