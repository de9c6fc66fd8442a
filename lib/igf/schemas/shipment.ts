import * as z from 'zod/mini';
import { id, listOf, maybeDateTime, maybeInteger, maybeOneOf, maybeText } from './answer-fields.ts';
import { OrderOfShipment } from './order.ts';
import { WarehouseOfShipment } from './warehouse.ts';

/** Body of "Creates a shipment". */
export const ShipmentRequest = z.strictObject({ orderId: z.int32() });

/** Body of "Set feedback for a shipment": 0 is bad, 1 neutral, 2 good. */
export const Feedback = z.strictObject({
  feedback: z.optional(z.int().check(z.gte(0), z.lte(2))),
});

/** A shipment: the order's article on its way to its receiver. */
export const Shipment = z.looseObject({
  id,
  status: maybeOneOf('Labelled', 'Shipped', 'Completed', 'Cancelled'),
  orderId: maybeInteger,
  createdAt: maybeDateTime,
  updatedAt: maybeDateTime,
  /** The carrier's track number; the label itself, in base64, where a shipment is created. */
  label: maybeText,
  carrierName: maybeText,
  warehouseId: maybeInteger,
  labelType: maybeOneOf('QR', 'Barcode'),
  warehouse: z.nullish(WarehouseOfShipment),
  order: z.nullish(OrderOfShipment),
});
export type Shipment = z.infer<typeof Shipment>;

export const Shipments = listOf(Shipment);
