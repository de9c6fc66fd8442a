import type { Command } from 'commander';
import type { Retailer } from '../../../lib/igf/api/retailer.ts';
import { addExamples, type Terminal } from '../../cli/command-line.ts';
import { columns, indent } from '../../cli/output.ts';
import { stageOption } from '../aws/deployed-stage.ts';
import { deployedIgf, explainFailure } from '../igf/deployed-igf.ts';

/** Shows the retailer's own rules at IGF. */
export function addIgfRetailer(parent: Command, terminal: Terminal): void {
  const { print } = terminal;
  const command = parent
    .command('retailer')
    .summary("show the retailer's own rules at IGF: countries, lists, periods")
    .description(
      `Shows the retailer's configuration at IGF, and which of its rules the bridge applies. It changes nothing.
Exit code 1: IGF has no retailer for the api-key.`,
    )
    .option(...stageOption);
  addExamples(command, 'npx bridge igf retailer --stage prod').action(
    async ({ stage }: { stage?: string }) => {
      const igf = await deployedIgf(stage);
      const retailers = await explainFailure(igf.igfBaseUrl, igf.retailer.get());
      for (const line of retailers.flatMap(formatRetailer)) print(line);
      if (retailers.length > 0) return;
      print('IGF has no retailer for this api-key.');
      terminal.exitCode = 1;
    },
  );
}

const listed = (values: readonly string[] | null | undefined): string =>
  values && values.length > 0 ? values.join(', ') : 'none';

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
];
