/** Listings: articles that customers want to return and that wait for a buyer. */
import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import * as operations from '../operations.ts';
import {
  Cancellation,
  type CancelReason,
  Listing,
  ListingRequest,
  Listings,
  ListingUpdate,
} from '../schemas/listing.ts';
import { idOrText, pathText } from '../schemas/request-fields.ts';

const ids = z.array(z.int32());
const ListingId = z.strictObject({ id: z.int32() });

/** Every listing that is still available; with a buyer's IP address only those of senders in its country. */
export const available = () =>
  endpoint({
    operation: operations.availableListings,
    query: z.strictObject({ ip: z.optional(z.string()) }),
    answer: Listings,
    request: (filter: { ip?: string } = {}) => ({ query: filter }),
  });

/** Creates a listing, and its customer if there is none with the same email and address. Twice makes two listings. */
export const create = () =>
  endpoint({
    operation: operations.createListing,
    body: ListingRequest,
    answer: Listing,
    request: (listing: ListingRequest) => ({ body: listing }),
  });

const EverListed = z.strictObject({ ids: z.optional(ids), listingWebshopOrderId: z.optional(z.string()) });

/** Every listing, bought or not; or those with these ids, or of this webshop order. */
export const all = () =>
  endpoint({
    operation: operations.findListings,
    query: EverListed,
    answer: Listings,
    request: (filter: { ids?: number[]; listingWebshopOrderId?: string } = {}) => ({ query: filter }),
  });

/** Every listing, bought or not, that was created with this `listingWebshopOrderId`. */
export const ofWebshopOrder = () =>
  endpoint({
    operation: operations.findListings,
    query: EverListed,
    answer: Listings,
    request: (listingWebshopOrderId: string) => ({ query: { listingWebshopOrderId } }),
  });

/** The listings of some products. Product ids must be integers here, though they are texts everywhere else. */
export const ofProducts = () =>
  endpoint({
    operation: operations.listingsByProducts,
    query: z.strictObject({ ids: ids.check(z.minLength(1)) }),
    answer: Listings,
    request: (productIds: number[]) => ({ query: { ids: productIds } }),
  });

export const get = () =>
  endpoint({
    operation: operations.getListing,
    parameters: ListingId,
    answer: Listing,
    request: (listingId: number) => ({ parameters: { id: listingId } }),
  });

/** Changes price, discount or availability; what is absent stays as it is. */
export const update = () =>
  endpoint({
    operation: operations.updateListing,
    parameters: ListingId,
    body: ListingUpdate,
    answer: Listing,
    request: (listingId: number, change: ListingUpdate) => ({ parameters: { id: listingId }, body: change }),
  });

export const remove = () =>
  endpoint({
    operation: operations.deleteListing,
    parameters: ListingId,
    answer: z.optional(Listings),
    request: (listingId: number) => ({ parameters: { id: listingId } }),
  });

/** Every listing of the sku, of any customer and order. */
export const ofSku = () =>
  endpoint({
    operation: operations.listingsBySku,
    parameters: z.strictObject({ skuId: pathText }),
    answer: Listings,
    request: (sku: string) => ({ parameters: { skuId: sku } }),
  });

/** The listings of a sender: who returns the article. */
export const ofSender = () =>
  endpoint({
    operation: operations.listingsByCustomer,
    parameters: z.strictObject({ customerId: z.int32() }),
    answer: Listings,
    request: (customerId: number) => ({ parameters: { customerId } }),
  });

/** The listings of a product, whose id must be an integer here, though it is a text everywhere else. */
export const ofProduct = () =>
  endpoint({
    operation: operations.listingsByProduct,
    parameters: z.strictObject({ productId: z.int32() }),
    answer: Listings,
    request: (productId: number) => ({ parameters: { productId } }),
  });

/** Cancels a listing with its order and shipment, by default on behalf of the customer. Refused once it is shipped. */
export const cancel = () =>
  endpoint({
    operation: operations.cancelListing,
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
  endpoint({
    operation: operations.getListingByNanoId,
    parameters: z.strictObject({ id: idOrText }),
    answer: Listing,
    request: (nanoId: number | string) => ({ parameters: { id: nanoId } }),
  });
