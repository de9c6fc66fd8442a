import * as z from 'zod/mini';
import type { EventType } from './vendor-terms.ts';

const optionalText = z.optional(z.string());

export const IgfListingFact = z.object({
  status: optionalText,
  /** The buyer's number at IGF. */
  receiverId: z.optional(z.number()),
  matchingDeadline: optionalText,
  updatedAt: optionalText,
});
export type IgfListingFact = z.infer<typeof IgfListingFact>;

export const IgfOrderFact = z.object({
  id: z.number(),
  status: optionalText,
  cancelReason: optionalText,
  /** The buyer's order in the webshop: what must be served from stock when the forwarding fails. */
  webshopOrderId: optionalText,
  returnDeadline: optionalText,
  updatedAt: optionalText,
});

export const IgfShipmentFact = z.object({
  id: z.number(),
  status: optionalText,
  /** The carrier's code of the shipment. */
  label: optionalText,
  updatedAt: optionalText,
});

/**
 * What ItGoesForward reports, in a webhook or an answer, by its own ids: pointers in the table lead from them to the
 * return. Fields that were not reported are absent. Times are ISO 8601 UTC.
 */
export interface IgfFact {
  kind: 'igf';
  /** The event that reported it. Absent in an answer. */
  event?: EventType | undefined;
  listingId?: number | undefined;
  igfOrderId?: number | undefined;
  igfShipmentId?: number | undefined;
  listing?: IgfListingFact | undefined;
  order?: z.infer<typeof IgfOrderFact> | undefined;
  shipment?: z.infer<typeof IgfShipmentFact> | undefined;
  /** When IGF was polled for everything it knows of the listing. */
  polledAt?: string | undefined;
}
