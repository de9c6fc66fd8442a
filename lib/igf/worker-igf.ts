import { forwardable } from './api/info.ts';
import { cancel, create, get, ofSku, ofWebshopOrder } from './api/listings.ts';
import { commit, confirm, get as getOrder, ofListing as ordersOfListing, reject } from './api/orders.ts';
import { all as allReturns, create as createReturn } from './api/returns.ts';
import { get as getShipment, setDelivered, ofListing as shipmentsOfListing } from './api/shipments.ts';
import { type IgfClient, type IgfClientOptions, igfClient } from './client.ts';

/** The operations that a worker calls. Its bundle has no others. */
export const workerOperations = {
  listings: { create, get, ofWebshopOrder, ofSku, cancel },
  info: { forwardable },
  orders: { get: getOrder, ofListing: ordersOfListing, commit, confirm, reject },
  returns: { all: allReturns, create: createReturn },
  shipments: { get: getShipment, ofListing: shipmentsOfListing, setDelivered },
};

type Client = IgfClient<typeof workerOperations>;

/** The listing operations as a worker uses them. */
export type Listings = Omit<Client['listings'], 'cancel'> & {
  /** Cancels a listing with its order and shipment, on behalf of the customer. */
  cancel(listingId: number): Promise<unknown>;
};

/** ItGoesForward as a worker sees it. */
export interface Igf {
  readonly listings: Listings;
  readonly info: Client['info'];
  readonly orders: Client['orders'];
  readonly returns: Client['returns'];
  readonly shipments: Client['shipments'];
}

export const workerIgf = (options: IgfClientOptions): Igf => igfClient(options, workerOperations);
