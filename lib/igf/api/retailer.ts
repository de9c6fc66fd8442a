/** The retailer's configuration at IGF: periods, countries, mails, discounts. One retailer for each tenant. */
import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { listOf, maybeInteger, maybeText } from './answers.ts';

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
export const get = endpoint(49, 'getRetailer', 'GET /retailer', {
  title: 'Get the retailer config table',
  answer: listOf(Retailer),
});
