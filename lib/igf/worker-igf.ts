import * as info from './api/info.ts';
import * as listings from './api/listings.ts';
import * as orders from './api/orders.ts';
import * as returns from './api/returns.ts';
import * as shipments from './api/shipments.ts';
import { type IgfClient, type IgfClientOptions, igfClient } from './client.ts';

/** The operations that a worker calls. Its bundle has no others. */
export const workerOperations = {
  listings: {
    create: listings.create,
    ofWebshopOrder: listings.ofWebshopOrder,
    get: listings.get,
    ofSku: listings.ofSku,
    cancel: listings.cancel,
  },
  info: { forwardable: info.forwardable },
  orders: {
    ofListing: orders.ofListing,
    get: orders.get,
    commit: orders.commit,
    confirm: orders.confirm,
    reject: orders.reject,
  },
  returns: { all: returns.all, create: returns.create },
  shipments: {
    ofListing: shipments.ofListing,
    get: shipments.get,
    setDelivered: shipments.setDelivered,
  },
};

/** ItGoesForward as a worker sees it. */
export type Igf = IgfClient<typeof workerOperations>;

export const workerIgf = (options: IgfClientOptions): Igf => igfClient(options, workerOperations);
