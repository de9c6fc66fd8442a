/** The retailer's configuration at IGF: periods, countries, mails, discounts. One retailer for each tenant. */
import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { listOf, maybeInteger, maybeText } from './answers.ts';
import { country } from './requests.ts';

const maybeTexts = z.nullish(z.array(z.string()));

/** The retailer's configuration. It holds a key (`postmarkApiKey`) and customers' emails: never log it. */
const Retailer = z.looseObject({
  id: maybeInteger,
  name: maybeText,
  matchingPeriod: maybeInteger,
  handinPeriod: maybeInteger,
  whitelist: maybeTexts,
  blacklist: maybeTexts,
  bannedEmails: maybeTexts,
  countries: maybeTexts,
});
export type Retailer = z.infer<typeof Retailer>;

/** The configuration; the document's sample is a list, so none or several would be possible. */
export const get = () => endpoint('getRetailer', 'GET /retailer', { answer: listOf(Retailer) });

/** Changes settings; what is absent stays as it is. */
export const update = () =>
  endpoint('updateRetailer', 'PUT /retailer', {
    body: z.partial(
      z.strictObject({
        name: z.string(),
        /** How long a listing waits for a buyer, and a buyer for the article to be handed in. */
        matchingPeriod: z.int32(),
        handinPeriod: z.int32(),
        whitelist: z.array(z.string()),
        blacklist: z.array(z.string()),
        bannedEmails: z.array(z.string()),
        /** Pages of the shop that IGF's mails link to. */
        packageReceivedLink: z.string(),
        returnCancelledLink: z.string(),
        returnDeadlineLink: z.string(),
        matchMadeLink: z.string(),
        matchDeadlineLink: z.string(),
        forwardRegisteredLink: z.string(),
        /** Who those mails are from. */
        fromEmail: z.string(),
        discountsEnabled: z.boolean(),
        averageSavingsKilometers: z.number(),
        postmarkApiKey: z.string(),
        countries: z.array(country),
      }),
    ),
    answer: z.optional(z.looseObject({})),
  });

export const enableDiscount = () => endpoint('enableDiscount', 'PUT /retailer/discount/enable');

export const disableDiscount = () => endpoint('disableDiscount', 'PUT /retailer/discount/disable');
