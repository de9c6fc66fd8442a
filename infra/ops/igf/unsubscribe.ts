import { removeWebhook } from '../../../lib/webhooks/igf/subscribe.ts';
import {
  hostOf,
  ownSubscriptions,
  planSubscriptions,
  wantedSubscriptions,
} from '../../../lib/webhooks/igf/subscriptions.ts';
import { stageOption } from '../aws/deployed-stage.ts';
import type { Command } from '../command.ts';
import { deployedIgf, newPathToken } from './deployed-igf.ts';
import { askingIgf } from './igf-failure.ts';
import { subscriptionTable } from './subscription-table.ts';

/** Ends what `igf subscribe` did. */
export const igfUnsubscribe: Command = {
  name: 'igf unsubscribe',
  positionals: [],
  options: {
    stage: stageOption,
    'dry-run': { type: 'boolean', about: 'only say what would be done' },
  },
  summary: "ends a deployed stage's subscriptions at IGF",
  details: `Removes the URLs of the stage's own host, whatever their token; those of other hosts stay. The bridge then hears of
nothing by itself. Exit code 0: none of the stage's URLs is left, 1: some could not be removed.`,
  async run({ options }, print) {
    const igf = await deployedIgf(options.stage);
    const ask = <T>(asked: Promise<T>): Promise<T> => askingIgf(igf.igfBaseUrl, asked);
    const host = hostOf(igf.apiUrl) ?? '';
    const wanted = wantedSubscriptions(igf.apiUrl, igf.token ?? newPathToken());

    const listed = await ask(igf.webhooks.all());
    const own = ownSubscriptions(listed, host);
    const isTrial = options['dry-run'] === true;
    const before = planSubscriptions(wanted, listed);
    for (const line of subscriptionTable(isTrial ? 'Now' : 'Before', before)) print(line);
    if (isTrial) {
      print(`Would remove ${own.map(({ eventType }) => eventType).join(', ') || 'nothing'}.`);
      return 0;
    }
    for (const { eventType, webhook } of own) await ask(removeWebhook(eventType, webhook, igf.webhooks));

    const left = await ask(igf.webhooks.all());
    for (const line of subscriptionTable('After', planSubscriptions(wanted, left))) print(line);
    return ownSubscriptions(left, host).length === 0 ? 0 : 1;
  },
};
