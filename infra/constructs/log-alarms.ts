import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { AlarmStep } from '../../lib/config/log-lines.ts';
import type { AttentionTopic } from './attention-topic.ts';
import { metricNamespaceOf, pascalCase } from './names.ts';

export interface LogAlarmsProps {
  /** Steps of `lib/config/log-lines.ts`, with the texts of their alarms. */
  readonly alarms: Readonly<Partial<Record<AlarmStep, string>>>;
  /** The functions that may log these steps. */
  readonly functions: readonly LambdaFunction[];
  readonly attention: AttentionTopic;
}

/** Function → log → metric → alarm. The alarm fires once, however often a function logs the step within an hour. */
export class LogAlarms extends Construct {
  constructor(scope: Construct, id: string, { alarms, functions, attention }: LogAlarmsProps) {
    super(scope, id);
    const namespace = metricNamespaceOf(this);
    for (const [step, text] of Object.entries(alarms)) {
      const filterPattern = FilterPattern.stringValue('$.message.step', '=', step);
      for (const lambda of functions) {
        new MetricFilter(lambda, pascalCase(step), {
          logGroup: lambda.logGroup,
          filterPattern,
          metricNamespace: namespace,
          metricName: step,
        });
      }
      attention.alarm(this, pascalCase(step), {
        metric: new Metric({
          namespace,
          metricName: step,
          statistic: 'sum',
          // The reconciler usually runs once an hour. With this period, a fault that every run finds keeps one alarm on.
          period: Duration.hours(1),
        }),
        text,
      });
    }
  }
}
