import * as z from 'zod/mini';
import { Address } from './customer.ts';

/** One article of the question; its fields are those of the document's answer. */
const Item = z.object({ sku: z.string(), productId: z.optional(z.string()) });
export type Item = z.infer<typeof Item>;

/** Body of "Check if the given items can be forwarded": nothing is marked as required, and the sample's order id is a number. */
export const ForwardableRequest = z.object({
  items: z._default(z.array(Item), []),
  webshopOrderId: z.optional(z.union([z.string(), z.number()])),
  address: z.optional(z.partial(Address)),
});
