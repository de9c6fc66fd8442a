import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Duration } from 'aws-cdk-lib/core';
import { type AlarmDefinition, fiveMinutes, orZero, sumsOver, threeTimesAnHour } from './alarm.ts';
import { numbered } from './webhook-alarms.ts';

export interface ScheduledRuns {
  /** `reconciler` or `watch`. */
  readonly name: string;
  readonly lambda: LambdaFunction;
  readonly every: Duration;
  /** The command that prints its log. */
  readonly logs: string;
  /** What is missing while it does not run, and when the first loss comes. */
  readonly meaning: string;
}

const twice = { needed: 2, of: 2 } as const;

/** A scheduled function that does not run, or fails. */
export function scheduleAlarms({ name, lambda, every, logs, meaning }: ScheduledRuns): AlarmDefinition[] {
  return [
    {
      name: `${name}-stopped`,
      section: 'schedule-stopped',
      metric: orZero(lambda.metricInvocations({ period: every })),
      below: 1,
      inPeriods: twice,
      missing: TreatMissingData.BREACHING,
      text:
        `The ${name} has not run for two of its intervals. ${meaning} ` +
        `Open its rule in the EventBridge console and enable it. Type: ${logs}.`,
    },
    {
      name: `${name}-fails`,
      section: 'schedule-fails',
      metric: lambda.metricErrors({ period: every }),
      inPeriods: twice,
      text: `Two runs of the ${name} in a row failed. ${meaning} Type: ${logs}. After a deploy, roll back.`,
    },
  ];
}

/** Lambda runs fewer functions at once than the stack needs. */
export const throttleAlarms = (functions: readonly LambdaFunction[]): AlarmDefinition[] =>
  sumsOver(functions, (lambda) => lambda.metricThrottles({ period: fiveMinutes }), fiveMinutes).map(
    (metric, part) => ({
      name: numbered('functions-throttled', part),
      section: 'functions-throttled',
      metric,
      inPeriods: threeTimesAnHour,
      text:
        "Lambda refuses to start functions, because the account's concurrency is used up. " +
        'Webhooks may be answered 5xx: Winkelstraat repeats each for 24 hours, so the first is lost 23 hours from now. ' +
        'Type: aws lambda get-account-settings. Ask AWS for a higher quota of concurrent executions, ' +
        'or lower workerConcurrency in cdk.json and deploy.',
    }),
  );
