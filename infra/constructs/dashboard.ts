import type { IHttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Duration, Stack } from 'aws-cdk-lib/core';
import {
  ApiGatewayV2HttpApiMonitoring,
  DefaultDashboardFactory,
  LambdaFunctionMetricFactory,
  LatencyType,
  type MetricWithAlarmSupport,
  MonitoringFacade,
} from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import type { MetricName } from '../../lib/config/metrics.ts';
import { bridgeMetric, fiveMinutes } from './alarms/alarm.ts';
import type { BridgeAlarms } from './alarms/bridge-alarms.ts';
import { workerQueues } from './alarms/queue-alarms.ts';
import { SavedQueries, type WatchedParts } from './saved-queries.ts';

export interface BridgeDashboardProps extends WatchedParts {
  readonly stage: string;
  readonly alarms: BridgeAlarms;
}

const fullWidth = 24;

/**
 * The one page to look at in the console, named as the stack. Its upper half follows a webhook, and says of each part
 * what is normal. Its lower half has AWS's metrics. With up to 50 metrics it may be free.
 */
export class BridgeDashboard extends Construct {
  /** Where the console shows it. */
  readonly url: string;
  private readonly page: DefaultDashboardFactory;

  constructor(scope: Construct, id: string, props: BridgeDashboardProps) {
    super(scope, id);
    const { stackName: dashboardNamePrefix, region } = Stack.of(this);
    const console = `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}`;
    this.url = `${console}#dashboards/dashboard/${dashboardNamePrefix}`;
    const detailDashboardRange = Duration.days(1);
    this.page = new DefaultDashboardFactory(this, 'Page', { dashboardNamePrefix, detailDashboardRange });
    this.addUpperHalf(props);
    this.addLowerHalf(props);
  }

  /** @param normal what a person sees there while all is well */
  private addPart(title: string, normal: string, ...widgets: cloudwatch.IWidget[]): void {
    const markdown = `## ${title}\n**Normal:** ${normal}`;
    this.addRow(new cloudwatch.TextWidget({ markdown, width: fullWidth, height: 2 }));
    this.addRow(...widgets);
  }

