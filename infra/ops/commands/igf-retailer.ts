import { z } from 'zod';
import { columns, indent } from '../../cli/output.ts';
import { igfCommand } from '../igf/deployed-igf.ts';
import { links, Retailer, readRetailers } from '../igf/retailer.ts';
import { list } from '../result-fields.ts';

const Retailers = z.object({
  retailers: list(Retailer.shape, 'of the api-key: one'),
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
    const retailers = await readRetailers(igf);
    return { result: { retailers }, exitCode: retailers.length > 0 ? 0 : 1 };
  },
  format: ({ retailers }) =>
    retailers.length > 0 ? retailers.flatMap(formatRetailer) : ['IGF has no retailer for this api-key.'],
});

const listed = (values: readonly string[]): string => (values.length > 0 ? values.join(', ') : 'none');

/** The rules about returns. Banned emails are personal, so only their number is shown. */
const formatRetailer = (retailer: Retailer): string[] => [
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
