import { applySubscriptions, type StepResult } from '../../../lib/webhooks/igf/subscribe.ts';
import {
  planSubscriptions,
  type SubscriptionStep,
  wantedSubscriptions,
} from '../../../lib/webhooks/igf/subscriptions.ts';
import { stageOption } from '../aws/deployed-stage.ts';
import type { Command } from '../command.ts';
import { deployedIgf, newPathToken } from './deployed-igf.ts';
import { askingIgf, igfFailure } from './igf-failure.ts';
import { isOurs, subscriptionTable, takerOf } from './subscription-table.ts';

/** Registers the eight URLs of a deployed stage at IGF. */
export const igfSubscribe: Command = {
  name: 'igf subscribe',
  positionals: [],
  options: {
    stage: stageOption,
    'take-over': {
      type: 'boolean',
      about: 'also replace URLs of another host, which would get nothing more',
    },
    'dry-run': { type: 'boolean', about: 'only say what would be done' },
  },
  summary: "has IGF post its eight events to a deployed stage's URLs",
  details: `The URLs are the deployed stack's, the token at their end is its secret's value; while that has none, a strong random
one is put into it. IGF takes one URL for each event type: the stage's own that are out of date are replaced, those of
another host are named and left alone. Doing it twice changes nothing. It needs AWS credentials, AWS_REGION, and the
IGF api-key in its secret. Exit code 0: all eight are subscribed, 1: they are not.`,
  async run({ options }, print) {
    const igf = await deployedIgf(options.stage);
    const ask = <T>(asked: Promise<T>): Promise<T> => askingIgf(igf.igfBaseUrl, asked);
    const isTrial = options['dry-run'] === true;
    // Before the token is put: a token without subscriptions would be of no use.
    const listed = await ask(igf.webhooks.all());

    const token = igf.token ?? newPathToken();
    if (igf.token === undefined) {
      if (!isTrial) await igf.putToken(token);
      print(`The path token had no value: a random one ${isTrial ? 'would be' : 'was'} put into its secret.`);
    }
    const wanted = wantedSubscriptions(igf.apiUrl, token);
    const planned = (webhooks: typeof listed): SubscriptionStep[] =>
      planSubscriptions(wanted, webhooks, { takeOver: options['take-over'] === true });

    const plan = planned(listed);
    for (const line of subscriptionTable(isTrial ? 'Now' : 'Before', plan)) print(line);
    if (isTrial) {
      for (const step of plan) for (const line of intentOf(step)) print(line);
      for (const line of advice(plan)) print(line);
      return plan.some(({ action }) => action === 'taken') ? 1 : 0;
    }
    const results = await applySubscriptions(plan, igf.webhooks);
    for (const result of results) for (const line of complaint(result, igf.igfBaseUrl)) print(line);

    const after = planned(await ask(igf.webhooks.all()));
    for (const line of subscriptionTable('After', after)) print(line);
    for (const line of advice(after)) print(line);
    return after.every(({ action }) => action === 'keep') ? 0 : 1;
  },
};

function intentOf(step: SubscriptionStep): string[] {
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

const outcomes: Record<StepResult['outcome'], string> = {
  done: '',
  untouched: '',
  unchanged: 'could not be subscribed; what was there is still there.',
  restored: 'could not be subscribed; what was there before is back.',
  lost: 'could not be subscribed, AND NOBODY GETS ITS EVENTS NOW: run this command again soon.',
  unknown:
    'may not be subscribed, and IGF could not be asked: its events may get lost. Run this command again soon.',
};

const complaint = ({ step, outcome, error }: StepResult, igfBaseUrl: string): string[] =>
  outcomes[outcome]
    ? [`${step.eventType} ${outcomes[outcome]}${error ? ` ${igfFailure(error, igfBaseUrl)}` : ''}`]
    : [];

function advice(plan: readonly SubscriptionStep[]): string[] {
  const taken = plan.flatMap((step) => (step.action === 'taken' ? [step] : []));
  const hosts = [...new Set(taken.map(takerOf))].join(', ');
  return taken.length > 0
    ? [
        `${taken.map(({ eventType }) => eventType).join(', ')}: posted to ${hosts}, which this stage does not replace by itself. ` +
          'With --take-over it does, and they get nothing more.',
      ]
    : [];
}
