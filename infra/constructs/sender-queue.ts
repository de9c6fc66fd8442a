import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping, type IFunction } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { maxReceiveCount, retentionSeconds } from '../../lib/config/retry-schedule.ts';
import { visibilityTimeoutSeconds } from '../../lib/config/timing.ts';
import type { AttentionTopic } from './attention-topic.ts';

const kept = {
  retentionPeriod: Duration.seconds(retentionSeconds),
  encryption: QueueEncryption.SQS_MANAGED,
  enforceSSL: true,
};

/** A sender's messages: the queue that its worker drains, and the DLQ where they rest after 24 hours of retries. */
export class SenderQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  /** @param attention hears when messages were given up */
  constructor(scope: Construct, id: string, attention: AttentionTopic) {
    super(scope, id);
    // Which queues may name it as their DLQ (`redriveAllowPolicy`) stays open: naming ours would be a circle of two ARNs.
    this.deadLetters = new Queue(this, 'DeadLetters', kept);
    this.queue = new Queue(this, 'Default', {
      ...kept,
      visibilityTimeout: Duration.seconds(visibilityTimeoutSeconds),
      // Only the backstop: the worker itself parks a message by its age. See lib/config/retry-schedule.ts.
      deadLetterQueue: {
        queue: this.deadLetters,
        maxReceiveCount: maxReceiveCount(visibilityTimeoutSeconds),
      },
    });

    const alarm = new Alarm(this, 'DeadLettersAlarm', {
      alarmDescription: 'Messages were given up after 24 hours of retries. They rest in the DLQ for 14 days.',
      metric: this.deadLetters.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1) }),
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      threshold: 0,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    attention.hear(alarm);
  }

  /** Lets an ingest function put messages in. */
  letFill(ingest: IGrantable): { QUEUE_URL: string } {
    allow(ingest, this.queue, 'sqs:SendMessage');
    return { QUEUE_URL: this.queue.queueUrl };
  }

  /** Lets the worker take messages, set their next attempt, and park what will never succeed. */
  letDrain(worker: IGrantable): { QUEUE_URL: string; DEAD_LETTER_QUEUE_URL: string } {
    allow(
      worker,
      this.queue,
      'sqs:ReceiveMessage',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:ChangeMessageVisibility',
    );
    allow(worker, this.deadLetters, 'sqs:SendMessage');
    return { QUEUE_URL: this.queue.queueUrl, DEAD_LETTER_QUEUE_URL: this.deadLetters.queueUrl };
  }

  /** Has Lambda poll the queue for the worker. @param concurrency how many messages are worked on at once */
  feed(worker: IFunction, concurrency: number): void {
    new EventSourceMapping(this, 'Feed', {
      target: worker,
      eventSourceArn: this.queue.queueArn,
      // One message a call: one that crashes the function or takes all its time never burns a neighbour's receives.
      batchSize: 1,
      maxConcurrency: concurrency,
      reportBatchItemFailures: true,
    });
  }
}

function allow(who: IGrantable, queue: Queue, ...actions: string[]): void {
  who.grantPrincipal.addToPrincipalPolicy(new PolicyStatement({ actions, resources: [queue.queueArn] }));
}
