import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Duration } from 'aws-cdk-lib/core';
import { quarantineWatchMinutes, shortOfTimeSeconds } from '../../../lib/config/timing.ts';
import { type AlarmDefinition, fiveMinutes, orZero, threeTimesAnHour } from './alarm.ts';
import type { Watched } from './watched.ts';

interface ScheduledRuns {
  /** `reconciler` or `watch`. */
  readonly name: string;
  readonly lambda: LambdaFunction;
  readonly every: Duration;
  /** The command that prints its log. */
  readonly log: string;
  /** What is missing while it does not run, and when the first loss comes. */
  readonly meaning: string;
}

/** The scheduled functions. */
export const scheduleAlarms = ({ reconciler, quarantine, settings, bridge, logs }: Watched) => [
  ...alarmsOf({
    name: 'reconciler',
    lambda: reconciler.lambda,
    every: Duration.minutes(settings.reconcileMinutes),
    log: logs('reconciler'),
    meaning:
      'Events that ItGoesForward did not deliver are not noticed, and pending notices are not sent. ' +
      'No article is lost, but refunds and warnings are late. ' +
      `To see its last run, type: ${bridge('status')}.`,
  }),
  ...alarmsOf({
    name: 'watch',
    lambda: quarantine.watch,
    every: Duration.minutes(quarantineWatchMinutes),
    log: logs('quarantine/watch'),
    meaning:
      'No alarm rings before Winkelstraat stops repeating a rejected webhook. ' +
      `The first may be lost ${shortOfTimeSeconds / 3600 - 1} hours from now, and the bridge keeps each for 30 days. ` +
      `Meanwhile type: ${bridge('rejected')}.`,
  }),
];

/** One that does not run, or fails: twice in a row, and for an hour. */
function alarmsOf({ name, lambda, every, log, meaning }: ScheduledRuns): AlarmDefinition[] {
  const runs = Math.max(2, Math.ceil(60 / every.toMinutes()));
  return [
    {
      name: `${name}-stopped`,
      section: 'schedule-stopped',
      metric: orZero(lambda.metricInvocations({ period: every })),
      below: 1,
      inPeriods: { needed: runs, of: runs },
      missing: TreatMissingData.BREACHING,
      text:
        `The ${name} has missed ${runs} runs in a row. ${meaning} ` +
        `Open its rule in the EventBridge console and enable it. Type: ${log}.`,
    },
    {
      name: `${name}-fails`,
      section: 'schedule-fails',
      metric: lambda.metricErrors({ period: every }),
      inPeriods: { needed: runs, of: runs },
      text: `The last ${runs} runs of the ${name} failed. ${meaning} Type: ${log}. After a deploy, roll back.`,
    },
  ];
}

/** Lambda runs fewer functions at once than the account needs. Of all its functions together it writes one metric. */
export const throttleAlarm = (): AlarmDefinition => ({
  name: 'functions-throttled',
  metric: LambdaFunction.metricAllThrottles({ period: fiveMinutes }),
  inPeriods: threeTimesAnHour,
  text:
    "Lambda refuses to start functions, because the account's concurrency in this region is used up, by this stack or " +
    'by another one. A webhook that it refuses is answered 5xx. ' +
    'Winkelstraat repeats it for 24 hours, so the first is lost 23 hours from now. ' +
    'Type: aws lambda get-account-settings. Ask AWS for a higher quota of concurrent executions, ' +
    'or lower workerConcurrency in cdk.json and deploy.',
});
