import type { Moment } from '../life/moment.ts';
import type { Shipment } from '../store.ts';
import { described } from './enum-texts.ts';
import { showOrder } from './order-response.ts';
import { showWarehouse } from './warehouse-response.ts';

type Seen = Pick<Moment, 'store' | 'settings'>;

/** The shipment of the vendor document with its warehouse and order. Its `label` is what the carrier scans. */
export function showShipment(seen: Seen, shipment: Shipment) {
  const { store } = seen;
  const order = store.orders.find(shipment.orderId);
  const warehouse = shipment.warehouseId ? store.warehouses.find(shipment.warehouseId) : undefined;
  return {
    ...bare(seen, shipment),
    warehouse: warehouse && showWarehouse(warehouse),
    order: order && showOrder(seen, order),
  };
}

/** The answer to who creates it: neither warehouse nor order, and `label` is the printable label, base64. */
export function showNewShipment(seen: Seen, shipment: Shipment) {
  const printable = `%PDF-1.4\n% Label ${shipment.label} of ${shipment.carrierName}\n`;
  return { ...bare(seen, shipment), label: Buffer.from(printable).toString('base64') };
}

function bare({ settings }: Seen, shipment: Shipment) {
  const { status } = shipment;
  return {
    id: shipment.id,
    status: settings.enumDescriptions === false ? status : described.shipmentStatus(status),
    orderId: shipment.orderId,
    createdAt: shipment.createdAt,
    updatedAt: shipment.updatedAt,
    label: shipment.label,
    carrierName: shipment.carrierName,
    warehouseId: shipment.warehouseId,
    labelType: 'QR',
  };
}
