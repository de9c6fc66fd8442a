import * as z from 'zod/mini';
import { evaluateMath, type Series } from './metric-math.ts';
import type { Metrics } from './metrics.ts';

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

const Dimensions = z._default(z.array(z.object({ Name: z.string(), Value: z.string() })), []);

const Query = z.looseObject({
  Id: z.string(),
  Expression: z.optional(z.string()),
  MetricStat: z.optional(
    z.looseObject({
      Metric: z.looseObject({ Namespace: z.string(), MetricName: z.string(), Dimensions }),
      Period: z.number(),
      Stat: z.string(),
    }),
  ),
  Period: z.optional(z.number()),
  ReturnData: z._default(z.boolean(), true),
});

/** The properties of `AWS::CloudWatch::Alarm` that decide its state. */
export const AlarmProperties = z.looseObject({
  AlarmName: z.optional(z.string()),
  AlarmDescription: z._default(z.string(), ''),
  Namespace: z.optional(z.string()),
  MetricName: z.optional(z.string()),
  Dimensions,
  Statistic: z.optional(z.string()),
  ExtendedStatistic: z.optional(z.string()),
  Period: z.optional(z.number()),
  Metrics: z._default(z.array(Query), []),
  EvaluationPeriods: z.number(),
  DatapointsToAlarm: z.optional(z.number()),
  Threshold: z.coerce.number(),
  ComparisonOperator: z.enum([
    'GreaterThanThreshold',
    'GreaterThanOrEqualToThreshold',
    'LessThanThreshold',
    'LessThanOrEqualToThreshold',
  ]),
  TreatMissingData: z._default(z.enum(['missing', 'ignore', 'breaching', 'notBreaching']), 'missing'),
});
export type AlarmProperties = z.infer<typeof AlarmProperties>;

const compare = {
  GreaterThanThreshold: (value: number, threshold: number) => value > threshold,
  GreaterThanOrEqualToThreshold: (value: number, threshold: number) => value >= threshold,
  LessThanThreshold: (value: number, threshold: number) => value < threshold,
  LessThanOrEqualToThreshold: (value: number, threshold: number) => value <= threshold,
};

/** Rings when a value is missing or too low. */
export const isAboutSilence = ({ ComparisonOperator }: AlarmProperties): boolean =>
  ComparisonOperator.startsWith('LessThan');

/** How far back an alarm looks, in milliseconds. */
export const windowMs = ({ Period, Metrics, EvaluationPeriods }: AlarmProperties): number =>
  EvaluationPeriods *
  (Period ?? Metrics.find(({ MetricStat }) => MetricStat)?.MetricStat?.Period ?? 60) *
  1000;

/** CloudWatch looks at this many more periods than the alarm needs, so that late data counts. */
const morePeriods = 2;

/** What an evaluation found: the new state, and CloudWatch's kind of reason for it. */
export interface Evaluation {
  readonly state: AlarmState;
  readonly reason: string;
}

/**
 * Evaluates an alarm as CloudWatch does, from its properties in the template.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html#alarms-and-missing-data
 * @param at the end of the newest period, milliseconds since the epoch
 */
export function evaluateAlarm(
  alarm: AlarmProperties,
  metrics: Metrics,
  at: number,
  before: AlarmState,
): Evaluation {
  const { EvaluationPeriods: periods, DatapointsToAlarm: needed = periods, Threshold: threshold } = alarm;
  const range = seriesOf(alarm, metrics, at, periods + morePeriods);
  const present = range.filter((value) => value !== undefined).slice(-periods);
  const missing = periods - present.length;
  const breaches = present.filter((value) => compare[alarm.ComparisonOperator](value, threshold));
  const filled = alarm.TreatMissingData === 'breaching' ? missing : 0;

  const values =
    present.length > 0 ? `the last values are ${present.map(short).join(', ')}` : 'there are no values';
  const reason = `${values}${missing > 0 ? `, ${missing} of ${periods} are missing` : ''}; the threshold is ${threshold}`;
  const found = (state: AlarmState): Evaluation => ({ state, reason });

  if (breaches.length + filled >= needed) return found('ALARM');
  if (missing === 0 || alarm.TreatMissingData === 'notBreaching' || alarm.TreatMissingData === 'breaching')
    return found('OK');
  const undecided = present.length === 0 || breaches.length >= Math.min(needed, present.length);
  if (!undecided) return found('OK');
  if (alarm.TreatMissingData === 'ignore') return found(before);
  return found(present.length === 0 ? 'INSUFFICIENT_DATA' : 'ALARM');
}

const short = (value: number): string => String(Math.round(value * 100) / 100);

/** The values that an alarm compares, one for each of the last periods, oldest first. */
function seriesOf(alarm: AlarmProperties, metrics: Metrics, at: number, count: number): Series {
  if (alarm.Metrics.length === 0) {
    const { Namespace: namespace = '', MetricName: name = '', Dimensions: dimensions } = alarm;
    const statistic = alarm.ExtendedStatistic ?? alarm.Statistic ?? 'Average';
    const metric = { namespace, name, dimensions: byName(dimensions) };
    return metrics.periods(metric, statistic, (alarm.Period ?? 60) * 1000, at, count);
  }
  const series = new Map<string, Series>();
  for (const { Id, MetricStat } of alarm.Metrics) {
    if (!MetricStat) continue;
    const { Metric, Stat, Period } = MetricStat;
    const metric = {
      namespace: Metric.Namespace,
      name: Metric.MetricName,
      dimensions: byName(Metric.Dimensions),
    };
    // `DIFF` needs the period before the first.
    series.set(Id, metrics.periods(metric, Stat, Period * 1000, at, count + 1));
  }
  const expressions = alarm.Metrics.filter(({ Expression }) => Expression !== undefined);
  for (const { Id, Expression = '' } of expressions.toReversed())
    series.set(Id, evaluateMath(Expression, series));
  const returned = alarm.Metrics.find(({ ReturnData }) => ReturnData);
  return (series.get(returned?.Id ?? '') ?? []).slice(-count);
}

const byName = (dimensions: AlarmProperties['Dimensions']): Record<string, string> =>
  Object.fromEntries(dimensions.map(({ Name, Value }) => [Name, Value]));
