import * as z from 'zod/mini';
import type { ListingRequest } from '../returns/listing-request.ts';
import { operations } from './operations.ts';
import type { Transport } from './transport.ts';

const id = z.int();
/** Enum values may carry their description ("Labelled - when label is generated"): the first word is the value. */
export const firstWord = z.pipe(
  z.string(),
  z.transform((value) => value.trim().split(/[\s-]/)[0] ?? ''),
);

/** A listing as IGF answers it: only the id is relied on to be there, unknown fields are kept. */
export const Listing = z.looseObject({
  id,
  sku: z.nullish(z.string()),
  status: z.nullish(firstWord),
  receiverId: z.nullish(id),
  returnReasonComment: z.nullish(z.string()),
  sender: z.nullish(z.looseObject({ email: z.nullish(z.string()) })),
});
export type Listing = z.infer<typeof Listing>;

/** Titles say "all" where samples show one object: both are read as a list. */
const Listings = z.pipe(
  z.union([z.array(Listing), Listing]),
  z.transform((answer) => (Array.isArray(answer) ? answer : [answer])),
);

/** The listing operations that the bridge uses. */
export interface Listings {
  /** Creates a listing, and its customer if there is none with the same email and address. */
  create(request: ListingRequest): Promise<Listing>;
  get(listingId: number): Promise<Listing>;
  /** Every listing, bought or not, that was created with this `listingWebshopOrderId`. */
  ofWebshopOrder(webshopOrderId: string): Promise<Listing[]>;
  /** Every listing of the sku, of any customer and order. */
  ofSku(sku: string): Promise<Listing[]>;
  /** Cancels a listing with its order and shipment, on behalf of the customer. Refused once it is shipped. */
  cancel(listingId: number): Promise<void>;
}

export const listings = (send: Transport): Listings => ({
  create: (request) => send({ operation: operations.createListing, body: request, answer: Listing }),
  get: (listingId) =>
    send({ operation: operations.getListing, parameters: { id: listingId }, answer: Listing }),
  ofWebshopOrder: (webshopOrderId) =>
    send({
      operation: operations.findListings,
      query: { listingWebshopOrderId: webshopOrderId },
      answer: Listings,
    }),
  ofSku: (sku) => send({ operation: operations.listingsBySku, parameters: { skuId: sku }, answer: Listings }),
  cancel: async (listingId) => {
    await send({
      operation: operations.cancelListing,
      parameters: { listingId },
      body: { cancelReason: 'USER_CANCELLED' },
      answer: Listing,
    });
  },
});
