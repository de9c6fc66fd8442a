import * as z from 'zod/mini';

/**
 * A shipment at Winkelstraat that concerns a forwarding: it is in the order of the article's buyer, or it carries the
 * label of the forwarding itself. Seldom is it in the order of the return.
 */
export const RelatedShipment = z.object({
  orderId: z.string(),
  shipmentId: z.string(),
  track: z.string(),
  delivered: z.boolean(),
  /** How new the telling is: the latest date of the shipment, ISO 8601 UTC. */
  at: z.string(),
});
export type RelatedShipment = z.infer<typeof RelatedShipment>;
