import { type Listings, listings } from './listings.ts';
import { igfTransport, type TransportOptions } from './transport.ts';

/** ItGoesForward's REST API, as far as the bridge uses it. */
export interface Igf {
  listings: Listings;
}

export function igfClient(options: TransportOptions): Igf {
  const send = igfTransport(options);
  return { listings: listings(send) };
}
