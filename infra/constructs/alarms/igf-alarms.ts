import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { placeOf } from '../../../lib/returns/npx-bridge.ts';
import { type AlarmDefinition, bridgeMetric, storeSecret } from './alarm.ts';

const everyHour = Duration.hours(1);
/** Messages are retried once an hour. With this period, one that goes on keeps its alarm on between two attempts. */
const twoRetries = Duration.hours(2);

/** What keeps the bridge from working with IGF or sending notices. @param reconcileEvery the time between two runs */
export function igfAlarms(scope: Construct, stage: string, reconcileEvery: Duration): AlarmDefinition[] {
  const eachRun = Duration.minutes(Math.max(60, reconcileEvery.toMinutes()));
  const twoRuns = Duration.minutes(Math.min(24 * 60, 2 * eachRun.toMinutes()));
  const at = placeOf(stage).join(' ');
  return [
    {
      name: 'igf-down',
      metric: bridgeMetric(scope, 'igf-down-seconds', 'Maximum', twoRetries),
      from: everyHour.toSeconds(),
      text:
        'ItGoesForward (IGF) has not been reached for more than an hour. Returns are not listed, cancelled or delivered. ' +
        'The bridge retries each message for 24 hours and then parks it. The first is parked 22 hours from now, ' +
        'and SQS keeps it for 14 days after that. Usually there is nothing to do but wait. ' +
        `To see what waits, type: npx bridge retries ${at}.`,
    },
    {
      name: 'retried-for-an-hour',
      metric: bridgeMetric(scope, 'retried-seconds', 'Maximum', twoRetries),
      from: everyHour.toSeconds(),
      text:
        'A message has failed for more than an hour, for another reason than an outage of ItGoesForward. ' +
        'The bridge retries it for 24 hours and then parks it, 22 hours from now. ' +
        `Type: npx bridge retries ${at}. It lists the order and the reason of each.`,
    },
    {
      name: 'igf-key-refused',
      metric: bridgeMetric(scope, 'igf-key-refused', 'Sum', twoRetries),
      from: 3,
      text:
        'ItGoesForward (IGF) refuses our api-key (401 or 403). Returns are not listed, cancelled or delivered. ' +
        'The bridge retries each message for 24 hours and then parks it: the first is parked 22 hours from now. ' +
        `Ask IGF for the key of this stage, and store it. Type: ${storeSecret(stage, 'igf-key')}. ` +
        `Then type: npx bridge igf status ${at}.`,
    },
    {
      name: 'secret-unreadable',
      metric: bridgeMetric(scope, 'secret-unreadable', 'Sum', twoRetries),
      from: 3,
      text:
        'A secret has no value, or the functions may not read it. Without the key of Winkelstraat or IGF, webhooks are ' +
        'answered 503, and the first is lost 22 hours from now. Without our own key at IGF, messages are retried for 24 hours. ' +
        'Search the logs for the step secret-unreadable: it says which secret. ' +
        `Type: ${storeSecret(stage, '<winkelstraat-key, igf-path-token or igf-key>')}.`,
    },
    {
      name: 'path-in-doubt',
      metric: bridgeMetric(scope, 'path-in-doubt', 'Sum', everyHour),
      text:
        'ItGoesForward (IGF) answered 404 or 405 on a path that its document does not spell out. The path may be wrong. ' +
        'Returns that need this call wait: the first message is parked 23 hours from now. ' +
        'Ask IGF for its OpenAPI file. Type: npx bridge igf verify <file>. Correct the path with the setting igfPaths.',
    },
    {
      name: 'subscription-lost',
      metric: bridgeMetric(scope, 'subscription-lost', 'Sum', twoRuns),
      text:
        'ItGoesForward (IGF) sends some of its events somewhere else, or nowhere. ' +
        'Only the reconciler still follows those returns, so they are up to an hour late. Nothing is lost. ' +
        `Type: npx bridge igf status ${at}, then: npx bridge igf subscribe ${at}.`,
    },
    {
      name: 'notices-not-sent',
      metric: bridgeMetric(scope, 'not-notified', 'Sum', eachRun),
      inPeriods: { needed: 2, of: 2 },
      text:
        'Notices of returns that need a person could not be published in two runs of the reconciler. ' +
        'No article is lost, but refunds may be late. ' +
        `Type: npx bridge attention ${at}. It lists what the notices would say. Then check the topic and its subscriptions.`,
    },
  ];
}
