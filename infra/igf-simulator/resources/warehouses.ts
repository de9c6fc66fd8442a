import type { Call, Operation } from '../operation.ts';
import { read } from '../reading.ts';
import { rowOfText } from '../rows.ts';
import { WarehouseRequest } from '../schemas/warehouse.ts';
import { showWarehouse } from './warehouse-response.ts';

/** "Operations regarding the warehouses." The tenant has one retailer, so all are the retailer's. */
export const warehouses: readonly Operation[] = [
  { name: 'GET /warehouse', status: 200, run: all },
  { name: 'POST /warehouse', status: 201, run: create },
  { name: 'GET /warehouse/retailer', status: 200, run: all },
  { name: 'GET /warehouse/{id}', status: 200, run: (call) => showWarehouse(warehouseOf(call)) },
  { name: 'PUT /warehouse/{id}', status: 200, run: update },
  {
    name: 'DELETE /warehouse/{id}',
    status: 204,
    run: (call) => call.store.warehouses.remove(warehouseOf(call).id),
  },
];

function all({ store }: Call) {
  return store.warehouses.all().map(showWarehouse);
}

function create({ store, body }: Call) {
  const request = read(WarehouseRequest, body);
  return showWarehouse(store.warehouses.add((id) => ({ ...request, id })));
}

function update(call: Call) {
  const { id } = warehouseOf(call);
  return showWarehouse(call.store.warehouses.replace({ ...read(WarehouseRequest, call.body), id }));
}

function warehouseOf(call: Call) {
  return rowOfText(call.store.warehouses, call, 'id', 'Warehouse');
}
