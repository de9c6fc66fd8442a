import { planSubscriptions, wantedSubscriptions } from '../../../lib/webhooks/igf/subscriptions.ts';
import { stageOption } from '../aws/deployed-stage.ts';
import type { Command } from '../command.ts';
import { deployedIgf, newPathToken } from './deployed-igf.ts';
import { askingIgf } from './igf-failure.ts';
import { subscriptionTable } from './subscription-table.ts';

/** Shows who gets IGF's events. */
export const igfStatus: Command = {
  name: 'igf status',
  positionals: [],
  options: { stage: stageOption },
  summary: "shows which of IGF's eight events reach a deployed stage",
  details:
    'Changes nothing. Exit code 0: all eight are subscribed with the URLs of the stage, 1: they are not.',
  async run({ options }, print) {
    const igf = await deployedIgf(options.stage);
    if (igf.token === undefined) print('The path token has no value yet: igf subscribe puts one.');
    const wanted = wantedSubscriptions(igf.apiUrl, igf.token ?? newPathToken());
    const plan = planSubscriptions(wanted, await askingIgf(igf.igfBaseUrl, igf.webhooks.all()));
    for (const line of subscriptionTable(`${igf.stackName} at ${igf.igfBaseUrl}`, plan)) print(line);
    const isWell = plan.every(({ action }) => action === 'keep');
    if (!isWell) print('npm run ops -- igf subscribe registers what is missing or out of date.');
    return isWell ? 0 : 1;
  },
};
