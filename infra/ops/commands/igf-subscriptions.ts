import { z } from 'zod';
import { eventTypes } from '../../../lib/facts/vendor-terms.ts';
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
import { columns, formatTime, indent } from '../../cli/output.ts';
import { LastChange, noteChange, readLastChange } from '../aws/change-log.ts';
import { currentPlan, type DeployedIgf, igfCommand, igfFailure, newPathToken } from '../igf/deployed-igf.ts';
import { flag, list, maybe, oneOfThese, text, texts } from '../result-fields.ts';

const EventType = oneOfThese(eventTypes, "IGF's event type");

const Subscription = z.object({
  eventType: EventType,
  url: maybe('the URL that gets it, without its secrets; null: none'),
  state: oneOfThese(['subscribed', 'missing', 'outdated', 'taken'], 'taken: the URL is of another host'),
  host: maybe('the host of the URL'),
});

const Subscriptions = z.object({
  igfUrl: text("IGF's REST API"),
  hasToken: flag('whether the secret of the path token had a value'),
  subscriptions: list(Subscription.shape, 'the eight event types, as they are now'),
});

const Changed = Subscriptions.extend({
  before: list(Subscription.shape, 'as they were before'),
  changes: list(
    {
      eventType: EventType,
      action: oneOfThese(['subscribe', 'replace', 'remove'], 'what is done'),
      takenFrom: maybe('the other host that loses it'),
    },
    'what was done, or with --dry-run would be',
  ),
  failures: texts('what could not be done, as sentences'),
});
type Changed = z.input<typeof Changed>;

export const subscribeCommand = igfCommand<{ readonly takeOver?: true }, typeof Changed>({
  name: 'subscribe',
  summary: "subscribe a stage to IGF's eight events",
  description: `Registers the stage's eight webhook URLs at IGF. Each URL ends with a token from a
    secret. A secret without a value gets a strong random token. IGF has one URL for each event type.
    Outdated URLs of this stage are replaced. URLs of another host are listed and stay, unless you take them
    over. Running it twice changes nothing. It needs AWS credentials, and the IGF api-key in its
    secret.`,
  exit1: 'some events are not subscribed',
  examples: ['npx bridge igf subscribe --stage prod --dry-run', 'npx bridge igf subscribe --stage prod'],
  result: Changed,
  parameters: (command) =>
    command.option('--take-over', 'also replace URLs of another host, which then gets no more events'),
  by: 'who does it',
  dryRun: 'print what would be done, and change nothing',
  async run({ bridge, igf, options: { takeOver = false }, isPreview }) {
    // The list comes first: without a reachable IGF, a new token would be of no use.
    const listed = await igf.webhooks.all();
    const token = igf.token ?? newPathToken();
    if (igf.token === undefined && !isPreview) await igf.putToken(token);
    const planFor = (webhooks: readonly ListedWebhook[]): SubscriptionStep[] =>
      planSubscriptions(wantedSubscriptions(igf.apiUrl, token), webhooks, { takeOver });
    const plan = planFor(listed);
    const isChanged = !isPreview && plan.some(({ action }) => action === 'create' || action === 'replace');
    if (isChanged) await noteChange(bridge, 'igf subscribe');
    const results = isPreview ? [] : await applySubscriptions(plan, igf.webhooks);
    const after = isPreview ? plan : planFor(await igf.webhooks.all());
    return {
      result: {
        ...subscriptionsOf(igf, after),
        before: plan.map(subscriptionOf),
        changes: plan.flatMap(changeOf),
        failures: results.flatMap((result) => formatFailure(result, igf.igfBaseUrl)),
      },
      exitCode: (isPreview ? plan.some(({ action }) => action === 'taken') : !isSubscribed(after)) ? 1 : 0,
    };
  },
  format: (result, { isPreview }) => [
    ...(result.hasToken
      ? []
      : [
          `The path token had no value: a random one ${isPreview ? 'would be' : 'was'} stored in its secret.`,
        ]),
    ...formatChanged(result, isPreview),
    ...adviseTakeOver(result),
  ],
});

export const unsubscribeCommand = igfCommand<object, typeof Changed>({
  name: 'unsubscribe',
  summary: "end a stage's subscriptions at IGF",
  description: `Removes every subscribed URL of the stage's own host, whatever its token. URLs of other hosts
    stay. The bridge then gets no more events from IGF.`,
  exit1: 'some URLs could not be removed',
  examples: ['npx bridge igf unsubscribe --stage test --dry-run'],
  result: Changed,
  by: 'who does it',
  dryRun: 'print what would be done, and change nothing',
  async run({ bridge, igf, isPreview }) {
    const host = hostOf(igf.apiUrl) ?? '';
    const listed = await igf.webhooks.all();
    const own = ownSubscriptions(listed, host);
    if (!isPreview) {
      if (own.length > 0) await noteChange(bridge, 'igf unsubscribe');
      for (const { eventType, webhook } of own) await removeWebhook(eventType, webhook, igf.webhooks);
    }
    const left = isPreview ? listed : await igf.webhooks.all();
    return {
      result: {
        ...subscriptionsOf(igf, currentPlan(igf, left)),
        before: currentPlan(igf, listed).map(subscriptionOf),
        changes: own.map(({ eventType }) => ({ eventType, action: 'remove' as const, takenFrom: null })),
        failures: [],
      },
      exitCode: !isPreview && ownSubscriptions(left, host).length > 0 ? 1 : 0,
    };
  },
  format: (result, { isPreview }) => formatChanged(result, isPreview),
});

const Status = Subscriptions.extend({ lastChange: LastChange });

