import { QuarantineEnvironment, QuarantineWatchEnvironment } from '../../lib/config/environment.ts';
import {
  environmentOf,
  logAndTracePermissions,
  permissionsOf,
  queueAndWorker,
  sourcesOf,
  statementsOf,
} from './architecture.ts';
import { at, list, type Resource, synthesizeStage } from './template.ts';

const template = synthesizeStage({ stage: 'test', logRetentionDays: '7', tracing: 'workers' });
const table = template.one('AWS::DynamoDB::Table');
const { queue, deadLetters, worker } = queueAndWorker(template, 'quarantine');
const itsOwn = ({ id }: Resource): boolean => id.startsWith('Quarantine');
const rule = template.one('AWS::Events::Rule', itsOwn);
const watch = template.referred(at(rule.properties, 'Targets', 0, 'Arn'));
const minutes = Number(/^rate\((\d+) minutes\)$/.exec(String(rule.properties.ScheduleExpression))?.[1]);

/** The statements of a function's policy that allow a DynamoDB action. */
const statementsFor = (fn: Resource, action: string) =>
  template
    .all('AWS::IAM::Policy')
    .filter(({ properties }) =>
      list(properties.Roles).includes(String(fn.properties.Role).replace('.Arn', '')),
    )
    .flatMap(statementsOf)
    .filter(({ actions }) => actions.includes(action));

describe('the worker', () => {
  test('runs the quarantine’s worker with the environment that its code reads', () => {
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

  test('may only consume its queue, park in its DLQ, and read and write items', () => {
    expect(permissionsOf(template, worker)).toEqual(
      [
        ...logAndTracePermissions(template, worker),
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
  test('runs on a schedule of its own, and a run ends before the next one starts', () => {
    expect(sourcesOf(template, watch)).toContain('functions/quarantine/watch.ts');
    expect(list(rule.properties.Targets)).toHaveLength(1);
    expect(minutes).toBeLessThanOrEqual(60);
    expect(Number(watch.properties.Timeout)).toBeLessThan(minutes * 60);
  });

  test('gets the environment that its code reads', () => {
    const { NODE_OPTIONS: _, ...environment } = environmentOf(watch);
    expect(Object.keys(environment).sort()).toEqual(Object.keys(QuarantineWatchEnvironment.shape).sort());
    expect(environment).toEqual({
      TABLE_NAME: `<${table.id}>`,
      TASKS_INDEX: 'tasks',
    });
  });

  test('may only list open tasks, and read and write single items', () => {
    expect(new Set(permissionsOf(template, watch))).toEqual(
      new Set([
        ...logAndTracePermissions(template, watch),
        `dynamodb:GetItem <${table.id}.Arn>`,
        `dynamodb:PutItem <${table.id}.Arn>`,
        `dynamodb:Query <${table.id}.Arn>/index/tasks`,
      ]),
    );
  });
});

test.each([
  ['the worker', worker],
  ['the watch', watch],
])('%s may write rejected deliveries only', (_who, fn) => {
  const writing = statementsFor(fn, 'dynamodb:PutItem');
  expect(writing).toHaveLength(1);
  expect(writing[0]?.condition).toEqual({
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['REJECTED#*'] },
    Null: { 'dynamodb:LeadingKeys': 'false' },
  });
});

test('the outputs name its queue and its DLQ', () => {
  expect(template.outputs).toMatchObject({
    QuarantineQueueUrl: `<${queue.id}>`,
    QuarantineDeadLetterQueueUrl: `<${deadLetters.id}>`,
  });
});
