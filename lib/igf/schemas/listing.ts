import * as z from 'zod/mini';
import { returnReasons } from '../return-reasons.ts';
import {
  id,
  listOf,
  maybeDateTime,
  maybeInteger,
  maybeNumber,
  maybeOneOf,
  maybeText,
  maybeWord,
} from './answer-fields.ts';
import { CustomerRequest, Party } from './customer.ts';
import { dateTime, text } from './request-fields.ts';

/** Body of "Create a new listing". */
export const ListingRequest = z.strictObject({
  sku: text,
  productId: text,
  listingWebshopOrderId: text,
  returnReason: z.enum(returnReasons),
  returnReasonComment: z.optional(z.string()),
  originalPrice: z.number(),
  /** How many of the article are returned. */
  quantity: z.optional(z.int()),
  /** How many of the article were ordered. */
  maxQuantity: z.optional(z.int()),
  customer: CustomerRequest,
});
export type ListingRequest = z.infer<typeof ListingRequest>;

/** Body of "Update a specific listing": all of it may be absent or null. */
export const ListingUpdate = z.strictObject({
  originalPrice: z.nullish(z.number()),
  status: z.nullish(z.enum(['Available', 'Pending'])),
  lastUpdateDiscount: z.nullish(dateTime),
  discountValue: z.nullish(z.number()),
  discountPercentage: z.nullish(z.number()),
  discountCurrency: z.nullish(z.string()),
});
export type ListingUpdate = z.infer<typeof ListingUpdate>;

/** Body of "Cancel a listing with the given Id". */
export const Cancellation = z.strictObject({
  cancelReason: z.optional(
    z.enum([
      'NOT_DELIVERED_BY_CARRIER',
      'CUSTOMER_BANNED',
      'MATCHING_PERIOD_PASSED',
      'RETURN_DEADLINE_PASSED',
      'USER_CANCELLED',
    ]),
  ),
});
export type CancelReason = NonNullable<z.infer<typeof Cancellation>['cancelReason']>;

/** A listing as IGF answers it and sends it by webhook. It does not carry the webshop order that it was created with. */
export const Listing = z.looseObject({
  id,
  sku: maybeText,
  productId: maybeText,
  categoryId: maybeInteger,
  receiverId: maybeInteger,
  senderId: maybeInteger,
  discountPercentage: maybeNumber,
  discountValue: maybeNumber,
  /** `currency` in newer versions. */
  discountCurrency: maybeText,
  carbonEmissionSavingPercentage: maybeNumber,
  carbonEmissionSavingKilograms: maybeNumber,
  matchingDeadline: maybeDateTime,
  /** The document lists no values; `Available`, `Pending` and `Cancelled` are known. */
  status: maybeWord,
  createdAt: maybeDateTime,
  updatedAt: maybeDateTime,
  originalPrice: maybeNumber,
  kilometersSaved: maybeNumber,
  returnReason: maybeOneOf(...returnReasons),
  returnReasonComment: maybeText,
  sender: z.nullish(Party),
  receiver: z.nullish(Party),
});
export type Listing = z.infer<typeof Listing>;

export const Listings = listOf(Listing);
