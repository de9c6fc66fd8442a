/** Listings: articles that customers want to return and that wait for a buyer. */
import * as z from 'zod/mini';
import { cancelReasons, returnReasons } from '../../facts/vendor-terms.ts';
import { endpoint } from '../endpoint.ts';
import { IgfListing, listOf } from './answers.ts';
import { CustomerRequest, requiredText } from './requests.ts';

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
  endpoint('availableListings', 'GET /listings', {
    evidence: 'client',
    query: z.strictObject({ ip: z.optional(z.string()) }),
    answer: listOf(IgfListing),
  });

/** Creates a listing, and its customer if the email and address are new. Twice makes two listings. */
export const create = () =>
  endpoint('createListing', 'POST /listings', { evidence: 'doc', body: ListingRequest, answer: IgfListing });

/** Every listing, bought or not, that was created with this `listingWebshopOrderId`. */
export const ofWebshopOrder = () =>
  endpoint('findListings', 'GET /listings/all', {
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
  endpoint('listingsByProducts', 'GET /listings/product', {
    evidence: 'client',
    query: z.strictObject({ ids: z.array(z.int32()).check(z.minLength(1)) }),
    answer: listOf(IgfListing),
    request: (productIds: number[]) => ({ query: { ids: productIds } }),
  });

export const get = () => endpoint('getListing', 'GET /listings/{id:int32}', { answer: IgfListing });

/** Changes price, discount or availability; what is absent or null stays as it is. */
export const update = () =>
  endpoint('updateListing', 'PUT /listings/{id:int32}', {
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
  endpoint('deleteListing', 'DELETE /listings/{id:int32}', { answer: z.optional(listOf(IgfListing)) });

/** Every listing of the sku, of any customer and order. */
export const ofSku = () =>
  endpoint('listingsBySku', 'GET /listings/sku/{skuId:text}', {
    evidence: 'client',
    answer: listOf(IgfListing),
  });

export const ofSender = () =>
  endpoint('listingsByCustomer', 'GET /listings/customer/{customerId:int32}', { answer: listOf(IgfListing) });

/** The listings of a product, whose id must be an integer here, though it is a text everywhere else. */
export const ofProduct = () =>
  endpoint('listingsByProduct', 'GET /listings/product/{productId:int32}', {
    evidence: 'client',
    answer: listOf(IgfListing),
  });

/** Cancels a listing with its order and shipment, by default on behalf of the customer. Refused once shipped. */
export const cancel = () =>
  endpoint('cancelListing', 'PUT /listings/cancel/{listingId:int32}', {
    body: z.strictObject({ cancelReason: z.optional(z.enum(cancelReasons)) }),
    answer: IgfListing,
    request: (cancelReason: CancelReason = 'USER_CANCELLED') => ({ body: { cancelReason } }),
  });

/** A listing by its nanoId, which the document types as an integer; nanoIds elsewhere are texts, so both go. */
export const getByNanoId = () =>
  endpoint('getListingByNanoId', 'GET /listings/nanoId/{id:idOrText}', { answer: IgfListing });