  private addUpperHalf(props: BridgeDashboardProps): void {
    const at = `--stage ${props.stage}`;
    const saved = new SavedQueries(this, 'Queries', props);
    const own = (statistic: 'Sum' | 'Maximum' | 'p50' | 'p99', ...names: MetricName[]) =>
      names.map((name) => bridgeMetric(this, name, statistic, fiveMinutes));
    const { all, clientErrors, serverErrors } = props.api.metrics;
    const accepted = new cloudwatch.MathExpression({
      expression: 'all - refused - failed',
      usingMetrics: { all, refused: clientErrors, failed: serverErrors },
      label: '202',
      period: fiveMinutes,
    });
    const queues = workerQueues(props);
    const ofQueues = (
      metric: 'NumberOfMessagesVisible' | 'NumberOfMessagesNotVisible' | 'AgeOfOldestMessage',
      which: 'queue' | 'deadLetters' = 'queue',
    ) => queues.map((each) => each[which][`metricApproximate${metric}`]({ label: each.name }));

    this.addPart(
      'Alarms',
      `none is red. The mail of a red one says what to type. What waits for you: \`npx bridge attention ${at}\`.`,
      new cloudwatch.AlarmStatusWidget({ width: fullWidth, height: 5, alarms: [...props.alarms.all] }),
    );
    this.addPart(
      'Webhooks by answer',
      'nearly all are 202. Strangers cause a few 4xx. A 5xx does not last. Every working day has some 202.',
      graph('Answers in 5 minutes', 12, accepted, clientErrors, serverErrors),
      saved.table('Ingest answers by status and reason', 12),
      saved.table('Gateway answers by status and route', 12),
      saved.table('Attempts by webhook and outcome', 12),
    );
    this.addPart(
      'Time from 202 to done',
      'half of the webhooks are done within 2 seconds, and 99 % within a minute. A longer time means retries.',
      graph('Seconds from webhook to done', 12, ...own('p50', 'done-seconds'), ...own('p99', 'done-seconds')),
      saved.table('Retries and why', 12),
    );
    this.addPart(
      'Queues',
      'no message is visible for long. Those in flight are processed, or wait for a retry: many while IGF is down.',
      graph('Visible', 8, ...ofQueues('NumberOfMessagesVisible')),
      graph('In flight', 8, ...ofQueues('NumberOfMessagesNotVisible')),
      // The age of the oldest message leaves out what was received three times. Those have metrics of their own.
      graph(
        'Seconds that the oldest waits',
        8,
        ...ofQueues('AgeOfOldestMessage'),
        ...own('Maximum', 'retried-seconds', 'igf-down-seconds'),
      ),
    );
    this.addPart(
      'Parked',
      `the DLQs are empty. \`npx bridge parked ${at}\` lists what is in them, and why.`,
      graph('In the DLQs', 6, ...ofQueues('NumberOfMessagesVisible', 'deadLetters')),
      graph('Seconds since the oldest was parked', 6, ...own('Maximum', 'parked-oldest-seconds')),
      saved.table('Parked messages and why', 12),
    );
    this.addPart(
      'Calls to IGF',
      'nearly all have a status 2xx and take less than a second. A call without a status got no answer.',
      saved.table('IGF calls by operation and status', 16),
      graph('Refused', 8, ...own('Sum', 'igf-key-refused', 'secret-unreadable', 'path-in-doubt')),
    );
    this.addPart(
      'Returns that were decided about',
      'all states occur. Each refund that became due is paid soon. docs/life-of-a-return.md explains the states.',
      saved.table('Returns by state', 6),
      saved.table('Returns that need a person, by task', 8),
      saved.table('Refunds that became due', 10),
    );
    this.addPart(
      'Rejected webhooks',
      `none. Winkelstraat repeats each for 24 hours. \`npx bridge rejected ${at}\` says what to correct before.`,
      graph('Short of time', 8, ...own('Maximum', 'rejected-expiring')),
      saved.table('Rejected webhooks and their time left', 16),
    );
  }

  private addLowerHalf({ api, reconciler, quarantine, ...parts }: BridgeDashboardProps): void {
    this.addPart('Resources', 'no errors, no throttles. All else follows from how much comes.');
    const facade = new MonitoringFacade(this, 'Resources', { dashboardFactory: this.page });
    const gateway = new ApiGatewayV2HttpApiMonitoring(facade, {
      api: api.api as IHttpApi,
      humanReadableName: 'API',
    });
    this.addRow(gateway.createTitleWidget());
    this.addRow(gateway.createTpsWidget(12, 6), gateway.createLatencyWidget(12, 6));
    const workers = workerQueues({ quarantine, ...parts }).map(({ name, worker }) => [name, worker] as const);
    const functions = [...workers, ['reconciler', reconciler.lambda], ['watch', quarantine.watch]] as const;
    const factory = facade.createMetricFactory();
    const ofEach = (metricOf: (standard: LambdaFunctionMetricFactory) => MetricWithAlarmSupport) =>
      functions.map(([label, lambdaFunction]) =>
        metricOf(new LambdaFunctionMetricFactory(factory, { lambdaFunction })).with({ label }),
      );
    const throttles = LambdaFunction.metricAllThrottles({ label: 'throttles in the account' });
    this.addRow(
      graph('Runs', 8, ...ofEach((each) => each.metricInvocationCount())),
      graph('Errors', 8, ...ofEach((each) => each.metricFaultCount()), throttles),
      graph('99 % take at most, in ms', 8, ...ofEach((each) => each.metricLatencyInMillis(LatencyType.P99))),
    );
  }

  private addRow(...widgets: cloudwatch.IWidget[]): void {
    this.page.dashboard?.addWidgets(...widgets);
  }
}

const graph = (title: string, width: number, ...left: cloudwatch.IMetric[]) =>
  new cloudwatch.GraphWidget({ title, width, height: 6, left, leftYAxis: { min: 0 } });
