import * as z from 'zod/mini';
import { maybeBoolean, maybeInteger, maybeNumber, maybeText } from './answer-fields.ts';
import { country } from './request-fields.ts';

const texts = z.array(z.string());
const maybeTexts = z.nullish(texts);

/** Body of "Update a retailer": the settings to change. */
export const RetailerUpdate = z.strictObject({
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
export type RetailerUpdate = z.infer<typeof RetailerUpdate>;

/** The retailer's configuration. It holds a key (`postmarkApiKey`) and customers' emails: never log it. */
export const Retailer = z.looseObject({
  id: maybeInteger,
  name: maybeText,
  matchingPeriod: maybeInteger,
  handinPeriod: maybeInteger,
  whitelist: maybeTexts,
  blacklist: maybeTexts,
  bannedEmails: maybeTexts,
  packageReceivedLink: maybeText,
  returnCancelledLink: maybeText,
  returnDeadlineLink: maybeText,
  matchMadeLink: maybeText,
  matchDeadlineLink: maybeText,
  forwardRegisteredLink: maybeText,
  fromEmail: maybeText,
  discountsEnabled: maybeBoolean,
  averageSavingsKilometers: maybeNumber,
  postmarkApiKey: maybeText,
  countries: maybeTexts,
});
export type Retailer = z.infer<typeof Retailer>;
