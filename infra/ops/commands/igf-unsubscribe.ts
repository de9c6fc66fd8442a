import type { Command } from 'commander';
import { removeWebhook } from '../../../lib/webhooks/igf/subscribe.ts';
import {
  hostOf,
  ownSubscriptions,
  planSubscriptions,
  wantedSubscriptions,
} from '../../../lib/webhooks/igf/subscriptions.ts';
import { addExamples, type Terminal } from '../../cli/command-line.ts';
import { stageOption } from '../aws/deployed-stage.ts';
import { deployedIgf, explainFailure, newPathToken } from '../igf/deployed-igf.ts';
import { subscriptionTable } from '../igf/subscription-table.ts';

interface UnsubscribeOptions {
  readonly stage?: string;
  readonly dryRun?: true;
}

/** Removes the webhook URLs that `igf subscribe` registered. */
export function addIgfUnsubscribe(parent: Command, terminal: Terminal): void {
  const { print } = terminal;
  const command = parent
    .command('unsubscribe')
    .summary("end a deployed stage's subscriptions at IGF")
    .description(
      `Removes every subscribed URL of the stage's own host, whatever its token. URLs of other hosts stay. The
bridge then gets no more events from IGF.
Exit code 1: some URLs could not be removed.`,
    )
    .option(...stageOption)
    .option('--dry-run', 'print what would be done, and change nothing');
  addExamples(command, 'npx bridge igf unsubscribe --stage test --dry-run').action(
    async ({ stage, dryRun }: UnsubscribeOptions) => {
      const igf = await deployedIgf(stage);
      const call = <T>(pending: Promise<T>): Promise<T> => explainFailure(igf.igfBaseUrl, pending);
      const host = hostOf(igf.apiUrl) ?? '';
      const wanted = wantedSubscriptions(igf.apiUrl, igf.token ?? newPathToken());

      const listed = await call(igf.webhooks.all());
      const own = ownSubscriptions(listed, host);
      const before = planSubscriptions(wanted, listed);
      for (const line of subscriptionTable(dryRun ? 'Now' : 'Before', before)) print(line);
      if (dryRun) {
        print(`Would remove ${own.map(({ eventType }) => eventType).join(', ') || 'nothing'}.`);
        return;
      }
      for (const { eventType, webhook } of own) await call(removeWebhook(eventType, webhook, igf.webhooks));

      const left = await call(igf.webhooks.all());
      for (const line of subscriptionTable('After', planSubscriptions(wanted, left))) print(line);
      if (ownSubscriptions(left, host).length > 0) terminal.exitCode = 1;
    },
  );
}
