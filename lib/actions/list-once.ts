import type { IgfListing } from '../igf/api/answers.ts';
import type { ListingRequest } from '../igf/api/listings.ts';
import { IgfRequestError, isUnexpected } from '../igf/errors.ts';
import type { Igf } from '../igf/worker-igf.ts';
import { listingMark, listingNumber, senderFingerprint } from '../returns/listing-request.ts';
import type { ReturnItem } from '../returns/return-item.ts';
import { rivalsOf } from '../returns/units.ts';
import { type ActionContext, busy, type Outcome } from './action.ts';

/**
 * Lists no unit twice, although the returns of an order are listed by several workers at once.
 *
 * A claim is conditional on the revision of its own return, so two workers could each claim another return of one unit.
 * Therefore a worker rewrites the rivals before it claims: the returns that could be listed too, if there are too few
 * units for all. A rewrite changes only the revision, on condition of the one that the decision was made from.
 *
 * Why no two of them are claimed: take the later of two claims, by the worker of X, and the earlier, by that of Y.
 * - If the worker of X knew Y, it rewrote Y while nobody had claimed Y. So Y was claimed after this, by a worker that
 *   also read the order after this, knew X, and rewrote X first. Then the claim of X, which came later, failed.
 * - If it did not know Y, then Y was recorded after it read the order. The worker of Y read the order later still, knew
 *   X, and rewrote X before it claimed Y. Then the claim of X failed.
 *
 * A claim that was written with the facts of its return comes before any rewrite. So its worker reads the order after the
 * claim, and goes on only if no rival is known then: one that is recorded later finds the claim.
 *
 * A worker that crashes after a rewrite has done nothing. Of two workers that rewrite each other's return both fail:
 * that of the first return decides again, and the other message is retried.
 * @returns `changed` when another worker wrote one of the rivals meanwhile, so the decision may be wrong
 */
export async function touchRivals({
  order,
  item,
  dependencies: { table },
}: ActionContext): Promise<'touched' | 'changed'> {
  for (const content of rivalsOf(order, item)) {
    if ((await table.write({ kind: 'return', content })) === 'changed') return 'changed';
  }
  return 'touched';
}

const retryMs = 1000;

/** The outcome of a claim that failed, when a rival comes before the return; otherwise the return is decided again. */
export function giveWay({ order, item }: ActionContext): Outcome | undefined {
  const isBehind = rivalsOf(order, item).some(
    (rival) => order.returns.indexOf(rival) < order.returns.indexOf(item),
  );
  return isBehind ? busy('another return of its article may be listed first', retryMs) : undefined;
}

type ListedAs = NonNullable<ReturnItem['listedAs']>;

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
    // A look that was not sent says nothing.
    if (isUnexpected(error) && !(error instanceof IgfRequestError)) return undefined;
    throw error;
  }
}

/** The mark identifies return and listing. Sku and sender are checked too, in case somebody copied a comment. */
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
 * Looks whether an earlier call of unknown outcome listed this return: among the listings of the order, and if that
 * answer is not sure, among those of the sku, by a path that a public client uses. An empty answer is not sure where
 * the query had to encode the order number, because IGF may compare the encoded text.
 * @returns `undefined` when IGF answered cleanly and has none: then the call created nothing
 * @throws IgfError when IGF gave no clean answer
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
