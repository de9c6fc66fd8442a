/** Listings: articles that customers want to return and that wait for a buyer. */
import * as z from 'zod/mini';
import { returnReasons } from '../../facts/vendor-terms.ts';
import { endpoint } from '../endpoint.ts';
import {
  id,
  idOrText,
  isoDateTime,
  listOf,
  maybeDateTime,
  maybeInteger,
  maybeNumber,
  maybeOneOf,
  maybeText,
  maybeWord,
  pathText,
  requiredText,
} from './fields.ts';
import { CustomerRequest, Party } from './shapes.ts';

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

/** Body of "Update a specific listing": all of it may be absent or null. */
const ListingUpdate = z.strictObject({
  originalPrice: z.nullish(z.number()),
  status: z.nullish(z.enum(['Available', 'Pending'])),
  lastUpdateDiscount: z.nullish(isoDateTime),
  discountValue: z.nullish(z.number()),
  discountPercentage: z.nullish(z.number()),
  discountCurrency: z.nullish(z.string()),
});
type ListingUpdate = z.infer<typeof ListingUpdate>;

/** Body of "Cancel a listing with the given Id". */
const Cancellation = z.strictObject({
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
type CancelReason = NonNullable<z.infer<typeof Cancellation>['cancelReason']>;

/** A listing as IGF answers it and sends it by webhook. It does not carry the webshop order that it was created with. */
const Listing = z.looseObject({
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

const Listings = listOf(Listing);

const findListings = [
  3,
  'findListings',
  'GET /listings/all',
  'Get all listings that have ever been listed.',
] as const;

const ids = z.array(z.int32());
const ListingId = z.strictObject({ id: z.int32() });

/** Every listing that is still available; with a buyer's IP address only those of senders in its country. */
export const available = () =>
  endpoint(1, 'availableListings', 'GET /listings', 'Get all listings that are still available.', {
    evidence: 'client',
    query: z.strictObject({ ip: z.optional(z.string()) }),
    answer: Listings,
    request: (filter: { ip?: string } = {}) => ({ query: filter }),
  });

/** Creates a listing, and its customer if there is none with the same email and address. Twice makes two listings. */
export const create = () =>
  endpoint(2, 'createListing', 'POST /listings', 'Create a new listing', {
    evidence: 'doc',
    body: ListingRequest,
    answer: Listing,
    request: (listing: ListingRequest) => ({ body: listing }),
  });

const EverListed = z.strictObject({ ids: z.optional(ids), listingWebshopOrderId: z.optional(z.string()) });

/** Every listing, bought or not; or those with these ids, or of this webshop order. */
export const all = () =>
  endpoint(...findListings, {
    query: EverListed,
    answer: Listings,
    request: (filter: { ids?: number[]; listingWebshopOrderId?: string } = {}) => ({ query: filter }),
  });

/** Every listing, bought or not, that was created with this `listingWebshopOrderId`. */
export const ofWebshopOrder = () =>
  endpoint(...findListings, {
    query: EverListed,
    answer: Listings,
    request: (listingWebshopOrderId: string) => ({ query: { listingWebshopOrderId } }),
  });

/** The listings of some products. Product ids must be integers here, though they are texts everywhere else. */
export const ofProducts = () =>
  endpoint(4, 'listingsByProducts', 'GET /listings/product', 'Get all listings with by product ids.', {
    evidence: 'client',
    query: z.strictObject({ ids: ids.check(z.minLength(1)) }),
    answer: Listings,
    request: (productIds: number[]) => ({ query: { ids: productIds } }),
  });

export const get = () =>
  endpoint(5, 'getListing', 'GET /listings/{id}', 'Get a specific listing.', {
    parameters: ListingId,
    answer: Listing,
    request: (listingId: number) => ({ parameters: { id: listingId } }),
  });

/** Changes price, discount or availability; what is absent stays as it is. */
export const update = () =>
  endpoint(6, 'updateListing', 'PUT /listings/{id}', 'Update a specific listing.', {
    evidence: 'client',
    parameters: ListingId,
    body: ListingUpdate,
    answer: Listing,
    request: (listingId: number, change: ListingUpdate) => ({ parameters: { id: listingId }, body: change }),
  });

export const remove = () =>
  endpoint(7, 'deleteListing', 'DELETE /listings/{id}', 'Delete a specific listing.', {
    parameters: ListingId,
    answer: z.optional(Listings),
    request: (listingId: number) => ({ parameters: { id: listingId } }),
  });

/** Every listing of the sku, of any customer and order. */
export const ofSku = () =>
  endpoint(8, 'listingsBySku', 'GET /listings/sku/{skuId}', 'Get listings by SKU ID.', {
    evidence: 'client',
    parameters: z.strictObject({ skuId: pathText }),
    answer: Listings,
    request: (sku: string) => ({ parameters: { skuId: sku } }),
  });

/** The listings of a sender: who returns the article. */
export const ofSender = () =>
  endpoint(9, 'listingsByCustomer', 'GET /listings/customer/{customerId}', 'Get listings by customer ID.', {
    parameters: z.strictObject({ customerId: z.int32() }),
    answer: Listings,
    request: (customerId: number) => ({ parameters: { customerId } }),
  });

/** The listings of a product, whose id must be an integer here, though it is a text everywhere else. */
export const ofProduct = () =>
  endpoint(10, 'listingsByProduct', 'GET /listings/product/{productId}', 'Get listings by product ID.', {
    evidence: 'client',
    parameters: z.strictObject({ productId: z.int32() }),
    answer: Listings,
    request: (productId: number) => ({ parameters: { productId } }),
  });

/** Cancels a listing with its order and shipment, by default on behalf of the customer. Refused once it is shipped. */
export const cancel = () =>
  endpoint(11, 'cancelListing', 'PUT /listings/cancel/{listingId}', 'Cancel a listing with the given Id', {
    parameters: z.strictObject({ listingId: z.int32() }),
    body: Cancellation,
    answer: Listing,
    request: (listingId: number, cancelReason: CancelReason = 'USER_CANCELLED') => ({
      parameters: { listingId },
      body: { cancelReason },
    }),
  });

/** A listing by its nanoId, which the document types as an integer; nanoIds elsewhere are texts, so both go. */
export const getByNanoId = () =>
  endpoint(12, 'getListingByNanoId', 'GET /listings/nanoId/{id}', 'Get a specific listing by its nanoId.', {
    parameters: z.strictObject({ id: idOrText }),
    answer: Listing,
    request: (nanoId: number | string) => ({ parameters: { id: nanoId } }),
  });
