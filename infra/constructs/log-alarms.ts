import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { alarms } from '../../lib/config/alarms.ts';
import type { AttentionTopic } from './attention-topic.ts';
import { metricNamespaceOf } from './metric-namespace.ts';
import { pascalCase } from './pascal-case.ts';

export interface LogAlarmsProps {
  /** Functions that may log the steps of `lib/config/alarms.ts`. */
  readonly functions: readonly LambdaFunction[];
  readonly attention: AttentionTopic;
}

/** Function → log → alarm: rings when a function logs that something needs somebody, once however often it does. */
export class LogAlarms extends Construct {
  constructor(scope: Construct, id: string, { functions, attention }: LogAlarmsProps) {
    super(scope, id);
    const metricNamespace = metricNamespaceOf(this);
    for (const [step, alarmDescription] of Object.entries(alarms)) {
      const named = { metricNamespace, metricName: step };
      const filterPattern = FilterPattern.stringValue('$.message.step', '=', step);
      for (const lambda of functions) {
        new MetricFilter(lambda, pascalCase(step), { ...named, logGroup: lambda.logGroup, filterPattern });
      }
      const alarm = new Alarm(this, pascalCase(step), {
        alarmDescription,
        metric: new Metric({
          namespace: metricNamespace,
          metricName: step,
          statistic: 'sum',
          // The usual time between two runs of the reconciler: what every run finds rings once, not every hour.
          period: Duration.hours(1),
        }),
        comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
        threshold: 0,
        evaluationPeriods: 1,
        treatMissingData: TreatMissingData.NOT_BREACHING,
      });
      attention.hear(alarm);
    }
  }
}
