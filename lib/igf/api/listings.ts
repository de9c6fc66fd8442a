/** Listings: articles that customers want to return and that wait for a buyer. */
import * as z from 'zod/mini';
import { cancelReasons, returnReasons } from '../../facts/vendor-terms.ts';
import { endpoint } from '../endpoint.ts';
import { IgfListing, listOf } from './answers.ts';
import { CustomerRequest, pathText, requiredText } from './requests.ts';

/** Body of "Create a new listing". */
const ListingRequest = z.strictObject({
  sku: requiredText,
  productId: requiredText,
  listingWebshopOrderId: requiredText,
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

/** Body of "Cancel a listing with the given Id". */
const Cancellation = z.strictObject({ cancelReason: z.optional(z.enum(cancelReasons)) });
type CancelReason = (typeof cancelReasons)[number];

/** Creates a listing, and its customer if there is none with the same email and address. Twice makes two listings. */
export const create = () =>
  endpoint(2, 'createListing', 'POST /listings', 'Create a new listing', {
    evidence: 'doc',
    body: ListingRequest,
    answer: IgfListing,
    request: (listing: ListingRequest) => ({ body: listing }),
  });

/** Every listing, bought or not, that was created with this `listingWebshopOrderId`. */
export const ofWebshopOrder = () =>
  endpoint(3, 'findListings', 'GET /listings/all', 'Get all listings that have ever been listed.', {
    query: z.strictObject({ listingWebshopOrderId: z.string() }),
    answer: listOf(IgfListing),
    request: (listingWebshopOrderId: string) => ({ query: { listingWebshopOrderId } }),
  });

export const get = () =>
  endpoint(5, 'getListing', 'GET /listings/{id}', 'Get a specific listing.', {
    parameters: z.strictObject({ id: z.int32() }),
    answer: IgfListing,
    request: (listingId: number) => ({ parameters: { id: listingId } }),
  });

/** Every listing of the sku, of any customer and order. */
export const ofSku = () =>
  endpoint(8, 'listingsBySku', 'GET /listings/sku/{skuId}', 'Get listings by SKU ID.', {
    evidence: 'client',
    parameters: z.strictObject({ skuId: pathText }),
    answer: listOf(IgfListing),
    request: (sku: string) => ({ parameters: { skuId: sku } }),
  });

/** Cancels a listing with its order and shipment, by default on behalf of the customer. Refused once it is shipped. */
export const cancel = () =>
  endpoint(11, 'cancelListing', 'PUT /listings/cancel/{listingId}', 'Cancel a listing with the given Id', {
    parameters: z.strictObject({ listingId: z.int32() }),
    body: Cancellation,
    answer: IgfListing,
    request: (listingId: number, cancelReason: CancelReason = 'USER_CANCELLED') => ({
      parameters: { listingId },
      body: { cancelReason },
    }),
  });
