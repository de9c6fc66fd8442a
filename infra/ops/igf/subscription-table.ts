import { hostOf, type SubscriptionStep, shownUrl } from '../../../lib/webhooks/igf/subscriptions.ts';

/** The table of the eight event types: who gets each, and whether that is as wanted. Tokens are masked. */
export function subscriptionTable(title: string, plan: readonly SubscriptionStep[]): string[] {
  const rows = plan.map((step) => [step.eventType, whereTo(step), stateOf(step)] as const);
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return [
    title,
    ...rows.map(([eventType, url, state]) =>
      `  ${eventType.padEnd(widths[0] ?? 0)}  ${url.padEnd(widths[1] ?? 0)}  ${state}`.trimEnd(),
    ),
  ];
}

function whereTo(step: SubscriptionStep): string {
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

/** Whether the one that is there is of our host. */
export const isOurs = ({ url, found }: Occupied): boolean => hostOf(found.url) === hostOf(url);

/** Who has it, as a person says it. */
export const takerOf = ({ found }: Occupied): string => hostOf(found.url) ?? 'a URL that IGF does not show';
