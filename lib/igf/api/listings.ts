/** Listings: articles that customers want to return and that wait for a buyer. */
import * as z from 'zod/mini';
import { cancelReasons, returnReasons } from '../../facts/vendor-terms.ts';
import { endpoint } from '../endpoint.ts';
import { IgfListing, listOf } from './answers.ts';
import { CustomerRequest, requiredText } from './requests.ts';

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

type CancelReason = (typeof cancelReasons)[number];

/** Every listing that is still available; with a buyer's IP address only those of senders in its country. */
export const available = () =>
  endpoint(1, 'availableListings', 'GET /listings', {
    title: 'Get all listings that are still available.',
    evidence: 'client',
    query: z.strictObject({ ip: z.optional(z.string()) }),
    answer: listOf(IgfListing),
  });

/** Creates a listing, and its customer if the email and address are new. Twice makes two listings. */
export const create = () =>
  endpoint(2, 'createListing', 'POST /listings', {
    title: 'Create a new listing',
    evidence: 'doc',
    body: ListingRequest,
    answer: IgfListing,
  });

/** Every listing, bought or not, that was created with this `listingWebshopOrderId`. */
export const ofWebshopOrder = () =>
  endpoint(3, 'findListings', 'GET /listings/all', {
    title: 'Get all listings that have ever been listed.',
    query: z.strictObject({ listingWebshopOrderId: z.string() }),
    answer: listOf(IgfListing),
    request: (listingWebshopOrderId: string) => ({ query: { listingWebshopOrderId } }),
  });

/** Every listing, bought or not; or those with these ids, or of this webshop order. */
export const all = () => ({
  ...ofWebshopOrder(),
  query: z.strictObject({
    ids: z.optional(z.array(z.int32())),
    listingWebshopOrderId: z.optional(z.string()),
  }),
  request: (query: { ids?: number[]; listingWebshopOrderId?: string } = {}) => ({ query }),
});

/** The listings of some products. Product ids must be integers here, though they are texts everywhere else. */
export const ofProducts = () =>
  endpoint(4, 'listingsByProducts', 'GET /listings/product', {
    title: 'Get all listings with by product ids.',
    evidence: 'client',
    query: z.strictObject({ ids: z.array(z.int32()).check(z.minLength(1)) }),
    answer: listOf(IgfListing),
    request: (productIds: number[]) => ({ query: { ids: productIds } }),
  });

export const get = () =>
  endpoint(5, 'getListing', 'GET /listings/{id:int32}', {
    title: 'Get a specific listing.',
    answer: IgfListing,
  });

/** Changes price, discount or availability; what is absent or null stays as it is. */
export const update = () =>
  endpoint(6, 'updateListing', 'PUT /listings/{id:int32}', {
    title: 'Update a specific listing.',
    evidence: 'client',
    body: z.strictObject({
      originalPrice: z.nullish(z.number()),
      status: z.nullish(z.enum(['Available', 'Pending'])),
      lastUpdateDiscount: z.nullish(z.iso.datetime({ offset: true })),
      discountValue: z.nullish(z.number()),
      discountPercentage: z.nullish(z.number()),
      discountCurrency: z.nullish(z.string()),
    }),
    answer: IgfListing,
  });

export const remove = () =>
  endpoint(7, 'deleteListing', 'DELETE /listings/{id:int32}', {
    title: 'Delete a specific listing.',
    answer: z.optional(listOf(IgfListing)),
  });

/** Every listing of the sku, of any customer and order. */
export const ofSku = () =>
  endpoint(8, 'listingsBySku', 'GET /listings/sku/{skuId:text}', {
    title: 'Get listings by SKU ID.',
    evidence: 'client',
    answer: listOf(IgfListing),
  });

export const ofSender = () =>
  endpoint(9, 'listingsByCustomer', 'GET /listings/customer/{customerId:int32}', {
    title: 'Get listings by customer ID.',
    answer: listOf(IgfListing),
  });

/** The listings of a product, whose id must be an integer here, though it is a text everywhere else. */
export const ofProduct = () =>
  endpoint(10, 'listingsByProduct', 'GET /listings/product/{productId:int32}', {
    title: 'Get listings by product ID.',
    evidence: 'client',
    answer: listOf(IgfListing),
  });

/** Cancels a listing with its order and shipment, by default on behalf of the customer. Refused once shipped. */
export const cancel = () =>
  endpoint(11, 'cancelListing', 'PUT /listings/cancel/{listingId:int32}', {
    title: 'Cancel a listing with the given Id',
    body: z.strictObject({ cancelReason: z.optional(z.enum(cancelReasons)) }),
    answer: IgfListing,
    request: (cancelReason: CancelReason = 'USER_CANCELLED') => ({ body: { cancelReason } }),
  });

/** A listing by its nanoId, which the document types as an integer; nanoIds elsewhere are texts, so both go. */
export const getByNanoId = () =>
  endpoint(12, 'getListingByNanoId', 'GET /listings/nanoId/{id:idOrText}', {
    title: 'Get a specific listing by its nanoId.',
    answer: IgfListing,
  });
