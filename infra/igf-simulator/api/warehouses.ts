import { WarehouseBody } from '../requests.ts';
import type { WarehouseRow } from '../store.ts';
import { type OperationCall, type Operations, read } from './operation.ts';

/** "Operations regarding the warehouses." The tenant has one retailer, so all warehouses are the retailer's. */
export const warehouseOperations: Operations = {
  'GET /warehouse': [200, all],
  'POST /warehouse': [201, create],
  'GET /warehouse/retailer': [200, all],
  'GET /warehouse/{id}': [200, (call) => warehouseResponse(warehouseOf(call))],
  'PUT /warehouse/{id}': [200, update],
  'DELETE /warehouse/{id}': [204, (call) => call.store.warehouses.remove(warehouseOf(call).id)],
};

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

function warehouseOf({ store, params }: OperationCall): WarehouseRow {
  return store.warehouses.get(params.id);
}

/** WarehouseResponse of the vendor document: it has the country twice, and its sample has `type: null`. */
export function warehouseResponse({ id, ...warehouse }: WarehouseRow) {
  return { id, ...warehouse, country: warehouse.countryCode, retailerId: 1, type: warehouse.type ?? null };
}
