import * as z from 'zod/mini';

/**
 * A shipment of another order that a listed article could serve in the warehouse's place, and how far that got. A unit
 * of the shipment is reserved and released under `token`, so that no attempt releases what another one reserved.
 */
export const Match = z.object({
  /** The buyer's order and its shipment, at Winkelstraat. */
  orderId: z.string(),
  shipmentId: z.string(),
  token: z.string(),
  phase: z.enum([
    /** A unit of the shipment may be reserved. */
    'requested',
    /** A unit of the shipment is reserved; nothing is ordered. */
    'reserved',
    /** The order is being placed at IGF, or its outcome is unknown. */
    'ordering',
    /** The order is placed at IGF, and is to be confirmed or rejected. */
    'committed',
    'confirmed',
    /** Nothing is ordered (any more); the unit is to be given back. */
    'releasing',
  ]),
  igfOrderId: z.optional(z.number()),
  /** The shipment can not wait (any more): it is collected, say. */
  unwanted: z.optional(z.boolean()),
  /** IGF would not have it: the two are not matched again. */
  refused: z.optional(z.boolean()),
});
export type Match = z.infer<typeof Match>;

/** How a shipment is named on a return that can not serve it. */
export const shipmentName = ({ orderId, shipmentId }: { orderId: string; shipmentId: string }): string =>
  `${orderId}/${shipmentId}`;
