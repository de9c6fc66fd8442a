import {
  Alarm,
  ComparisonOperator,
  type IAlarmAction,
  type IMetric,
  MathExpression,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Duration, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { MetricName } from '../../../lib/config/metrics.ts';
import { metricNamespaceOf } from '../names.ts';

export interface AlarmDefinition {
  /** What is wrong, in kebab-case. The alarm has this name after its stage's. */
  readonly name: string;
  /** Its section in `docs/runbook.md`. By default its name. */
  readonly section?: string;
  readonly metric: IMetric;
  /** The alarm rings from this value on, or below it with `below`. Default: 1. */
  readonly from?: number;
  readonly below?: number;
  /** In how many of the last periods. Default: in the last one. */
  readonly inPeriods?: { readonly needed: number; readonly of: number };
  /** How a period without data counts. Default: nothing happened. */
  readonly missing?: TreatMissingData;
  /** It is about something that has happened, so nothing is over when it ends. */
  readonly isEvent?: boolean;
  /** What it means, when the first loss comes, and the command to type. ASCII. */
  readonly text: string;
}

/** Makes an alarm. It also reports when what is wrong is over. @param action where it publishes */
export function addAlarm(scope: Construct, definition: AlarmDefinition, action: IAlarmAction): Alarm {
  const { name, section = name, from = 1, below, inPeriods, missing, isEvent, text } = definition;
  // A metric of events has values only when they happen. CloudWatch then looks further back, and an old event would keep
  // the alarm on for hours: a new one would send no mail.
  const isSparse = definition.metric instanceof Metric && missing === undefined;
  const metric = isSparse ? orZero(definition.metric) : definition.metric;
  const alarm = new Alarm(scope, name, {
    alarmName: `${Stack.of(scope).stackName}-${name}`,
    alarmDescription: `${text} Runbook: docs/runbook.md#${section}`,
    metric,
    threshold: below ?? from,
    comparisonOperator:
      below === undefined
        ? ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD
        : ComparisonOperator.LESS_THAN_THRESHOLD,
    evaluationPeriods: inPeriods?.of ?? 1,
    datapointsToAlarm: inPeriods?.needed ?? 1,
    treatMissingData: missing ?? TreatMissingData.NOT_BREACHING,
  });
  alarm.addAlarmAction(action);
  if (!isEvent) alarm.addOkAction(action);
  return alarm;
}

export const bridgeMetric = (
  scope: Construct,
  metricName: MetricName,
  statistic: 'Sum' | 'Maximum' | 'p50' | 'p99',
  period: Duration,
): Metric => new Metric({ namespace: metricNamespaceOf(scope), metricName, statistic, period });

/** A metric that has a value in every period. Without it, an alarm on silence waits for some periods more. */
export const orZero = (metric: Metric): IMetric =>
  new MathExpression({
    expression: 'FILL(value, 0)',
    usingMetrics: { value: metric },
    period: metric.period,
  });

/** What happens again and again within an hour, but not what heals at once. */
export const threeTimesAnHour = { needed: 3, of: 12 } as const;
export const fiveMinutes = Duration.minutes(5);

/**
 * Within this time three failures ring where webhooks are being lost. Winkelstraat repeats a webhook several times in 24
 * hours, and does not say when. One that fails once in up to three hours still rings, a quarter of its time has passed then.
 */
export const sixHours = Duration.hours(6);
export const threeTimesInSixHours = {
  needed: 3,
  of: sixHours.toMinutes() / fiveMinutes.toMinutes(),
} as const;
/** What becomes of the webhooks whose failures ring after so many hours. */
export const lostAfter = (hours: number): string =>
  `Winkelstraat repeats each for 24 hours, so the first is lost ${24 - hours} hours from now. IGF may not repeat any.`;
