import { describe, expect, test } from '@jest/globals';
import * as z from 'zod/mini';
import { AlarmProperties, type AlarmState, evaluateAlarm } from '../../../../infra/local/cloudwatch/alarm.ts';
import { Metrics } from '../../../../infra/local/cloudwatch/metrics.ts';

const minute = 60_000;
const now = Date.UTC(2024, 2, 8, 12);
const metric = { namespace: 'Test', name: 'Value' };

/** One value a minute, the newest last; `-` is missing, `X` breaches the threshold 5, `0` does not. */
function written(pattern: string): Metrics {
  const metrics = new Metrics();
  const values = pattern.split(' ');
  for (const [index, value] of values.entries()) {
    const at = now - (values.length - index) * minute;
    if (value !== '-') metrics.put(metric, value === 'X' ? 9 : Number(value), at);
  }
  return metrics;
}

const alarm = (properties: object): AlarmProperties =>
  z.parse(AlarmProperties, {
    Namespace: metric.namespace,
    MetricName: metric.name,
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 5,
    ComparisonOperator: 'GreaterThanThreshold',
    ...properties,
  });

const stateOf = (properties: object, pattern: string, before: AlarmState = 'OK'): AlarmState =>
  evaluateAlarm(alarm(properties), written(pattern), now, before).state;

const treatments = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;

/** The table in CloudWatch's documentation, with the state before in place of "retain current state". */
describe.each([
  // All of three periods.
  { needed: 3, pattern: '0 - X - X', states: ['OK', 'OK', 'OK', 'OK'] },
  { needed: 3, pattern: '0 - - - -', states: ['OK', 'OK', 'OK', 'OK'] },
  { needed: 3, pattern: '- - - - -', states: ['INSUFFICIENT_DATA', 'before', 'ALARM', 'OK'] },
  { needed: 3, pattern: '0 X X - X', states: ['ALARM', 'ALARM', 'ALARM', 'ALARM'] },
  { needed: 3, pattern: '- - X - -', states: ['ALARM', 'before', 'ALARM', 'OK'] },
  // Two of three periods.
  { needed: 2, pattern: '0 - X - X', states: ['ALARM', 'ALARM', 'ALARM', 'ALARM'] },
  { needed: 2, pattern: '0 0 X 0 X', states: ['ALARM', 'ALARM', 'ALARM', 'ALARM'] },
  { needed: 2, pattern: '0 - X - -', states: ['OK', 'OK', 'ALARM', 'OK'] },
  { needed: 2, pattern: '- - - - 0', states: ['OK', 'OK', 'ALARM', 'OK'] },
  { needed: 2, pattern: '- - - X -', states: ['ALARM', 'before', 'ALARM', 'OK'] },
])('an alarm on $needed of 3 periods, with the values $pattern', ({ needed, pattern, states }) => {
  test.each(treatments.map((treatment, index) => [treatment, states[index]] as const))(
    'and missing data treated as %s is %s',
    (treatment, expected) => {
      const properties = { EvaluationPeriods: 3, DatapointsToAlarm: needed, TreatMissingData: treatment };
      for (const before of ['OK', 'ALARM'] as const)
        expect(stateOf(properties, pattern, before)).toBe(expected === 'before' ? before : expected);
    },
  );
});

describe('an alarm', () => {
  test.each([
    ['GreaterThanThreshold', '5', 'OK'],
    ['GreaterThanThreshold', '6', 'ALARM'],
    ['GreaterThanOrEqualToThreshold', '5', 'ALARM'],
    ['LessThanThreshold', '5', 'OK'],
    ['LessThanThreshold', '4', 'ALARM'],
    ['LessThanOrEqualToThreshold', '5', 'ALARM'],
  ] as const)('that compares with %s takes %s as %s', (ComparisonOperator, value, state) => {
    expect(stateOf({ ComparisonOperator }, value)).toBe(state);
  });

  test.each([
    ['Sum', 'ALARM'],
    ['Average', 'OK'],
    ['Minimum', 'OK'],
    ['Maximum', 'OK'],
    ['SampleCount', 'OK'],
  ])('reads the statistic %s of a whole period', (Statistic, state) => {
    expect(stateOf({ Statistic, Period: 300 }, '1 2 3 4 4')).toBe(state);
  });

  test('reads a percentile', () => {
    const properties = { Statistic: undefined, ExtendedStatistic: 'p50', Period: 300, Threshold: 2 };
    expect(stateOf(properties, '1 2 3 9 9')).toBe('ALARM');
    expect(stateOf({ ...properties, Threshold: 3 }, '1 2 3 9 9')).toBe('OK');
  });

  test('calculates metric math of the series of its periods', () => {
    const stat = { Metric: { Namespace: 'Test', MetricName: 'Value' }, Period: 60, Stat: 'Sum' };
    const properties = {
      Namespace: undefined,
      Threshold: 0,
      Metrics: [
        { Id: 'growth', Expression: 'DIFF(m1 + m2)' },
        { Id: 'm1', MetricStat: stat, ReturnData: false },
        { Id: 'm2', MetricStat: stat, ReturnData: false },
      ],
    };
    expect(stateOf(properties, '1 1 2')).toBe('ALARM');
    expect(stateOf(properties, '1 2 2')).toBe('OK');
  });

  test('names the values that decided in its reason', () => {
    const { reason } = evaluateAlarm(alarm({ EvaluationPeriods: 2 }), written('7 - 8 -'), now, 'OK');
    expect(reason).toBe('the last values are 7, 8; the threshold is 5');
  });
});
