import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
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
  workerTimeoutSeconds,
} from '../../lib/config/timing.ts';
import { quarantineFiles } from '../bundle.ts';
import type { BridgeParts } from './advance-environment.ts';
import { BundledFunction, ScheduledFunction } from './bundled-function.ts';
import { QueueWithDlq } from './queue-with-dlq.ts';

/** The lowest limit of SQS polling. Rejected deliveries need no fast storing. */
const concurrency = 2;

/** Keeps rejected deliveries. A watch raises an alarm before the sender stops retrying one of them. */
export class Quarantine extends Construct {
  readonly outputs: Readonly<Record<string, string>>;
  readonly queue: QueueWithDlq;
  readonly worker: LambdaFunction;
  readonly watch: LambdaFunction;

  constructor(scope: Construct, id: string, props: BridgeParts) {
    super(scope, id);
    const { stage, table } = props;
    this.queue = new QueueWithDlq(this, 'Queue', stage.policy.mode);
    this.outputs = {
      QuarantineQueueUrl: this.queue.queue.queueUrl,
      QuarantineDeadLetterQueueUrl: this.queue.deadLetters.queueUrl,
    };

    // Queue → worker → table.
    this.worker = new BundledFunction<Variables<QuarantineEnvironment>>(this, 'Worker', {
      ...props,
      description: 'Stores deliveries that were answered 406',
      bundle: quarantineFiles.worker,
      timeoutSeconds: workerTimeoutSeconds,
      sourceMaps: true,
      environment: (self) => ({ ...this.queue.grantConsume(self), ...table.grantReadWriteRejected(self) }),
    }).lambda;
    this.queue.addEventSource(this.worker, concurrency);

    // Schedule → watch → metrics.
    this.watch = new ScheduledFunction<Variables<QuarantineWatchEnvironment>>(this, 'Watch', {
      ...props,
      description: 'Measures how long rejected and parked deliveries have left',
      bundle: quarantineFiles.watch,
      timeoutSeconds: quarantineWatchTimeoutSeconds,
      sourceMaps: true,
      environment: (self) => ({
        ...table.grantReadAndWriteRejected(self),
        ...table.grantQueryTasks(self),
      }),
      every: Duration.minutes(quarantineWatchMinutes),
    }).lambda;
  }

  grantReject(ingest: IGrantable): { REJECTED_QUEUE_URL: string } {
    return { REJECTED_QUEUE_URL: this.queue.grantSend(ingest).QUEUE_URL };
  }
}
