/** The retailer's configuration: the operations without a caller. `groups.ts` says why they are here. */
import * as z from 'zod/mini';
import { endpoint } from '../../endpoint.ts';
import { anything } from '../answers.ts';
import { country } from '../requests.ts';

const texts = z.array(z.string());

/** Body of "Update a retailer": the settings to change. */
const RetailerUpdate = z.strictObject({
  name: z.optional(z.string()),
  /** How long a listing waits for a buyer, and a buyer for the article to be handed in. */
  matchingPeriod: z.optional(z.int32()),
  handinPeriod: z.optional(z.int32()),
  whitelist: z.optional(texts),
  blacklist: z.optional(texts),
  bannedEmails: z.optional(texts),
  /** Pages of the shop that IGF's mails link to. */
  packageReceivedLink: z.optional(z.string()),
  returnCancelledLink: z.optional(z.string()),
  returnDeadlineLink: z.optional(z.string()),
  matchMadeLink: z.optional(z.string()),
  matchDeadlineLink: z.optional(z.string()),
  forwardRegisteredLink: z.optional(z.string()),
  /** Who those mails are from. */
  fromEmail: z.optional(z.string()),
  discountsEnabled: z.optional(z.boolean()),
  averageSavingsKilometers: z.optional(z.number()),
  postmarkApiKey: z.optional(z.string()),
  countries: z.optional(z.array(country)),
});
type RetailerUpdate = z.infer<typeof RetailerUpdate>;

/** Changes settings; what is absent stays as it is. */
export const update = () =>
  endpoint(50, 'updateRetailer', 'PUT /retailer', 'Update a retailer', {
    body: RetailerUpdate,
    answer: z.optional(z.looseObject({})),
    request: (change: RetailerUpdate) => ({ body: change }),
  });

export const enableDiscount = () =>
  endpoint(51, 'enableDiscount', 'PUT /retailer/discount/enable', 'Enable discount for a retailer', {
    answer: anything,
  });

export const disableDiscount = () =>
  endpoint(52, 'disableDiscount', 'PUT /retailer/discount/disable', 'Disable discount for a retailer', {
    answer: anything,
  });
