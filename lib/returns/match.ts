import * as z from 'zod/mini';

/**
 * A shipment of another order that a listed article could serve instead of the warehouse, and the phase of
 * this match. A unit of the shipment is reserved and released under `token`, so that no attempt releases
 * another attempt's reservation.
 */
export const Match = z.object({
  /** The buyer's order and shipment at Winkelstraat. */
  orderId: z.string(),
  shipmentId: z.string(),
  token: z.string(),
  phase: z.enum([
    /** A unit of the shipment may be reserved. */
    'requested',
    /** A unit of the shipment is reserved; nothing is ordered. */
    'reserved',
    /** The order is being placed at IGF, or the outcome of that call is unknown. */
    'ordering',
    /** The order is placed at IGF, and must be confirmed or rejected. */
    'committed',
    'confirmed',
    /** Nothing is ordered (any more), and the unit must be released. */
    'releasing',
  ]),
  igfOrderId: z.optional(z.number()),
  /** The shipment can not wait (any more); for example, it was collected. */
  unwanted: z.optional(z.boolean()),
  /** IGF refused the order, so the bridge does not match these two again. */
  refused: z.optional(z.boolean()),
});
export type Match = z.infer<typeof Match>;

/** The name of a shipment in a return's `declinedShipments`. */
export const shipmentName = ({ orderId, shipmentId }: { orderId: string; shipmentId: string }): string =>
  `${orderId}/${shipmentId}`;
