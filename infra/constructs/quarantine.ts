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
import { type Bundles, quarantineFiles } from '../bundle.ts';
import type { Stage } from '../settings/stage.ts';
import type { OrderTable } from './bridge-table.ts';
import { BundledFunction, ScheduledFunction } from './bundled-function.ts';
import { QueueWithDlq } from './queue-with-dlq.ts';

export interface QuarantineProps {
  readonly stage: Stage;
  readonly bundles: Bundles;
  readonly table: OrderTable;
}

/** The lowest limit of SQS polling. Rejected deliveries need no fast storing. */
const concurrency = 2;

/**
 * Keeps the deliveries of every sender that were answered 406: queue with DLQ → worker → table. A watch raises an alarm
 * before the sender stops retrying one of them.
 */
export class Quarantine extends Construct {
  /** The URLs of the queue and its DLQ. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly queue: QueueWithDlq;
  readonly worker: LambdaFunction;
  readonly watch: LambdaFunction;

  constructor(scope: Construct, id: string, props: QuarantineProps) {
    super(scope, id);
    this.queue = new QueueWithDlq(this, 'Queue');
    this.worker = this.addWorker(props);
    this.watch = this.addWatch(props);
    this.outputs = {
      RejectedQueueUrl: this.queue.queue.queueUrl,
      RejectedDeadLetterQueueUrl: this.queue.deadLetters.queueUrl,
    };
  }

  /** Lets an ingest function send rejected deliveries to the quarantine. */
  grantReject(ingest: IGrantable): { REJECTED_QUEUE_URL: string } {
    return { REJECTED_QUEUE_URL: this.queue.grantSend(ingest).QUEUE_URL };
  }

  /** Queue → worker → table. */
  private addWorker(props: QuarantineProps): LambdaFunction {
    const { table } = props;
    const { lambda } = new BundledFunction<Variables<QuarantineEnvironment>>(this, 'Worker', {
      ...props,
      description: 'Stores deliveries that were answered 406',
      bundle: quarantineFiles.worker,
      timeoutSeconds: workerTimeoutSeconds,
      sourceMaps: true,
      environment: (self) => ({ ...this.queue.grantConsume(self), ...table.grantReadWriteRejected(self) }),
    });
    this.queue.addEventSource(lambda, concurrency);
    return lambda;
  }

  /** Schedule → watch → metrics. */
  private addWatch(props: QuarantineProps): LambdaFunction {
    const { table } = props;
    const every = Duration.minutes(quarantineWatchMinutes);
    const { lambda } = new ScheduledFunction<Variables<QuarantineWatchEnvironment>>(this, 'Watch', {
      ...props,
      description: 'Counts rejected deliveries that their sender soon stops retrying',
      bundle: quarantineFiles.watch,
      timeoutSeconds: quarantineWatchTimeoutSeconds,
      sourceMaps: true,
      environment: (self) => ({
        ...table.grantRead(self),
        ...table.grantReadWriteRejected(self),
        ...table.grantQueryTasks(self),
      }),
      every,
    });
    return lambda;
  }
}
