import type { Store } from '../store.ts';

type Warehouse = ReturnType<Store['warehouses']['all']>[number];

/** WarehouseResponse of the vendor document: it names the country twice, and its sample has `type: null`. */
export function showWarehouse({ id, ...warehouse }: Warehouse) {
  return { id, ...warehouse, country: warehouse.countryCode, retailerId: 1, type: warehouse.type ?? null };
}
