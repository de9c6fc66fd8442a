import {
  maxReceiveCount,
  promiseSeconds,
  retentionSeconds,
  retryDelaysSeconds,
} from '../../lib/config/retry-schedule.ts';
import { visibilityTimeoutSeconds } from '../../lib/config/timing.ts';
import { senders } from '../../lib/webhooks/catalogue.ts';
import { queueAndWorker, statementsOf } from './architecture.ts';
import { at, list, type Resource, synthesizeStage } from './template.ts';

const template = synthesizeStage({ stage: 'test', workerConcurrency: '9' });
const rows = [...senders, { name: 'quarantine' }].map(({ name }) => ({
  name,
  ...queueAndWorker(template, name),
}));
const { queue, deadLetters, worker } = queueAndWorker(template, 'winkelstraat');
const visibility = Number(queue.properties.VisibilityTimeout);
const days = 24 * 60 * 60;

describe.each(rows)('the event source mapping of $name', ({ eventSource }) => {
  test('lets a worker report a failed message, so that SQS does not delete it', () => {
    expect(eventSource.properties.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
  });

  test('passes one message at a time, so that a crash costs no other message a receive', () => {
    expect(eventSource.properties.BatchSize).toBe(1);
    expect(eventSource.properties).not.toHaveProperty('MaximumBatchingWindowInSeconds');
  });
});

test.each(senders)('the stage’s concurrency limits the worker of $name', ({ name }) => {
  expect(queueAndWorker(template, name).eventSource.properties.ScalingConfig).toEqual({
    MaximumConcurrency: 9,
  });
});

describe('the backstop', () => {
  const receives = Number(at(queue.properties, 'RedrivePolicy', 'maxReceiveCount'));

  test('is the one of the retry schedule', () => {
    expect(visibility).toBe(visibilityTimeoutSeconds);
    expect(receives).toBe(maxReceiveCount(visibility));
  });

  test('parks no message before 24 hours, even when every attempt crashes', () => {
    expect(receives * visibility).toBeGreaterThanOrEqual(promiseSeconds);
  });

  test('leaves room for every planned retry after 24 hours of crashes, and SQS accepts it', () => {
    expect(receives - promiseSeconds / visibility).toBeGreaterThanOrEqual(retryDelaysSeconds.length);
    expect(receives).toBeLessThanOrEqual(1000);
  });
});

test('a message stays invisible for at least six times the worker’s timeout', () => {
  expect(visibility).toBeGreaterThanOrEqual(6 * Number(worker.properties.Timeout));
});

test('every queue has a DLQ, except the DLQs themselves', () => {
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

  test('refuses requests without TLS', () => {
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

test('the outputs name the queue and the DLQ', () => {
  expect(template.outputs).toMatchObject({
    WinkelstraatQueueUrl: `<${queue.id}>`,
    WinkelstraatDeadLetterQueueUrl: `<${deadLetters.id}>`,
  });
});
