import * as z from 'zod/mini';
import { CustomerRequest } from './customer.ts';

const text = z.string().check(z.minLength(1));
const count = z.int32().check(z.minimum(1));

const ReturnReason = z.enum([
  'color',
  'too_small',
  'too_big',
  'broken',
  'style',
  'not_what_expected',
  'changed_my_mind',
  'other_good_condition',
  'other_bad_condition',
  'no_reason',
  'wrong_item',
]);

/** Body of "Create a new listing". */
export const ListingRequest = z.object({
  sku: text,
  productId: text,
  listingWebshopOrderId: text,
  returnReason: ReturnReason,
  returnReasonComment: z.optional(z.string()),
  originalPrice: z.number(),
  quantity: z.optional(count),
  maxQuantity: z.optional(count),
  customer: CustomerRequest,
});
export type ListingRequest = z.infer<typeof ListingRequest>;

/** Body of "Update a specific listing": every field may be absent or null. */
export const ListingUpdate = z.object({
  originalPrice: z.nullish(z.number()),
  status: z.nullish(z.enum(['Available', 'Pending'])),
  lastUpdateDiscount: z.nullish(z.iso.datetime({ offset: true })),
  discountValue: z.nullish(z.number()),
  discountPercentage: z.nullish(z.number()),
  discountCurrency: z.nullish(text),
});
export type ListingUpdate = z.infer<typeof ListingUpdate>;

const CancelReason = z.enum([
  'NOT_DELIVERED_BY_CARRIER',
  'CUSTOMER_BANNED',
  'MATCHING_PERIOD_PASSED',
  'RETURN_DEADLINE_PASSED',
  'USER_CANCELLED',
]);
export type CancelReason = z.infer<typeof CancelReason>;

/** Body of "Cancel a listing". The document does not mark the reason as required. */
export const ListingCancellation = z.object({ cancelReason: z.optional(CancelReason) });
