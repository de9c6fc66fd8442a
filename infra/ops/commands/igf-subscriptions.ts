import { npxBridge } from '../../../lib/returns/npx-bridge.ts';
import { applySubscriptions, removeWebhook, type StepResult } from '../../../lib/webhooks/igf/subscribe.ts';
import {
  hostOf,
  type ListedWebhook,
  ownSubscriptions,
  planSubscriptions,
  type SubscriptionStep,
  shownUrl,
  wantedSubscriptions,
} from '../../../lib/webhooks/igf/subscriptions.ts';
import { columns, indent } from '../../cli/output.ts';
import { type DeployedIgf, igfCommand, igfFailure, newPathToken } from '../igf/deployed-igf.ts';

export const subscribeCommand = igfCommand<{ readonly takeOver?: true }>({
  name: 'subscribe',
  summary: "subscribe a deployed stage to IGF's eight events",
  description: `Registers the deployed stack's eight webhook URLs at IGF. Each URL ends with a token from a
    secret. A secret without a value gets a strong random token. IGF has one URL for each event type.
    Outdated URLs of this stage are replaced. URLs of another host are listed and stay, unless you take them
    over. Running it twice changes nothing. It needs AWS credentials, and the IGF api-key in its
    secret.`,
  exit1: 'some events are not subscribed',
  examples: ['npx bridge igf subscribe --stage prod --dry-run', 'npx bridge igf subscribe --stage prod'],
  parameters: (command) =>
    command.option('--take-over', 'also replace URLs of another host, which then gets no more events'),
  dryRun: 'print what would be done, and change nothing',
  async run({ igf, options: { takeOver = false }, isPreview, print }) {
    // The list comes first: without a reachable IGF, a new token would be of no use.
    const listed = await igf.webhooks.all();
    const token = igf.token ?? newPathToken();
    if (igf.token === undefined) {
      if (!isPreview) await igf.putToken(token);
      print(
        `The path token had no value: a random one ${isPreview ? 'would be' : 'was'} stored in its secret.`,
      );
    }
    const planFor = (webhooks: readonly ListedWebhook[]): SubscriptionStep[] =>
      planSubscriptions(wantedSubscriptions(igf.apiUrl, token), webhooks, { takeOver });

    const plan = planFor(listed);
    print(...subscriptionTable(isPreview ? 'Now' : 'Before', plan));
    if (isPreview) {
      print(...plan.flatMap(formatIntent), ...adviseTakeOver(plan));
      return plan.some(({ action }) => action === 'taken') ? 1 : 0;
    }
    const results = await applySubscriptions(plan, igf.webhooks);
    print(...results.flatMap((result) => formatFailure(result, igf.igfBaseUrl)));

    const after = planFor(await igf.webhooks.all());
    print(...subscriptionTable('After', after), ...adviseTakeOver(after));
    return isSubscribed(after) ? 0 : 1;
  },
});

export const unsubscribeCommand = igfCommand({
  name: 'unsubscribe',
  summary: "end a deployed stage's subscriptions at IGF",
  description: `Removes every subscribed URL of the stage's own host, whatever its token. URLs of other hosts
    stay. The bridge then gets no more events from IGF.`,
  exit1: 'some URLs could not be removed',
  examples: ['npx bridge igf unsubscribe --stage test --dry-run'],
  dryRun: 'print what would be done, and change nothing',
  async run({ igf, isPreview, print }) {
    const host = hostOf(igf.apiUrl) ?? '';
    const listed = await igf.webhooks.all();
    const own = ownSubscriptions(listed, host);
    print(...subscriptionTable(isPreview ? 'Now' : 'Before', currentPlan(igf, listed)));
    if (isPreview) {
      return print(`Would remove ${own.map(({ eventType }) => eventType).join(', ') || 'nothing'}.`);
    }
    for (const { eventType, webhook } of own) await removeWebhook(eventType, webhook, igf.webhooks);

    const left = await igf.webhooks.all();
    print(...subscriptionTable('After', currentPlan(igf, left)));
    return ownSubscriptions(left, host).length > 0 ? 1 : 0;
  },
});

export const statusCommand = igfCommand({
  name: 'status',
  summary: "show which of IGF's eight events reach a deployed stage",
  description: 'Shows the subscribed URL of each event type. It changes nothing.',
  exit1: 'some events do not reach the stage',
  examples: ['npx bridge igf status --stage prod'],
  async run({ igf, print }) {
    const subscribe = npxBridge(igf.stage, 'igf', 'subscribe');
    if (igf.token === undefined) {
      print(`The path token has no value yet: ${subscribe} stores one.`);
    }
    const plan = currentPlan(igf, await igf.webhooks.all());
    print(...subscriptionTable(`${igf.stackName}, mode ${igf.mode}, at ${igf.igfBaseUrl}`, plan));
    if (isSubscribed(plan)) return 0;
    print(`${subscribe} registers the missing and outdated ones.`);
    return 1;
  },
});

/** What would have to be done. Without a token no URL is the wanted one. */
const currentPlan = ({ apiUrl, token }: DeployedIgf, listed: readonly ListedWebhook[]): SubscriptionStep[] =>
  planSubscriptions(wantedSubscriptions(apiUrl, token ?? newPathToken()), listed);

const isSubscribed = (plan: readonly SubscriptionStep[]): boolean =>
  plan.every(({ action }) => action === 'keep');

/** The eight event types with the URL that gets each, and whether that is the wanted one. Tokens are masked. */
const subscriptionTable = (title: string, plan: readonly SubscriptionStep[]): string[] => [
  title,
  ...indent(columns(plan.map((step) => [step.eventType, ...urlAndState(step)]))),
];

function urlAndState(step: SubscriptionStep): string[] {
  if (!('found' in step)) {
    return step.action === 'keep' ? [shownUrl(step.url), 'subscribed'] : ['-', 'not subscribed'];
  }
  const isOutdated = step.action === 'replace' && isOurs(step);
  return [shownUrl(step.found.url), isOutdated ? 'ours, out of date' : `taken by ${takerOf(step)}`];
}

type Occupied = Extract<SubscriptionStep, { found: unknown }>;

/** Whether the subscribed URL has our host. */
const isOurs = ({ url, found }: Occupied): boolean => hostOf(found.url) === hostOf(url);

/** The host of the subscribed URL, in words. */
const takerOf = ({ found }: Occupied): string => hostOf(found.url) ?? 'a URL that IGF does not show';

function formatIntent(step: SubscriptionStep): string[] {
  const { action, eventType } = step;
  if (action === 'create') return [`Would subscribe ${eventType}.`];
  if (action !== 'replace') return [];
  return [`Would replace the URL of ${eventType}${isOurs(step) ? '' : `, taking it from ${takerOf(step)}`}.`];
}

const failures: Record<StepResult['outcome'], string> = {
  done: '',
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
    `IGF posts ${taken.map(({ eventType }) => eventType).join(', ')} to ${hosts}. ` +
      '--take-over replaces these URLs, and their host then gets no more events.',
  ];
}
