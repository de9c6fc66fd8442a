import * as z from 'zod/mini';
import { transientAnswerSeconds } from '../config/timing.ts';
import type { IgfFact, IgfListingFact } from '../facts/igf-facts.ts';
import { IgfContractError, IgfError, IgfPathError, isRefusal } from '../igf/errors.ts';
import type { Igf } from '../igf/worker-igf.ts';
import type { ReturnItem } from '../returns/return-item.ts';
import { listingFact, orderFact, shipmentFact } from '../webhooks/igf/facts.ts';
import { ListingEvent, OrderEvent, ShipmentEvent } from '../webhooks/igf/payloads.ts';

/** What IGF answered, and what went wrong when it did not answer all of it. */
export interface PollResult {
  facts: IgfFact[];
  error?: IgfError;
}

/** The most calls that asking about one return takes: the listing, by two paths, its orders and its shipments. */
export const mostCalls = 4;

/** IGF answered, and not as its document says: asking again will not change it. */
const isUnexpected = (error: unknown): boolean =>
  error instanceof IgfPathError || error instanceof IgfContractError || isRefusal(error);

/** The listing by its id; where that path does not answer as expected, among those of its sku. */
async function listingOf(igf: Igf, listingId: number, sku: string | undefined): Promise<IgfFact> {
  const read = (listing: unknown): IgfFact => listingFact(z.parse(ListingEvent, listing));
  try {
    return read(await igf.listings.get(listingId));
  } catch (error) {
    if (!isUnexpected(error) || sku === undefined) throw error;
    const found = (await igf.listings.ofSku(sku)).find(({ id }) => id === listingId);
    if (!found) throw error;
    return read(found);
  }
}

/** Nobody can have bought it: it is on offer, names no receiver, and there is still time. */
const isOnlyOffered = ({ status, receiverId, matchingDeadline }: IgfListingFact, now: string): boolean =>
  (status === 'Available' || status === 'Pending') &&
  receiverId === undefined &&
  (matchingDeadline === undefined || matchingDeadline > now);

/** Whether an answer may be another one soon: an outage, and for a day what does not match the document. */
const isPassing = (error: unknown, { updatedAt }: IgfListingFact, now: string): boolean => {
  if (!isUnexpected(error)) return true;
  if (!(error instanceof IgfContractError) || updatedAt === undefined) return false;
  return Date.parse(now) - Date.parse(updatedAt) < transientAnswerSeconds.explaining * 1000;
};

/**
 * What is left to tell when the orders were not answered. Why a listing is cancelled stands in its order: a parcel that the
 * carrier lost would be taken for a return that its sender cancelled, so that waits for the orders, unless they are not to be had.
 */
const withoutOrders = (fact: IgfFact, error: unknown, now: string): IgfFact[] => {
  const { listing = {} } = fact;
  return listing.status === 'Cancelled' && isPassing(error, listing, now) ? [] : [fact];
};

/**
 * Asks IGF what it knows of a return's listing, no further than there can be something to learn. `polledAt` is told only
 * when IGF answered all of it: it is what an end of matching is concluded from.
 * The paths of orders and shipments are inferred, and both answer everything of the tenant without their filter: what is
 * not of this listing is left out.
 */
export async function pollIgf(
  { listingId, listedAs }: Pick<ReturnItem, 'listedAs'> & { listingId: number },
  igf: Igf,
  polledAt: string,
): Promise<PollResult> {
  const facts: IgfFact[] = [];
  try {
    const listing = await listingOf(igf, listingId, listedAs?.sku);
    if (isOnlyOffered(listing.listing ?? {}, polledAt)) {
      facts.push(listing);
    } else {
      const answered = await igf.orders.ofListing(listingId).catch((error: unknown) => {
        facts.push(...withoutOrders(listing, error, polledAt));
        throw error;
      });
      facts.push(listing);
      const orders = answered
        .map((order) => orderFact(z.parse(OrderEvent, order)))
        .filter((order) => order.listingId === listingId);
      facts.push(...orders);
      if (orders.some(({ order }) => order?.status !== 'Matched')) {
        const ids = orders.map(({ igfOrderId }) => igfOrderId);
        const shipments = (await igf.shipments.ofListing(listingId))
          .map((shipment) => shipmentFact(z.parse(ShipmentEvent, shipment)))
          .filter(({ igfOrderId }) => ids.includes(igfOrderId));
        facts.push(...shipments);
      }
    }
    facts.push({ kind: 'igf', listingId, polledAt });
    return { facts };
  } catch (error) {
    if (error instanceof IgfError) return { facts, error };
    throw error;
  }
}
