import {
  maxReceiveCount,
  promiseSeconds,
  retentionSeconds,
  retryDelaysSeconds,
} from '../../lib/config/retry-schedule.ts';
import { visibilityTimeoutSeconds } from '../../lib/config/timing.ts';
import { senders } from '../../lib/webhooks/catalogue.ts';
import { queueAndWorker, statementsOf } from './architecture.ts';
import { at, list, type Resource, synthesize } from './template.ts';

const template = synthesize({ stage: 'test', workerConcurrency: '9' });
const rows = [...senders, { name: 'quarantine' }].map(({ name }) => ({
  name,
  ...queueAndWorker(template, name),
}));
const { queue, deadLetters, worker } = queueAndWorker(template, 'winkelstraat');
const visibility = Number(queue.properties.VisibilityTimeout);
const days = 24 * 60 * 60;

describe.each(rows)('the event source mapping of $name', ({ feed }) => {
  test('lets a worker report the message that failed, so that it is not deleted', () => {
    expect(feed.properties.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
  });

  test('hands over one message at a time, so that a crash never burns a neighbour’s receives', () => {
    expect(feed.properties.BatchSize).toBe(1);
    expect(feed.properties).not.toHaveProperty('MaximumBatchingWindowInSeconds');
  });
});

test.each(senders)(
  'what the worker of $name asks of IGF is bounded by the stage’s concurrency',
  ({ name }) => {
    expect(queueAndWorker(template, name).feed.properties.ScalingConfig).toEqual({ MaximumConcurrency: 9 });
  },
);

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

  expect(last.map(({ id }) => id).sort()).toEqual(rows.map(({ deadLetters }) => deadLetters.id).sort());
});

describe.each(
  rows.flatMap(({ name, queue, deadLetters }): [string, Resource][] => [
    [`queue of ${name}`, queue],
    [`DLQ of ${name}`, deadLetters],
  ]),
)('the %s', (_, one) => {
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

test.each(rows)('an alarm rings as soon as one message rests in the DLQ of $name', ({ deadLetters }) => {
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
