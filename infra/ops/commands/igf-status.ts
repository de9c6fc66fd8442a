import type { Command } from 'commander';
import { planSubscriptions, wantedSubscriptions } from '../../../lib/webhooks/igf/subscriptions.ts';
import { addExamples, type Terminal } from '../../cli/command-line.ts';
import { stageOption } from '../aws/deployed-stage.ts';
import { deployedIgf, explainFailure, newPathToken } from '../igf/deployed-igf.ts';
import { subscriptionTable } from '../igf/subscription-table.ts';

/** Shows which URL gets each of IGF's events. */
export function addIgfStatus(parent: Command, terminal: Terminal): void {
  const { print } = terminal;
  const command = parent
    .command('status')
    .summary("show which of IGF's eight events reach a deployed stage")
    .description(
      `Shows the subscribed URL of each event type. It changes nothing.
Exit code 1: some events do not reach the stage.`,
    )
    .option(...stageOption);
  addExamples(command, 'npx bridge igf status --stage prod').action(async ({ stage }: { stage?: string }) => {
    const igf = await deployedIgf(stage);
    if (igf.token === undefined) {
      print('The path token has no value yet: npx bridge igf subscribe stores one.');
    }
    const wanted = wantedSubscriptions(igf.apiUrl, igf.token ?? newPathToken());
    const plan = planSubscriptions(wanted, await explainFailure(igf.igfBaseUrl, igf.webhooks.all()));
    for (const line of subscriptionTable(`${igf.stackName}, mode ${igf.mode}, at ${igf.igfBaseUrl}`, plan))
      print(line);
    if (plan.every(({ action }) => action === 'keep')) return;
    print('npx bridge igf subscribe registers the missing and outdated ones.');
    terminal.exitCode = 1;
  });
}
