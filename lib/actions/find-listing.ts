import type { Listing } from '../igf/api/listings.ts';
import { IgfContractError, IgfPathError, IgfRejectedError } from '../igf/errors.ts';
import type { Igf } from '../igf/worker-igf.ts';
import { listingMark, type ReturnItem } from '../returns/return-item.ts';

type ListedAs = NonNullable<ReturnItem['listedAs']>;

/** Listings of the order; where that path does not answer as expected, all of the sku, which a public client uses. */
async function candidates(igf: Igf, { webshopOrderId, sku }: ListedAs): Promise<Listing[]> {
  try {
    return await igf.listings.ofWebshopOrder(webshopOrderId);
  } catch (error) {
    const unexpected =
      error instanceof IgfPathError || error instanceof IgfContractError || error instanceof IgfRejectedError;
    if (!unexpected) throw error;
    return igf.listings.ofSku(sku);
  }
}

/** The mark alone says whose a listing is; sku and sender guard against a comment that was copied. */
function isOurs(listing: Listing, item: ReturnItem, { sku, email }: ListedAs): boolean {
  const sender = listing.sender?.email;
  return (
    listing.returnReasonComment?.trimEnd().endsWith(listingMark(item)) === true &&
    (!listing.sku || listing.sku === sku) &&
    (!sender || sender.toLowerCase() === email.toLowerCase())
  );
}

/**
 * Asks IGF whether an earlier call of unknown outcome listed this return.
 * @returns its listing, or `undefined` when IGF answered cleanly and has none: then it was not created.
 * @throws IgfError when IGF gave no clean answer.
 */
export async function findListing(igf: Igf, item: ReturnItem): Promise<Listing | undefined> {
  const { listedAs } = item;
  if (!listedAs) return undefined;
  const ours = (await candidates(igf, listedAs)).filter((listing) => isOurs(listing, item, listedAs));
  return ours.sort((one, other) => one.id - other.id)[0];
}
