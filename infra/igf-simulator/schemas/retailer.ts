import * as z from 'zod/mini';

const text = z.exactOptional(z.string());
const texts = z.exactOptional(z.array(z.string()));
const days = z.exactOptional(z.int32().check(z.minimum(0)));
const country = z.string().check(z.regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 alpha-2 code such as "NL"'));

/** Body of "Update a retailer": what is absent stays as it is. */
export const RetailerUpdate = z.object({
  name: text,
  matchingPeriod: days,
  handinPeriod: days,
  whitelist: texts,
  blacklist: texts,
  bannedEmails: texts,
  packageReceivedLink: text,
  returnCancelledLink: text,
  returnDeadlineLink: text,
  matchMadeLink: text,
  matchDeadlineLink: text,
  forwardRegisteredLink: text,
  fromEmail: text,
  discountsEnabled: z.exactOptional(z.boolean()),
  averageSavingsKilometers: z.exactOptional(z.number()),
  postmarkApiKey: text,
  countries: z.exactOptional(z.array(country)),
});
export type RetailerUpdate = z.infer<typeof RetailerUpdate>;

type Relied =
  | 'matchingPeriod'
  | 'handinPeriod'
  | 'blacklist'
  | 'bannedEmails'
  | 'discountsEnabled'
  | 'countries';

/**
 * The retailer's configuration, with what the simulator works by. Periods are in days: how long a listing waits for a
 * buyer, and how long its sender has from then on to hand it in.
 */
export type Retailer = RetailerUpdate & Required<Pick<RetailerUpdate, Relied>>;