export const statusCommand = igfCommand<object, typeof Status>({
  name: 'status',
  summary: "show which of IGF's eight events reach a stage",
  description: 'Shows the subscribed URL of each event type. It changes nothing.',
  exit1: 'some events do not reach the stage',
  examples: ['npx bridge igf status --stage prod', 'npx bridge igf status --local'],
  result: Status,
  async run({ bridge, igf }) {
    const plan = currentPlan(igf, await igf.webhooks.all());
    const lastChange = await readLastChange(bridge);
    return { result: { ...subscriptionsOf(igf, plan), lastChange }, exitCode: isSubscribed(plan) ? 0 : 1 };
  },
  format({ igfUrl, hasToken, subscriptions, lastChange: last }, { bridge }) {
    const subscribe = bridge.command('igf', 'subscribe');
    const isComplete = subscriptions.every(({ state }) => state === 'subscribed');
    return [
      ...(hasToken ? [] : [`The path token has no value yet. This stores one: ${subscribe}`]),
      ...subscriptionTable(`${bridge.stackName}, mode ${bridge.mode}, at ${igfUrl}`, subscriptions),
      ...(last ? [`The last change was "${last.did}", ${formatTime(last.at)}, by ${last.by}.`] : []),
      ...(isComplete ? [] : [`This registers the missing and outdated ones: ${subscribe}`]),
    ];
  },
});

const isSubscribed = (plan: readonly SubscriptionStep[]): boolean =>
  plan.every(({ action }) => action === 'keep');

const subscriptionsOf = ({ igfBaseUrl, token }: DeployedIgf, plan: readonly SubscriptionStep[]) => ({
  igfUrl: igfBaseUrl,
  hasToken: token !== undefined,
  subscriptions: plan.map(subscriptionOf),
});

/** Who gets an event type. Tokens are masked. */
function subscriptionOf(step: SubscriptionStep): z.input<typeof Subscription> {
  const { eventType, action, url } = step;
  if (!('found' in step)) {
    return action === 'create'
      ? { eventType, url: null, state: 'missing', host: null }
      : { eventType, url: shownUrl(url), state: 'subscribed', host: hostOf(url) ?? null };
  }
  const found = step.found.url;
  const state = action === 'replace' && isOurs(step) ? 'outdated' : 'taken';
  return { eventType, url: shownUrl(found), state, host: hostOf(found) ?? null };
}

/** Whether the subscribed URL has our host. */
const isOurs = ({ url, found }: Extract<SubscriptionStep, { found: unknown }>): boolean =>
  hostOf(found.url) === hostOf(url);

function changeOf(step: SubscriptionStep): Changed['changes'] {
  const { eventType, action } = step;
  if (action === 'create') return [{ eventType, action: 'subscribe', takenFrom: null }];
  if (action !== 'replace') return [];
  return [{ eventType, action, takenFrom: isOurs(step) ? null : takerOf(subscriptionOf(step)) }];
}

/** The host of the subscribed URL, in words. */
const takerOf = ({ host }: z.input<typeof Subscription>): string => host ?? 'a URL that IGF does not show';

const states = { subscribed: 'subscribed', missing: 'not subscribed', outdated: 'ours, out of date' };

/** The eight event types with the URL that gets each, and whether that is the wanted one. */
const subscriptionTable = (title: string, all: readonly z.input<typeof Subscription>[]): string[] => [
  title,
  ...indent(
    columns(
      all.map((one) => [
        one.eventType,
        one.url ?? '-',
        one.state === 'taken' ? `taken by ${takerOf(one)}` : states[one.state],
      ]),
    ),
  ),
];

function formatChanged({ before, changes, failures, subscriptions }: Changed, isPreview: boolean): string[] {
  if (!isPreview) {
    return [
      ...subscriptionTable('Before', before),
      ...failures,
      ...subscriptionTable('After', subscriptions),
    ];
  }
  const removed = changes.filter(({ action }) => action === 'remove').map(({ eventType }) => eventType);
  const lines = changes.flatMap(({ eventType, action, takenFrom }) => {
    if (action === 'subscribe') return [`Would subscribe ${eventType}.`];
    if (action === 'remove') return [];
    return [
      `Would replace the URL of ${eventType}${takenFrom === null ? '' : `, taking it from ${takenFrom}`}.`,
    ];
  });
  return [
    ...subscriptionTable('Now', before),
    ...lines,
    ...(removed.length > 0 ? [`Would remove ${removed.join(', ')}.`] : []),
    ...(changes.length === 0 ? ['Nothing would be changed.'] : []),
  ];
}

const sentences: Record<StepResult['outcome'], string> = {
  done: '',
  unchanged: 'could not be subscribed; the earlier URL is still there.',
  restored: 'could not be subscribed; the earlier URL was put back.',
  lost: 'could not be subscribed, AND NOBODY GETS ITS EVENTS NOW: run this command again soon.',
  unknown:
    'may not be subscribed, because IGF could not be reached afterwards. ' +
    'Its events may get lost: run this command again soon.',
};

const formatFailure = ({ step, outcome, error }: StepResult, igfUrl: string): string[] =>
  sentences[outcome]
    ? [`${step.eventType} ${sentences[outcome]}${error ? ` ${igfFailure(error, igfUrl)}` : ''}`]
    : [];

function adviseTakeOver({ subscriptions, changes }: Changed): string[] {
  const isTakenOver = (one: z.input<typeof Subscription>): boolean =>
    changes.some(({ eventType }) => eventType === one.eventType);
  const taken = subscriptions.filter((one) => one.state === 'taken' && !isTakenOver(one));
  if (taken.length === 0) return [];
  const hosts = [...new Set(taken.map(takerOf))].join(', ');
  return [
    `IGF posts ${taken.map(({ eventType }) => eventType).join(', ')} to ${hosts}. ` +
      '--take-over replaces these URLs, and their host then gets no more events.',
  ];
}
