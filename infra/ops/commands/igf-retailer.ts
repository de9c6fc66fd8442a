import type { Retailer } from '../../../lib/igf/api/retailer.ts';
import { columns, indent } from '../../cli/output.ts';
import { igfCommand } from '../igf/deployed-igf.ts';

export const retailer = igfCommand({
  name: 'retailer',
  summary: "show the retailer's own rules at IGF: countries, lists, periods, links",
  description: `Shows the retailer's configuration at IGF, and which of its rules the bridge applies. It changes
    nothing.`,
  exit1: 'IGF has no retailer for the api-key',
  examples: ['npx bridge igf retailer --stage prod'],
  async run({ igf, print }) {
    const retailers = await igf.retailer.get();
    print(...retailers.flatMap(formatRetailer));
    if (retailers.length > 0) return 0;
    print('IGF has no retailer for this api-key.');
    return 1;
  },
});

const listed = (values: readonly string[] | null | undefined): string =>
  values && values.length > 0 ? values.join(', ') : 'none';

/** The pages of the merchant that IGF's mails to customers link to, by the mail. */
const links = {
  packageReceivedLink: 'package received',
  returnCancelledLink: 'return cancelled',
  returnDeadlineLink: 'return deadline passed',
  matchMadeLink: 'match made',
  matchDeadlineLink: 'match deadline passed',
  forwardRegisteredLink: 'forward registered',
};

/** The rules about returns. Banned emails are personal, so only their number is shown. */
const formatRetailer = (retailer: Retailer): string[] => [
  `Retailer ${retailer.name ?? retailer.id ?? 'without a name'}`,
  ...indent(
    columns([
      ['countries', `${listed(retailer.countries)}  (applied: a return from another country is not listed)`],
      ['banned emails', `${retailer.bannedEmails?.length ?? 0}  (applied: their returns are not listed)`],
      ['whitelist', `${listed(retailer.whitelist)}  (not applied: IGF documents no meaning)`],
      ['blacklist', `${listed(retailer.blacklist)}  (not applied: IGF documents no meaning)`],
      ['matching', `${retailer.matchingPeriod ?? '?'} days, handing in ${retailer.handinPeriod ?? '?'} days`],
    ]),
  ),
  "  IGF's mails to customers link to these pages",
  ...indent(columns(Object.entries(links).map(([field, mail]) => [mail, linkIn(retailer[field])])), 4),
];

const linkIn = (link: unknown): string => (typeof link === 'string' && link.trim() ? link : 'none');
