import * as z from 'zod/mini';
import { maybeInteger, maybeText, maybeWord } from './answer-fields.ts';
import { Address } from './customer.ts';

/** Answer of "Get tenant information"; the keys are IGF's. */
export const TenantInfo = z.looseObject({
  Name: maybeText,
  'Number of listings': maybeInteger,
  'Number of orders': maybeInteger,
  'Number of shipments': maybeInteger,
  'Handin Period': z.nullish(z.union([z.string(), z.number()])),
  'Matching Period': z.nullish(z.union([z.string(), z.number()])),
});
export type TenantInfo = z.infer<typeof TenantInfo>;

/**
 * Body of "Check if the given items can be forwarded". The document leaves the item collapsed: the two names are those
 * of its answer, and whatever else a tenant has agreed with IGF is passed on.
 */
export const ForwardableRequest = z.strictObject({
  items: z.optional(
    z.array(z.looseObject({ sku: z.optional(z.string()), productId: z.optional(z.string()) })),
  ),
  webshopOrderId: z.optional(z.string()),
  address: z.optional(Address),
});
export type ForwardableRequest = z.infer<typeof ForwardableRequest>;

/** What IGF says of one item; only `Available` means that it can be forwarded. */
export const Forwardable = z.looseObject({ sku: maybeText, productId: maybeText, status: maybeWord });
export type Forwardable = z.infer<typeof Forwardable>;
