import * as z from 'zod/mini';

/**
 * A shipment of another order that a listed article could serve in the warehouse's place, and how far that got. A piece
 * of the shipment is taken and given back under `token`, so that what one attempt took no other gives back.
 */
export const Match = z.object({
  /** The buyer's order and its shipment, at Winkelstraat. */
  orderId: z.string(),
  shipmentId: z.string(),
  token: z.string(),
  phase: z.enum([
    /** A piece of the shipment may be taken. */
    'wanted',
    /** A piece of the shipment is taken; nothing is ordered. */
    'held',
    /** The order is being placed at IGF, or was and nobody knows. */
    'placing',
    /** The order is placed at IGF, and is to be confirmed or rejected. */
    'committed',
    'confirmed',
    /** Nothing is ordered (any more); the piece is to be given back. */
    'dropping',
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
