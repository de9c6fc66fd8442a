import { Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type {
  QuarantineEnvironment,
  QuarantineWatchEnvironment,
  Variables,
} from '../../lib/config/environment.ts';
import { rejectedExpiring } from '../../lib/config/log-lines.ts';
import {
  quarantineWatchMinutes,
  quarantineWatchTimeoutSeconds,
  shortOfTimeSeconds,
  workerTimeoutSeconds,
} from '../../lib/config/timing.ts';
import { quarantineFiles } from '../bundle.ts';
import type { BridgeParts } from './advance-environment.ts';
import { BundledFunction, ScheduledFunction } from './bundled-function.ts';
import { metricNamespaceOf } from './names.ts';
import { QueueWithDlq } from './queue-with-dlq.ts';

/** The lowest limit of SQS polling. Rejected deliveries need no fast storing. */
const concurrency = 2;

/**
 * Keeps the deliveries of every sender that were answered 406: queue with DLQ → worker → table. A watch raises an alarm
 * before the sender stops retrying one of them.
 */
export class Quarantine extends Construct {
  /** The URLs of the queue and its DLQ. */
  readonly outputs: Readonly<Record<string, string>>;
  private readonly queue: QueueWithDlq;

  constructor(scope: Construct, id: string, props: BridgeParts) {
    super(scope, id);
    const { table, attention } = props;
    this.queue = new QueueWithDlq(this, 'Queue', attention);
    this.outputs = {
      RejectedQueueUrl: this.queue.queue.queueUrl,
      RejectedDeadLetterQueueUrl: this.queue.deadLetters.queueUrl,
    };

    // Queue → worker → table.
    const { lambda } = new BundledFunction<Variables<QuarantineEnvironment>>(this, 'Worker', {
      ...props,
      description: 'Stores deliveries that were answered 406',
      bundle: quarantineFiles.worker,
      timeoutSeconds: workerTimeoutSeconds,
      sourceMaps: true,
      environment: (self) => ({ ...this.queue.grantConsume(self), ...table.grantReadWriteRejected(self) }),
    });
    this.queue.addEventSource(lambda, concurrency);

    // The watch counts only deliveries in the table. This alarm covers deliveries that are not there yet.
    attention.alarm(this, 'WaitingAlarm', {
      metric: this.queue.queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(5) }),
      threshold: Duration.hours(1).toSeconds(),
      text:
        "The quarantine's worker has not stored a rejected delivery for more than an hour. " +
        'npx bridge rejected does not list it until it is stored. ' +
        "Read the log of the quarantine's worker for the cause.",
    });

    // Schedule → watch → metric → alarm.
    const every = Duration.minutes(quarantineWatchMinutes);
    new ScheduledFunction<Variables<QuarantineWatchEnvironment>>(this, 'Watch', {
      ...props,
      description: 'Counts rejected deliveries that their sender soon stops retrying',
      bundle: quarantineFiles.watch,
      timeoutSeconds: quarantineWatchTimeoutSeconds,
      sourceMaps: true,
      environment: (self) => ({
        ...table.grantRead(self),
        ...table.grantReadWriteRejected(self),
        ...table.grantQueryTasks(self),
        METRIC_NAMESPACE: metricNamespaceOf(this),
      }),
      every,
      failureText:
        'The watch over rejected deliveries failed. ' +
        'No alarm will fire before their sender stops retrying them. ' +
        "Read the watch's log for the cause, and run npx bridge rejected meanwhile.",
    });

    attention.alarm(this, 'ExpiringAlarm', {
      metric: new Metric({
        namespace: metricNamespaceOf(this),
        metricName: rejectedExpiring,
        statistic: 'Maximum',
        period: every,
      }),
      // A period may fall between two runs and have no data. That changes nothing.
      missingData: TreatMissingData.IGNORE,
      text:
        `The sender stops retrying a rejected delivery in less than ${shortOfTimeSeconds / 3600} hours. ` +
        'Run npx bridge rejected to list the deliveries and their errors, then correct the cause.',
    });
  }

  /** Lets an ingest function send rejected deliveries to the quarantine. */
  grantReject(ingest: IGrantable): { REJECTED_QUEUE_URL: string } {
    return { REJECTED_QUEUE_URL: this.queue.grantSend(ingest).QUEUE_URL };
  }
}
