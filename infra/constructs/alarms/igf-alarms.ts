import { Duration } from 'aws-cdk-lib/core';
import type { AlarmDefinition } from './alarm.ts';
import type { Watched } from './watched.ts';

const everyHour = Duration.hours(1);
/** Messages are retried once an hour. With this period, one that goes on keeps its alarm on between two attempts. */
const twoRetries = Duration.hours(2);

/** What keeps the bridge from working with IGF or sending notices. */
export function igfAlarms({ metric, bridge, store, settings }: Watched): AlarmDefinition[] {
  const eachRun = Duration.minutes(Math.max(60, settings.reconcileMinutes));
  const twoRuns = Duration.minutes(Math.min(24 * 60, 2 * eachRun.toMinutes()));
  return [
    {
      name: 'igf-down',
      metric: metric('igf-down-seconds', 'Maximum', twoRetries),
      from: everyHour.toSeconds(),
      text:
        'ItGoesForward (IGF) has not been reached for more than an hour. Returns are not listed, cancelled or delivered. ' +
        'The bridge retries each message for 24 hours and then parks it. The first is parked 22 hours from now, ' +
        'and SQS keeps it for 14 days after that. Usually there is nothing to do but wait. ' +
        `To see what waits, type: ${bridge('retries')}.`,
    },
    {
      name: 'retried-for-an-hour',
      metric: metric('retried-seconds', 'Maximum', twoRetries),
      from: everyHour.toSeconds(),
      text:
        'A message has failed for more than an hour, for another reason than an outage of ItGoesForward. ' +
        'The bridge retries it for 24 hours and then parks it, 22 hours from now. ' +
        `Type: ${bridge('retries')}. It lists the order and the reason of each.`,
    },
    {
      name: 'igf-key-refused',
      metric: metric('igf-key-refused', 'Sum', twoRetries),
      from: 3,
      text:
        'ItGoesForward (IGF) refuses our api-key (401 or 403). Returns are not listed, cancelled or delivered. ' +
        'The bridge retries each message for 24 hours and then parks it: the first is parked 22 hours from now. ' +
        `Ask IGF for the key of this stage, and store it. Type: ${store('igf-key')}. ` +
        `Then type: ${bridge('igf', 'status')}.`,
    },
    {
      name: 'secret-unreadable',
      metric: metric('secret-unreadable', 'Sum', twoRetries),
      from: 3,
      text:
        'A secret has no value, or the functions may not read it. Without the key of Winkelstraat or IGF, webhooks are ' +
        'answered 503, and the first is lost 22 hours from now. Without our own key at IGF, messages are retried for 24 hours. ' +
        'Search the logs for the step secret-unreadable: it says which secret. ' +
        `Type: ${store('<winkelstraat-key, igf-path-token or igf-key>')}.`,
    },
    {
      name: 'path-in-doubt',
      metric: metric('path-in-doubt', 'Sum', everyHour),
      text:
        'ItGoesForward (IGF) answered 404 or 405 on a path that its document does not spell out. The path may be wrong. ' +
        'Returns that need this call wait: the first message is parked 23 hours from now. ' +
        'Ask IGF for its OpenAPI file. Type: npx bridge igf verify <file>. Correct the path with the setting igfPaths.',
    },
    {
      name: 'subscription-lost',
      metric: metric('subscription-lost', 'Sum', twoRuns),
      text:
        'ItGoesForward (IGF) sends some of its events somewhere else, or nowhere. ' +
        'Only the reconciler still follows those returns, so they are up to an hour late. Nothing is lost. ' +
        `Type: ${bridge('igf', 'status')}, then: ${bridge('igf', 'subscribe')}.`,
    },
    {
      name: 'notices-not-sent',
      metric: metric('not-notified', 'Sum', eachRun),
      inPeriods: { needed: 2, of: 2 },
      text:
        'Notices of returns that need a person could not be published in two runs of the reconciler. ' +
        'No article is lost, but refunds may be late. ' +
        `Type: ${bridge('attention')}. It lists what the notices would say. Then check the topic and its subscriptions.`,
    },
  ];
}
