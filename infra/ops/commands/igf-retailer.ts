import { z } from 'zod';
import { columns, indent } from '../../cli/output.ts';
import { igfCommand } from '../igf/deployed-igf.ts';

/** The pages of the merchant that IGF's mails to customers link to, by the mail. */
const links = {
  packageReceivedLink: 'package received',
  returnCancelledLink: 'return cancelled',
  returnDeadlineLink: 'return deadline passed',
  matchMadeLink: 'match made',
  matchDeadlineLink: 'match deadline passed',
  forwardRegisteredLink: 'forward registered',
};

const texts = (description: string) => z.array(z.string()).meta({ description });
const days = (description: string) => z.number().nullable().meta({ description });

const Retailer = z.object({
  name: z.string().nullable().meta({ description: "the retailer's name at IGF" }),
  countries: texts('a return from another country is not listed'),
  bannedEmails: z.number().meta({ description: 'how many; their returns are not listed' }),
  whitelist: texts('not applied: IGF documents no meaning'),
  blacklist: texts('not applied: IGF documents no meaning'),
  matchingDays: days('how long a listing waits for a buyer'),
  handInDays: days('how long the sender has to hand the article in'),
  links: z
    .record(z.string(), z.string().nullable().meta({ description: 'the page; null: none' }))
    .meta({ description: "the merchant's pages that IGF's mails link to, by the field of IGF's API" }),
});

const Retailers = z.object({
  retailers: z.array(Retailer).meta({ description: 'of the api-key: one' }),
});

export const retailerCommand = igfCommand<object, typeof Retailers>({
  name: 'retailer',
  summary: "show the retailer's own rules at IGF: countries, lists, periods, links",
  description: `Shows the retailer's configuration at IGF, and which of its rules the bridge applies. It
    changes nothing.`,
  exit1: 'IGF has no retailer for the api-key',
  examples: ['npx bridge igf retailer --stage prod', 'npx bridge igf retailer --local'],
  result: Retailers,
  async run({ igf }) {
    const retailers = (await igf.retailer.get()).map((one) => ({
      name: one.name ?? (one.id === undefined || one.id === null ? null : String(one.id)),
      countries: one.countries ?? [],
      bannedEmails: one.bannedEmails?.length ?? 0,
      whitelist: one.whitelist ?? [],
      blacklist: one.blacklist ?? [],
      matchingDays: one.matchingPeriod ?? null,
      handInDays: one.handinPeriod ?? null,
      links: Object.fromEntries(Object.keys(links).map((field) => [field, linkIn(one[field])])),
    }));
    return { result: { retailers }, exitCode: retailers.length > 0 ? 0 : 1 };
  },
  format: ({ retailers }) =>
    retailers.length > 0 ? retailers.flatMap(formatRetailer) : ['IGF has no retailer for this api-key.'],
});

const linkIn = (link: unknown): string | null => (typeof link === 'string' && link.trim() ? link : null);

const listed = (values: readonly string[]): string => (values.length > 0 ? values.join(', ') : 'none');

/** The rules about returns. Banned emails are personal, so only their number is shown. */
const formatRetailer = (retailer: z.infer<typeof Retailer>): string[] => [
  `Retailer ${retailer.name ?? 'without a name'}`,
  ...indent(
    columns([
      ['countries', `${listed(retailer.countries)}  (applied: a return from another country is not listed)`],
      ['banned emails', `${retailer.bannedEmails}  (applied: their returns are not listed)`],
      ['whitelist', `${listed(retailer.whitelist)}  (not applied: IGF documents no meaning)`],
      ['blacklist', `${listed(retailer.blacklist)}  (not applied: IGF documents no meaning)`],
      ['matching', `${retailer.matchingDays ?? '?'} days, handing in ${retailer.handInDays ?? '?'} days`],
    ]),
  ),
  "  IGF's mails to customers link to these pages",
  ...indent(
    columns(Object.entries(links).map(([field, mail]) => [mail, retailer.links[field] ?? 'none'])),
    4,
  ),
];
