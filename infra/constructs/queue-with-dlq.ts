import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping, type IFunction } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Policy } from '../../lib/config/policy.ts';
import { maxReceiveCount, retentionSeconds } from '../../lib/config/retry-schedule.ts';
import { visibilityTimeoutSeconds } from '../../lib/config/timing.ts';

const common = {
  retentionPeriod: Duration.seconds(retentionSeconds),
  // The largest envelope and the largest rejected delivery have some 800 KB. SQS's default was 256 KiB until 2025.
  maxMessageSizeBytes: 1024 * 1024,
  encryption: QueueEncryption.SQS_MANAGED,
  enforceSSL: true,
};

/** A queue that one worker consumes, and its DLQ. The worker parks a message there after 24 hours of retries. */
export class QueueWithDlq extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  get parts() {
    const { queue, deadLetters } = this;
    return { queue, deadLetters };
  }

  /** @param mode of a `live` stage the queues outlive the stack, with every message that was answered 202 */
  constructor(scope: Construct, id: string, mode: Policy['mode']) {
    super(scope, id);
    const removalPolicy = mode === 'live' ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY;
    const settings = { ...common, removalPolicy };
    // `redriveAllowPolicy` stays open: it would have to name the queue, and the queue names its DLQ.
    this.deadLetters = new Queue(this, 'DeadLetters', settings);
    Validations.of(this.deadLetters).acknowledge({
      id: 'Serverless-SQSRedrivePolicy',
      reason: 'It is a DLQ itself. Alarms ring long before SQS deletes one of its messages.',
    });
    this.queue = new Queue(this, 'Default', {
      ...settings,
      visibilityTimeout: Duration.seconds(visibilityTimeoutSeconds),
      // This is only the backstop. The worker parks a message by its age, see lib/config/retry-schedule.ts.
      deadLetterQueue: {
        queue: this.deadLetters,
        maxReceiveCount: maxReceiveCount(visibilityTimeoutSeconds),
      },
    });
  }

  grantSend(sender: IGrantable): { QUEUE_URL: string } {
    this.queue.grant(sender, 'sqs:SendMessage');
    return { QUEUE_URL: this.queue.queueUrl };
  }

  /** Lets the worker receive messages, set the time of their next attempt, delete them, and park them in the DLQ. */
  grantConsume(worker: IGrantable): { QUEUE_URL: string; DEAD_LETTER_QUEUE_URL: string } {
    const actions = ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes', 'ChangeMessageVisibility'];
    this.queue.grant(worker, ...actions.map((action) => `sqs:${action}`));
    this.deadLetters.grant(worker, 'sqs:SendMessage');
    return { QUEUE_URL: this.queue.queueUrl, DEAD_LETTER_QUEUE_URL: this.deadLetters.queueUrl };
  }

  /** Makes Lambda poll the queue for the worker. @param concurrency the most messages that are processed at once */
  addEventSource(worker: IFunction, concurrency: number): void {
    const source = new EventSourceMapping(this, 'EventSource', {
      target: worker,
      eventSourceArn: this.queue.queueArn,
      // With one message per call, a message that crashes the function or uses up its time costs no other message a receive.
      batchSize: 1,
      maxConcurrency: concurrency,
      reportBatchItemFailures: true,
    });
    Validations.of(source).acknowledge({
      id: 'Serverless-LambdaEventSourceMappingDestination',
      reason: 'AWS has no such destination for SQS. The queue has a DLQ.',
    });
  }
}
