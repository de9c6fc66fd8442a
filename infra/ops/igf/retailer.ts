import type { Retailer } from '../../../lib/igf/api/retailer.ts';
import { printable } from '../../cli/printable.ts';
import { stageOption } from '../aws/deployed-stage.ts';
import type { Command } from '../command.ts';
import { deployedIgf } from './deployed-igf.ts';
import { askingIgf } from './igf-failure.ts';

const listed = (values: readonly string[] | null | undefined): string =>
  values && values.length > 0 ? values.map(printable).join(', ') : 'none';

/** The settings that decide about returns. Banned emails are people: they are counted, not shown. */
export const retailerRules = (retailer: Retailer): string[] => [
  `Retailer ${printable(retailer.name ?? String(retailer.id ?? 'without a name'))}`,
  `  countries      ${listed(retailer.countries)}  (honoured: a return from elsewhere is not listed)`,
  `  banned emails  ${retailer.bannedEmails?.length ?? 0}  (honoured: their returns are not listed)`,
  `  whitelist      ${listed(retailer.whitelist)}  (shown only: IGF documents no meaning)`,
  `  blacklist      ${listed(retailer.blacklist)}  (shown only: IGF documents no meaning)`,
  `  matching       ${retailer.matchingPeriod ?? '?'} days, handing in ${retailer.handinPeriod ?? '?'} days`,
];

/** Shows what the retailer's own configuration at IGF says about returns. */
export const igfRetailer: Command = {
  name: 'igf retailer',
  positionals: [],
  options: { stage: stageOption },
  summary: "shows the retailer's own rules at IGF: countries, lists, periods",
  details: 'Changes nothing. Exit code 0: IGF answered, 1: it has no retailer or could not be asked.',
  async run({ options }, print) {
    const igf = await deployedIgf(options.stage);
    const retailers = await askingIgf(igf.igfBaseUrl, igf.retailer.get());
    for (const line of retailers.flatMap(retailerRules)) print(line);
    if (retailers.length === 0) print('IGF has no retailer for this api-key.');
    return retailers.length > 0 ? 0 : 1;
  },
};
