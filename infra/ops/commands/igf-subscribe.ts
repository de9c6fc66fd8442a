import type { Command } from 'commander';
import { applySubscriptions, type StepResult } from '../../../lib/webhooks/igf/subscribe.ts';
import {
  planSubscriptions,
  type SubscriptionStep,
  wantedSubscriptions,
} from '../../../lib/webhooks/igf/subscriptions.ts';
import { addExamples, type ExitCode, type Terminal } from '../../cli/command-line.ts';
import { stageOption } from '../aws/deployed-stage.ts';
import {
  type DeployedIgf,
  deployedIgf,
  explainFailure,
  igfFailure,
  newPathToken,
} from '../igf/deployed-igf.ts';
import { isOurs, subscriptionTable, takerOf } from '../igf/subscription-table.ts';

interface SubscribeOptions {
  readonly stage?: string;
  readonly takeOver?: true;
  readonly dryRun?: true;
}

/** Registers the eight webhook URLs of a deployed stage at IGF. */
export function addIgfSubscribe(igf: Command, terminal: Terminal): void {
  const command = igf
    .command('subscribe')
    .summary("subscribe a deployed stage to IGF's eight events")
    .description(
      `Registers the deployed stack's eight webhook URLs at IGF. Each URL ends with a token from a secret. A secret without a value gets a strong random token. IGF has one URL for each event type. Outdated URLs of this
stage are replaced. URLs of another host are listed and stay, unless you take them over. Running it twice
changes nothing. It needs AWS credentials, AWS_REGION, and the IGF api-key in its secret.
Exit code 1: some events are not subscribed.`,
    )
    .option(...stageOption)
    .option('--take-over', 'also replace URLs of another host, which then gets no more events')
    .option('--dry-run', 'print what would be done, and change nothing');
  addExamples(
    command,
    'npx bridge igf subscribe --stage prod --dry-run',
    'npx bridge igf subscribe --stage prod',
  ).action(async (options: SubscribeOptions) => {
    terminal.exitCode = await subscribe(options, await deployedIgf(options.stage), terminal);
  });
}

async function subscribe(
  { takeOver, dryRun }: SubscribeOptions,
  igf: DeployedIgf,
  { print }: Terminal,
): Promise<ExitCode> {
  // The list comes first: without a reachable IGF, a new token would be of no use.
  const listed = await explainFailure(igf.igfBaseUrl, igf.webhooks.all());

  const token = igf.token ?? newPathToken();
  if (igf.token === undefined) {
    if (!dryRun) await igf.putToken(token);
    print(`The path token had no value: a random one ${dryRun ? 'would be' : 'was'} stored in its secret.`);
  }
  const wanted = wantedSubscriptions(igf.apiUrl, token);
  const planFor = (webhooks: typeof listed): SubscriptionStep[] =>
    planSubscriptions(wanted, webhooks, { takeOver: takeOver === true });

  const plan = planFor(listed);
  for (const line of subscriptionTable(dryRun ? 'Now' : 'Before', plan)) print(line);
  if (dryRun) {
    for (const line of [...plan.flatMap(formatIntent), ...adviseTakeOver(plan)]) print(line);
    return plan.some(({ action }) => action === 'taken') ? 1 : 0;
  }
  const results = await applySubscriptions(plan, igf.webhooks);
  for (const line of results.flatMap((result) => formatFailure(result, igf.igfBaseUrl))) print(line);

  const after = planFor(await explainFailure(igf.igfBaseUrl, igf.webhooks.all()));
  for (const line of [...subscriptionTable('After', after), ...adviseTakeOver(after)]) print(line);
  return after.every(({ action }) => action === 'keep') ? 0 : 1;
}

function formatIntent(step: SubscriptionStep): string[] {
  switch (step.action) {
    case 'keep':
    case 'taken':
      return [];
    case 'create':
      return [`Would subscribe ${step.eventType}.`];
    case 'replace':
      return [
        `Would replace the URL of ${step.eventType}${isOurs(step) ? '' : `, taking it from ${takerOf(step)}`}.`,
      ];
  }
}

const failures: Record<StepResult['outcome'], string> = {
  done: '',
  untouched: '',
  unchanged: 'could not be subscribed; the earlier URL is still there.',
  restored: 'could not be subscribed; the earlier URL was put back.',
  lost: 'could not be subscribed, AND NOBODY GETS ITS EVENTS NOW: run this command again soon.',
  unknown:
    'may not be subscribed, because IGF could not be reached afterwards. ' +
    'Its events may get lost: run this command again soon.',
};

const formatFailure = ({ step, outcome, error }: StepResult, igfBaseUrl: string): string[] =>
  failures[outcome]
    ? [`${step.eventType} ${failures[outcome]}${error ? ` ${igfFailure(error, igfBaseUrl)}` : ''}`]
    : [];

function adviseTakeOver(plan: readonly SubscriptionStep[]): string[] {
  const taken = plan.flatMap((step) => (step.action === 'taken' ? [step] : []));
  if (taken.length === 0) return [];
  const hosts = [...new Set(taken.map(takerOf))].join(', ');
  return [
    `${taken.map(({ eventType }) => eventType).join(', ')}: posted to ${hosts}. ` +
      '--take-over replaces these URLs, and their host then gets no more events.',
  ];
}
