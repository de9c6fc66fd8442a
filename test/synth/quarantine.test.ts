import { QuarantineEnvironment, QuarantineWatchEnvironment } from '../../lib/config/environment.ts';
import { rejectedExpiring } from '../../lib/runtime/metric.ts';
import { environmentOf, permissionsOf, queueAndWorker, sourcesOf, statementsOf } from './architecture.ts';
import { at, list, type Resource, synthesize } from './template.ts';

const template = synthesize({ stage: 'test', logRetentionDays: '7' });
const table = template.one('AWS::DynamoDB::Table');
const { queue, deadLetters, worker } = queueAndWorker(template, 'quarantine');
const itsOwn = ({ id }: Resource): boolean => id.startsWith('Quarantine');
const rule = template.one('AWS::Events::Rule', itsOwn);
const watch = template.referred(at(rule.properties, 'Targets', 0, 'Arn'));
const minutes = Number(/^rate\((\d+) minutes\)$/.exec(String(rule.properties.ScheduleExpression))?.[1]);

const logsAndTraces = (fn: Resource) => {
  const logGroup = template.referred(at(fn.properties, 'LoggingConfig', 'LogGroup'));
  return [
    `logs:CreateLogStream <${logGroup.id}.Arn>`,
    `logs:PutLogEvents <${logGroup.id}.Arn>`,
    'xray:PutTelemetryRecords *',
    'xray:PutTraceSegments *',
  ];
};

/** What a function's own policy says about a DynamoDB action. */
const statementOf = (fn: Resource, action: string) =>
  template
    .all('AWS::IAM::Policy')
    .filter(({ properties }) =>
      list(properties.Roles).includes(String(fn.properties.Role).replace('.Arn', '')),
    )
    .flatMap(statementsOf)
    .filter(({ actions }) => actions.includes(action));

const alarm = (fits: (properties: Record<string, unknown>) => boolean) =>
  template.one(
    'AWS::CloudWatch::Alarm',
    ({ id, properties }) => id.startsWith('Quarantine') && fits(properties),
  );

describe('the worker', () => {
  test('runs the worker of the quarantine, with the environment that it reads', () => {
    const { NODE_OPTIONS, ...environment } = environmentOf(worker);
    expect(sourcesOf(template, worker)).toContain('functions/quarantine/worker.ts');
    expect(NODE_OPTIONS).toBe('--enable-source-maps');
    expect(Object.keys(environment).sort()).toEqual(Object.keys(QuarantineEnvironment.shape).sort());
    expect(environment).toEqual({
      TABLE_NAME: `<${table.id}>`,
      QUEUE_URL: `<${queue.id}>`,
      DEAD_LETTER_QUEUE_URL: `<${deadLetters.id}>`,
    });
  });

  test('may drain its queue, park in its DLQ and keep what was rejected, nothing else', () => {
    expect(permissionsOf(template, worker)).toEqual(
      [
        ...logsAndTraces(worker),
        ...['ChangeMessageVisibility', 'DeleteMessage', 'GetQueueAttributes', 'ReceiveMessage'].map(
          (action) => `sqs:${action} <${queue.id}.Arn>`,
        ),
        `sqs:SendMessage <${deadLetters.id}.Arn>`,
        `dynamodb:GetItem <${table.id}.Arn>`,
        `dynamodb:PutItem <${table.id}.Arn>`,
      ].sort(),
    );
  });
});

describe('the watch', () => {
  test('is started again and again, alone, and a run is over before the next', () => {
    expect(sourcesOf(template, watch)).toContain('functions/quarantine/watch.ts');
    expect(list(rule.properties.Targets)).toHaveLength(1);
    expect(minutes).toBeLessThanOrEqual(60);
    expect(Number(watch.properties.Timeout)).toBeLessThan(minutes * 60);
  });

  test('gets the environment that it reads', () => {
    const { NODE_OPTIONS: _, ...environment } = environmentOf(watch);
    expect(Object.keys(environment).sort()).toEqual(Object.keys(QuarantineWatchEnvironment.shape).sort());
    expect(environment).toEqual({
      TABLE_NAME: `<${table.id}>`,
      TASKS_INDEX: 'tasks',
      METRIC_NAMESPACE: template.stackName,
    });
  });

  test('may list what waits, look up single items, and settle what was rejected, nothing else', () => {
    expect(new Set(permissionsOf(template, watch))).toEqual(
      new Set([
        ...logsAndTraces(watch),
        `dynamodb:GetItem <${table.id}.Arn>`,
        `dynamodb:PutItem <${table.id}.Arn>`,
        `dynamodb:Query <${table.id}.Arn>/index/work`,
      ]),
    );
  });
});

test.each([
  ['the worker', worker],
  ['the watch', watch],
])('%s writes rejected deliveries, and no order’s story', (_who, fn) => {
  const writing = statementOf(fn, 'dynamodb:PutItem');
  expect(writing).toHaveLength(1);
  expect(writing[0]?.condition).toEqual({
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['REJECTED#*'] },
  });
});

test('an alarm rings when a sender gives up soon, by the metric that the watch writes for this stage', () => {
  const { properties } = alarm(({ MetricName }) => MetricName === rejectedExpiring);
  expect(properties).toMatchObject({
    Namespace: template.stackName,
    Statistic: 'Maximum',
    Period: minutes * 60,
    ComparisonOperator: 'GreaterThanThreshold',
    Threshold: 0,
    EvaluationPeriods: 1,
    TreatMissingData: 'ignore',
  });
});

test('an alarm rings when the watch fails, and when rejected deliveries wait to be kept', () => {
  const failed = alarm(
    ({ MetricName, Dimensions }) => MetricName === 'Errors' && at(Dimensions, 0, 'Value') === `<${watch.id}>`,
  );
  const waiting = alarm(({ MetricName }) => MetricName === 'ApproximateAgeOfOldestMessage');
  expect(failed.properties).toMatchObject({ Threshold: 0, TreatMissingData: 'notBreaching' });
  expect(at(waiting.properties, 'Dimensions', 0, 'Value')).toBe(`<${queue.id}.QueueName>`);
  expect(Number(waiting.properties.Threshold)).toBeLessThanOrEqual(3600);
});

test('tells where its messages are after a deploy', () => {
  expect(template.outputs).toMatchObject({
    RejectedQueueUrl: `<${queue.id}>`,
    RejectedDeadLetterQueueUrl: `<${deadLetters.id}>`,
  });
});
