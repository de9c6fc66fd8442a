import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type {
  QuarantineEnvironment,
  QuarantineWatchEnvironment,
  Variables,
} from '../../lib/config/environment.ts';
import {
  quarantineWatchMinutes,
  quarantineWatchTimeoutSeconds,
  shortOfTimeSeconds,
  workerTimeoutSeconds,
} from '../../lib/config/timing.ts';
import { rejectedExpiring } from '../../lib/runtime/metric.ts';
import { type Bundles, codeOf, quarantineFiles } from '../bundle.ts';
import type { Stage } from '../settings/stage.ts';
import type { AttentionTopic } from './attention-topic.ts';
import type { BridgeTable } from './bridge-table.ts';
import { BundledFunction } from './bundled-function.ts';
import { metricNamespaceOf } from './metric-namespace.ts';
import { SenderQueue } from './sender-queue.ts';

export interface QuarantineProps {
  readonly stage: Stage;
  readonly bundles: Bundles;
  readonly table: BridgeTable;
  readonly attention: AttentionTopic;
}

/** Lambda polls a queue with at least two at once; nothing waits for what was refused. */
const concurrency = 2;

/**
 * What is answered 406, of every sender: queue with its DLQ → worker → table, and a watch that rings before the sender
 * gives up.
 */
export class Quarantine extends Construct {
  /** Where rejected messages are. */
  readonly outputs: Readonly<Record<string, string>>;
  private readonly queue: SenderQueue;

  constructor(scope: Construct, id: string, props: QuarantineProps) {
    super(scope, id);
    this.queue = new SenderQueue(this, 'Queue', props.attention);
    this.work(props);
    this.watch(props);
    this.outputs = {
      RejectedQueueUrl: this.queue.queue.queueUrl,
      RejectedDeadLetterQueueUrl: this.queue.deadLetters.queueUrl,
    };
  }

  /** Lets an ingest function put in what it refuses. */
  letReject(ingest: IGrantable): { REJECTED_QUEUE_URL: string } {
    return { REJECTED_QUEUE_URL: this.queue.letFill(ingest).QUEUE_URL };
  }

  /** Queue → worker → table. */
  private work({ stage, bundles, table, attention }: QuarantineProps): void {
    const worker = new BundledFunction<Variables<QuarantineEnvironment>>(this, 'Worker', {
      description: 'Keeps what was answered 406',
      code: codeOf(bundles, quarantineFiles.worker),
      timeoutSeconds: workerTimeoutSeconds,
      logRetentionDays: stage.settings.logRetentionDays,
      sourceMaps: true,
      environment: (self) => ({ ...this.queue.letDrain(self), ...table.letKeepRejected(self) }),
    });
    this.queue.feed(worker.lambda, concurrency);

    // What is not in the table yet is on no list, and the watch can't ring for it.
    attention.hear(
      new Alarm(this, 'WaitingAlarm', {
        alarmDescription:
          'Rejected deliveries have waited for an hour to be kept in the table. The log of the quarantine’s worker says why.',
        metric: this.queue.queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(5) }),
        comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
        threshold: Duration.hours(1).toSeconds(),
        evaluationPeriods: 1,
        treatMissingData: TreatMissingData.NOT_BREACHING,
      }),
    );
  }

  /** Schedule → watch → metric → alarm. */
  private watch({ stage, bundles, table, attention }: QuarantineProps): void {
    const { lambda } = new BundledFunction<Variables<QuarantineWatchEnvironment>>(this, 'Watch', {
      description: 'Counts the rejected deliveries that their sender gives up soon',
      code: codeOf(bundles, quarantineFiles.watch),
      timeoutSeconds: quarantineWatchTimeoutSeconds,
      logRetentionDays: stage.settings.logRetentionDays,
      sourceMaps: true,
      environment: (self) => {
        table.letLookUp(self);
        return {
          ...table.letKeepRejected(self),
          ...table.letListWork(self),
          METRIC_NAMESPACE: metricNamespaceOf(this),
        };
      },
    });
    const every = Duration.minutes(quarantineWatchMinutes);
    const soon = { retryAttempts: 0, maxEventAge: Duration.minutes(5) };
    lambda.configureAsyncInvoke(soon);
    new Rule(this, 'Schedule', {
      description: 'Starts the watch over the quarantine',
      schedule: Schedule.rate(every),
      // Nothing of the event is read.
      targets: [new LambdaTarget(lambda, { ...soon, event: RuleTargetInput.fromObject({}) })],
    });

    attention.hear(
      new Alarm(this, 'ExpiringAlarm', {
        alarmDescription: `A delivery that was answered 406 has less than ${shortOfTimeSeconds / 3600} hours left until its sender gives up. npm run ops -- rejected lists it.`,
        metric: new Metric({
          namespace: metricNamespaceOf(this),
          metricName: rejectedExpiring,
          statistic: 'Maximum',
          period: every,
        }),
        comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
        threshold: 0,
        evaluationPeriods: 1,
        // Between two runs a period may go by without a count: that says nothing.
        treatMissingData: TreatMissingData.IGNORE,
      }),
    );
    attention.hear(
      new Alarm(this, 'WatchFailedAlarm', {
        alarmDescription:
          'The watch over rejected deliveries failed: nobody is told when their time runs out. Its log says why.',
        metric: lambda.metricErrors({ period: Duration.hours(1) }),
        comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
        threshold: 0,
        evaluationPeriods: 1,
        treatMissingData: TreatMissingData.NOT_BREACHING,
      }),
    );
  }
}
