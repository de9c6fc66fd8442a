import type { IgfListing } from '../igf/api/answers.ts';
import type { ListingRequest } from '../igf/api/requests.ts';
import { IgfContractError, IgfPathError, IgfRejectedError } from '../igf/errors.ts';
import type { Igf } from '../igf/worker-igf.ts';
import { senderFingerprint } from '../returns/listing-request.ts';
import { listingMark, listingNumber, type ReturnItem } from '../returns/return-item.ts';

type ListedAs = NonNullable<ReturnItem['listedAs']>;

/** The values of a call by which its listing is found again. */
export const listedAs = (request: ListingRequest): ListedAs => ({
  webshopOrderId: request.listingWebshopOrderId,
  sku: request.sku,
  email: request.customer.email,
  reason: request.returnReason,
  price: request.originalPrice,
  sender: senderFingerprint(request.customer),
});

/** The listings of the order; `undefined` when that path does not answer as expected. */
async function listingsOfOrder(igf: Igf, webshopOrderId: string): Promise<IgfListing[] | undefined> {
  try {
    return await igf.listings.ofWebshopOrder(webshopOrderId);
  } catch (error) {
    const unexpected =
      error instanceof IgfPathError || error instanceof IgfContractError || error instanceof IgfRejectedError;
    if (unexpected) return undefined;
    throw error;
  }
}

/**
 * The mark identifies the return of a listing, and which of its listings it is. The sku and the sender are
 * checked too, in case somebody copied a comment. A return that lists anew never adopts a cancelled listing.
 */
function isOurs(listing: IgfListing, item: ReturnItem, { sku, email }: ListedAs): boolean {
  const sender = listing.sender?.email;
  const isEarlier = item.earlierListings?.some(({ listingId }) => listingId === listing.id) === true;
  return (
    !isEarlier &&
    (listingNumber(item) === 1 || listing.status !== 'Cancelled') &&
    listing.returnReasonComment?.trimEnd().endsWith(listingMark(item)) === true &&
    (!listing.sku || listing.sku === sku) &&
    (!sender || sender.toLowerCase() === email.toLowerCase())
  );
}

/** Whether a query carries the text as it is. */
const isPlain = (text: string): boolean => encodeURIComponent(text) === text;

/**
 * Looks at IGF whether an earlier call of unknown outcome listed this return: among the listings of the order, and
 * where their answer is not sure, among all listings of the sku, by a path that a public client uses. An empty answer
 * is not sure where the query had to encode the order number, because IGF may compare the encoded text.
 * @returns the listing, or `undefined` when IGF answered cleanly and has none: then the call created nothing
 * @throws IgfError when IGF gave no clean answer.
 */
export async function findListing(igf: Igf, item: ReturnItem): Promise<IgfListing | undefined> {
  const { listedAs } = item;
  if (!listedAs) return undefined;
  const { webshopOrderId, sku } = listedAs;
  const oursAmong = (listings: readonly IgfListing[]): IgfListing | undefined =>
    listings.filter((listing) => isOurs(listing, item, listedAs)).sort((one, other) => one.id - other.id)[0];
  const ofOrder = await listingsOfOrder(igf, webshopOrderId);
  const found = ofOrder && oursAmong(ofOrder);
  if (found || (ofOrder && isPlain(webshopOrderId))) return found;
  return oursAmong(await igf.listings.ofSku(sku));
}
