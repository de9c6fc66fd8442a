import { describe, expect, test } from '@jest/globals';
import * as z from 'zod/mini';
import { AlarmProperties } from '../../../../infra/local/cloudwatch/alarm.ts';
import { LocalCloudWatch } from '../../../../infra/local/cloudwatch/cloudwatch.ts';
import { measure } from '../../../../lib/runtime/log.ts';

const minute = 60_000;
const start = Date.UTC(2024, 2, 8, 12);

const alarmOn = (namespace: string, name: string): AlarmProperties =>
  z.parse(AlarmProperties, {
    AlarmName: `stage-${name}`,
    AlarmDescription: 'What to do: npx bridge parked --stage prod-2.',
    Namespace: namespace,
    MetricName: name,
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 0,
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: 'notBreaching',
  });

describe('the local CloudWatch', () => {
  test('rings when a function logs a metric in the embedded format, and ends when it no longer does', () => {
    const changes: string[] = [];
    const cloudWatch = new LocalCloudWatch(
      {
        alarms: [alarmOn('Bridge', 'wrong-key')],
        onChange: ({ name, state }, before) => changes.push(`${name}: ${before} → ${state}`),
      },
      start,
    );
    cloudWatch.evaluate(start + minute);
    const log = (line: string) => cloudWatch.takeLogLine(line, start + minute);
    log('{"level":"INFO","message":"a usual line"}');
    process.env.METRIC_NAMESPACE = 'Bridge';
    measure('wrong-key', 2, log);
    delete process.env.METRIC_NAMESPACE;
    cloudWatch.evaluate(start + minute + 1);
    cloudWatch.evaluate(start + 2 * minute);
    expect(cloudWatch.report()).toEqual([
      {
        name: 'stage-wrong-key',
        state: 'ALARM',
        since: '2024-03-08T12:02:00.000Z',
        reason: 'the last values are 2; the threshold is 0',
        text: 'What to do: npx bridge parked --local.',
      },
    ]);
    cloudWatch.evaluate(start + 5 * minute);
    expect(changes).toEqual([
      'stage-wrong-key: INSUFFICIENT_DATA → OK',
      'stage-wrong-key: OK → ALARM',
      'stage-wrong-key: ALARM → OK',
    ]);
  });

  test('counts the lines of the access log that a metric filter matches', () => {
    const cloudWatch = new LocalCloudWatch(
      {
        alarms: [alarmOn('Bridge', 'Throttled')],
        metricFilters: [
          {
            FilterPattern: '{ $.status = "429" }',
            MetricTransformations: [{ MetricNamespace: 'Bridge', MetricName: 'Throttled', MetricValue: '1' }],
          },
        ],
      },
      start,
    );
    cloudWatch.takeAccessLine({ status: '202' }, start);
    cloudWatch.evaluate(start + minute);
    expect(cloudWatch.report()).toMatchObject([{ state: 'OK' }]);
    cloudWatch.takeAccessLine({ status: '429' }, start + minute);
    cloudWatch.evaluate(start + 2 * minute);
    expect(cloudWatch.report()).toMatchObject([{ state: 'ALARM' }]);
  });

  test('takes a measured value for each minute that has passed', () => {
    const cloudWatch = new LocalCloudWatch({ alarms: [] }, start);
    const metric = { namespace: 'AWS/SQS', name: 'Depth' };
    cloudWatch.evaluate(start + 3 * minute, [{ metric, value: 4 }]);
    expect(cloudWatch.metrics.periods(metric, 'SampleCount', 3 * minute, start + 3 * minute, 1)).toEqual([3]);
  });
});
