import {
  maxReceiveCount,
  promiseSeconds,
  retentionSeconds,
  retryDelaysSeconds,
} from '../../lib/retry-schedule.ts';
import { visibilityTimeoutSeconds } from '../../lib/timing.ts';
import { queueAndWorker, statementsOf } from './architecture.ts';
import { at, list, synthesize } from './template.ts';

const template = synthesize({ stage: 'test', workerConcurrency: '9' });
const { feed, queue, deadLetters, worker } = queueAndWorker(template);
const visibility = Number(queue.properties.VisibilityTimeout);
const days = 24 * 60 * 60;

describe('the event source mapping', () => {
  test('lets a worker report the message that failed, so that it is not deleted', () => {
    expect(feed.properties.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
  });

  test('hands over one message at a time, so that a crash never burns a neighbour’s receives', () => {
    expect(feed.properties.BatchSize).toBe(1);
    expect(feed.properties).not.toHaveProperty('MaximumBatchingWindowInSeconds');
  });

  test('bounds what reaches IGF by the stage’s concurrency', () => {
    expect(feed.properties.ScalingConfig).toEqual({ MaximumConcurrency: 9 });
  });
});

describe('the backstop', () => {
  const receives = Number(at(queue.properties, 'RedrivePolicy', 'maxReceiveCount'));

  test('is the one that the retry schedule derives', () => {
    expect(visibility).toBe(visibilityTimeoutSeconds);
    expect(receives).toBe(maxReceiveCount(visibility));
  });

  test('does not fire before 24 hours, even when every attempt crashes', () => {
    expect(receives * visibility).toBeGreaterThanOrEqual(promiseSeconds);
  });

  test('leaves room for every orderly retry after 24 hours of crashes, and is one that SQS takes', () => {
    expect(receives - promiseSeconds / visibility).toBeGreaterThanOrEqual(retryDelaysSeconds.length);
    expect(receives).toBeLessThanOrEqual(1000);
  });
});

test('a message stays invisible for at least six times the worker’s timeout', () => {
  expect(visibility).toBeGreaterThanOrEqual(6 * Number(worker.properties.Timeout));
});

test('every queue has its DLQ, except the DLQ', () => {
  const last = template.all('AWS::SQS::Queue').filter(({ properties }) => !properties.RedrivePolicy);

  expect(last.map(({ id }) => id)).toEqual([deadLetters.id]);
});

describe.each([
  ['queue', queue],
  ['DLQ', deadLetters],
])('the %s', (_, one) => {
  test('keeps messages for 14 days, the most that SQS allows', () => {
    expect(retentionSeconds).toBe(14 * days);
    expect(one.properties.MessageRetentionPeriod).toBe(retentionSeconds);
  });

  test('is encrypted at rest', () => {
    expect(one.properties.SqsManagedSseEnabled).toBe(true);
  });

  test('refuses whoever comes without TLS', () => {
    const policies = template
      .all('AWS::SQS::QueuePolicy')
      .filter(({ properties }) => list(properties.Queues).includes(`<${one.id}>`));

    expect(policies.flatMap(statementsOf)).toEqual([
      {
        effect: 'Deny',
        actions: ['sqs:*'],
        resources: [`<${one.id}.Arn>`],
        condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ]);
  });
});

test('an alarm rings as soon as one message rests in the DLQ', () => {
  const alarm = template.one('AWS::CloudWatch::Alarm', ({ properties }) =>
    list(properties.Dimensions).some(
      (dimension) => at(dimension, 'Value') === `<${deadLetters.id}.QueueName>`,
    ),
  );

  expect(alarm.properties).toMatchObject({
    Namespace: 'AWS/SQS',
    MetricName: 'ApproximateNumberOfMessagesVisible',
    Statistic: 'Maximum',
    ComparisonOperator: 'GreaterThanThreshold',
    Threshold: 0,
    EvaluationPeriods: 1,
    TreatMissingData: 'notBreaching',
  });
});

test('tells where both are after a deploy', () => {
  expect(template.outputs).toMatchObject({
    WinkelstraatQueueUrl: `<${queue.id}>`,
    WinkelstraatDeadLetterQueueUrl: `<${deadLetters.id}>`,
  });
});
