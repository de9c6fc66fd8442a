import { hostOf, type SubscriptionStep, shownUrl } from '../../../lib/webhooks/igf/subscriptions.ts';
import { columns, indent } from '../../cli/output.ts';

/** The eight event types with the URL that gets each, and whether that is the wanted one. Tokens are masked. */
export const subscriptionTable = (title: string, plan: readonly SubscriptionStep[]): string[] => [
  title,
  ...indent(columns(plan.map((step) => [step.eventType, urlOf(step), stateOf(step)]))),
];

function urlOf(step: SubscriptionStep): string {
  if ('found' in step) return shownUrl(step.found.url);
  return step.action === 'keep' ? shownUrl(step.url) : '-';
}

function stateOf(step: SubscriptionStep): string {
  switch (step.action) {
    case 'keep':
      return 'subscribed';
    case 'create':
      return 'not subscribed';
    case 'taken':
      return `taken by ${takerOf(step)}`;
    case 'replace':
      return isOurs(step) ? 'ours, out of date' : `taken by ${takerOf(step)}`;
  }
}

type Occupied = Extract<SubscriptionStep, { found: unknown }>;

/** Whether the subscribed URL has our host. */
export const isOurs = ({ url, found }: Occupied): boolean => hostOf(found.url) === hostOf(url);

/** The host of the subscribed URL, in words. */
export const takerOf = ({ found }: Occupied): string => hostOf(found.url) ?? 'a URL that IGF does not show';
