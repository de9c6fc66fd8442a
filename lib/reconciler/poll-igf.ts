import { ordersOf, shipmentFactsOf } from '../actions/sale.ts';
import { transientAnswerSeconds } from '../config/timing.ts';
import type { IgfFact, IgfListingFact } from '../facts/igf-facts.ts';
import { IgfContractError, IgfError, isUnexpected } from '../igf/errors.ts';
import type { Igf } from '../igf/worker-igf.ts';
import type { ReturnItem } from '../returns/return-item.ts';
import { listingFact, orderFact } from '../webhooks/igf/facts.ts';

/** The facts in IGF's answers, and the error that ended the poll early, if any. */
interface PollResult {
  facts: IgfFact[];
  error?: IgfError;
}

/** The most calls in one poll: the listing (by two paths), its orders and its shipments. */
export const mostCalls = 4;

/** The listing by its id. When that path does not answer as expected, it is looked up among the listings of its sku. */
async function listingOf(igf: Igf, listingId: number, sku: string | undefined): Promise<IgfFact> {
  try {
    return listingFact(await igf.listings.get(listingId));
  } catch (error) {
    if (!isUnexpected(error) || sku === undefined) throw error;
    const found = (await igf.listings.ofSku(sku)).find(({ id }) => id === listingId);
    if (!found) throw error;
    return listingFact(found);
  }
}

/** Whether nobody can have bought it: it is available, names no receiver, and its matching deadline has not passed. */
const isUnmatched = ({ status, receiverId, matchingDeadline }: IgfListingFact, now: string): boolean =>
  (status === 'Available' || status === 'Pending') &&
  receiverId === undefined &&
  (matchingDeadline === undefined || matchingDeadline > now);

/** Whether the answer may soon change: after an outage, and for a day when it does not match the document. */
const isTransient = (error: unknown, { updatedAt }: IgfListingFact, now: string): boolean => {
  if (!isUnexpected(error)) return true;
  if (!(error instanceof IgfContractError) || updatedAt === undefined) return false;
  return Date.parse(now) - Date.parse(updatedAt) < transientAnswerSeconds.explaining * 1000;
};

/**
 * The facts of the listing alone, without an answer about its orders. Only the order says why a listing was cancelled:
 * a parcel that the carrier lost would look like a return that its sender cancelled. So a cancelled listing waits for
 * its orders, unless IGF will never answer about them.
 */
const withoutOrders = (fact: IgfFact, error: unknown, now: string): IgfFact[] => {
  const { listing = {} } = fact;
  return listing.status === 'Cancelled' && isTransient(error, listing, now) ? [] : [fact];
};

/**
 * Polls IGF about a listing, and about orders and shipments if there can be any. The fact with `polledAt`, from which
 * the end of matching is concluded, is there only when IGF has answered every call.
 */
export async function pollIgf(
  { listingId, listedAs }: Pick<ReturnItem, 'listedAs'> & { listingId: number },
  igf: Igf,
  polledAt: string,
): Promise<PollResult> {
  const facts: IgfFact[] = [];
  try {
    const listing = await listingOf(igf, listingId, listedAs?.sku);
    const isForSale = isUnmatched(listing.listing ?? {}, polledAt);
    const orders = isForSale
      ? []
      : await ordersOf(igf, listingId).catch((error: unknown) => {
          facts.push(...withoutOrders(listing, error, polledAt));
          throw error;
        });
    facts.push(listing, ...orders.map((order) => orderFact(order)));
    if (orders.some(({ status }) => status !== 'Matched')) {
      facts.push(...(await shipmentFactsOf(igf, listingId, orders)));
    }
    facts.push({ kind: 'igf', listingId, polledAt });
    return { facts };
  } catch (error) {
    if (error instanceof IgfError) return { facts, error };
    throw error;
  }
}
