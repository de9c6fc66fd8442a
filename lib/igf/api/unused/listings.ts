/** Listings: the operations without a caller. `groups.ts` says why they are here. */
import * as z from 'zod/mini';
import { endpoint } from '../../endpoint.ts';
import { IgfListing, listOf } from '../answers.ts';
import { ofWebshopOrder } from '../listings.ts';
import { idOrText } from '../requests.ts';

/** Body of "Update a specific listing": all of it may be absent or null. */
const ListingUpdate = z.strictObject({
  originalPrice: z.nullish(z.number()),
  status: z.nullish(z.enum(['Available', 'Pending'])),
  lastUpdateDiscount: z.nullish(z.iso.datetime({ offset: true })),
  discountValue: z.nullish(z.number()),
  discountPercentage: z.nullish(z.number()),
  discountCurrency: z.nullish(z.string()),
});
type ListingUpdate = z.infer<typeof ListingUpdate>;

const Listings = listOf(IgfListing);

const ids = z.array(z.int32());
const ListingId = z.strictObject({ id: z.int32() });
const EverListed = z.strictObject({ ids: z.optional(ids), listingWebshopOrderId: z.optional(z.string()) });

/** Every listing that is still available; with a buyer's IP address only those of senders in its country. */
export const available = () =>
  endpoint(1, 'availableListings', 'GET /listings', 'Get all listings that are still available.', {
    evidence: 'client',
    query: z.strictObject({ ip: z.optional(z.string()) }),
    answer: Listings,
    request: (filter: { ip?: string } = {}) => ({ query: filter }),
  });

/** Every listing, bought or not; or those with these ids, or of this webshop order. */
export const all = () => ({
  ...ofWebshopOrder(),
  query: EverListed,
  request: (filter: z.infer<typeof EverListed> = {}) => ({ query: filter }),
});

/** The listings of some products. Product ids must be integers here, though they are texts everywhere else. */
export const ofProducts = () =>
  endpoint(4, 'listingsByProducts', 'GET /listings/product', 'Get all listings with by product ids.', {
    evidence: 'client',
    query: z.strictObject({ ids: ids.check(z.minLength(1)) }),
    answer: Listings,
    request: (productIds: number[]) => ({ query: { ids: productIds } }),
  });

/** Changes price, discount or availability; what is absent stays as it is. */
export const update = () =>
  endpoint(6, 'updateListing', 'PUT /listings/{id}', 'Update a specific listing.', {
    evidence: 'client',
    parameters: ListingId,
    body: ListingUpdate,
    answer: IgfListing,
    request: (listingId: number, change: ListingUpdate) => ({ parameters: { id: listingId }, body: change }),
  });

export const remove = () =>
  endpoint(7, 'deleteListing', 'DELETE /listings/{id}', 'Delete a specific listing.', {
    parameters: ListingId,
    answer: z.optional(Listings),
    request: (listingId: number) => ({ parameters: { id: listingId } }),
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

/** A listing by its nanoId, which the document types as an integer; nanoIds elsewhere are texts, so both go. */
export const getByNanoId = () =>
  endpoint(12, 'getListingByNanoId', 'GET /listings/nanoId/{id}', 'Get a specific listing by its nanoId.', {
    parameters: z.strictObject({ id: idOrText }),
    answer: IgfListing,
    request: (nanoId: number | string) => ({ parameters: { id: nanoId } }),
  });
