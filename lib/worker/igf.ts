import { type IgfClient, igfClient } from '../igf/client.ts';
import { cancel, create, get, ofSku, ofWebshopOrder } from '../igf/groups/listings.ts';
import type { TransportOptions } from '../igf/transport.ts';

/** What a worker calls at IGF. Only these operations are in its bundle. */
export const workerOperations = { listings: { create, get, ofWebshopOrder, ofSku, cancel } };

type Client = IgfClient<typeof workerOperations>;

/** What a worker relies on of the listing operations. */
export type Listings = Omit<Client['listings'], 'cancel'> & {
  /** Cancels a listing with its order and shipment, on behalf of the customer. */
  cancel(listingId: number): Promise<unknown>;
};

/** ItGoesForward as a worker sees it. */
export interface Igf {
  readonly listings: Listings;
}

export const workerIgf = (options: TransportOptions): Igf => igfClient(options, workerOperations);
