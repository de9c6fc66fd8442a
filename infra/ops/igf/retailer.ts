import { z } from 'zod';
import { maybe, maybeNumber, number, texts } from '../result-fields.ts';
import type { DeployedIgf } from './deployed-igf.ts';

/** The pages of the merchant that IGF's mails to customers link to, by the mail. */
export const links = {
  packageReceivedLink: 'package received',
  returnCancelledLink: 'return cancelled',
  returnDeadlineLink: 'return deadline passed',
  matchMadeLink: 'match made',
  matchDeadlineLink: 'match deadline passed',
  forwardRegisteredLink: 'forward registered',
};

export const Retailer = z.object({
  name: maybe("the retailer's name at IGF"),
  countries: texts('a return from another country is not listed'),
  bannedEmails: number('how many; their returns are not listed'),
  whitelist: texts('not applied: IGF documents no meaning'),
  blacklist: texts('not applied: IGF documents no meaning'),
  matchingDays: maybeNumber('how long a listing waits for a buyer'),
  handInDays: maybeNumber('how long the sender has to hand the article in'),
  links: z
    .record(z.string(), maybe('the page; null: none'))
    .meta({ description: "the merchant's pages that IGF's mails link to, by the field of IGF's API" }),
});
export type Retailer = z.input<typeof Retailer>;

/** The retailer of the api-key at IGF, which has one. */
export const readRetailers = async (igf: DeployedIgf): Promise<Retailer[]> =>
  (await igf.retailer.get()).map((one) => ({
    name: one.name ?? (one.id === undefined || one.id === null ? null : String(one.id)),
    countries: one.countries ?? [],
    bannedEmails: one.bannedEmails?.length ?? 0,
    whitelist: one.whitelist ?? [],
    blacklist: one.blacklist ?? [],
    matchingDays: one.matchingPeriod ?? null,
    handInDays: one.handinPeriod ?? null,
    links: Object.fromEntries(Object.keys(links).map((field) => [field, linkIn(one[field])])),
  }));

const linkIn = (link: unknown): string | null => (typeof link === 'string' && link.trim() ? link : null);
