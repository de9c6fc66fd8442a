import * as z from 'zod/mini';
import { notAllowed } from '../errors.ts';
import { ban } from '../life/banning.ts';
import { cancel, lose } from '../life/ending.ts';
import type { Moment } from '../life/moment.ts';
import { forwardingWithId } from './reading.ts';

/** What ends a listing without any webhook. */
export const SilentEnd = z.strictObject({
  listingId: z.int32(),
  cancelReason: z.enum(['NOT_DELIVERED_BY_CARRIER', 'CUSTOMER_BANNED', 'MATCHING_PERIOD_PASSED']),
});

/** The carrier lost the parcel; IGF banned the sender, with all that they have open; nobody bought the listing in time. */
export function endSilently(moment: Moment, { listingId, cancelReason }: z.infer<typeof SilentEnd>): void {
  const forwarding = forwardingWithId(moment, listingId);
  const { listing, order } = forwarding;
  switch (cancelReason) {
    case 'NOT_DELIVERED_BY_CARRIER':
      lose(moment, forwarding);
      break;
    case 'CUSTOMER_BANNED':
      cancel(moment, forwarding, cancelReason);
      ban(moment, moment.store.customers.find(listing.senderId)?.email ?? '');
      break;
    case 'MATCHING_PERIOD_PASSED':
      if (order) throw notAllowed(`Listing ${listingId} was bought`);
      cancel(moment, forwarding, cancelReason);
  }
}
