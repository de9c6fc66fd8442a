import { ReconcilerEnvironment } from '../../lib/config/environment.ts';
import { igfCommitSeconds, reconcilerTimeoutSeconds } from '../../lib/config/timing.ts';
import {
  environmentOf,
  logAndTracePermissions,
  logGroupOf,
  permissionsOf,
  secretOf,
  sourcesOf,
} from './architecture.ts';
import { at, list, type Resource, synthesizeStage } from './template.ts';

const template = synthesizeStage({
  tracing: 'workers',
  stage: 'test',
  reconcileMinutes: '30',
  reconcileCalls: '120',
  logRetentionDays: '7',
});
const itsOwn = ({ id }: Resource): boolean => id.startsWith('Reconciler');
const rule = template.one('AWS::Events::Rule', itsOwn);
const target = at(rule.properties, 'Targets', 0);
const reconciler = template.referred(at(target, 'Arn'));
const table = template.one('AWS::DynamoDB::Table');
const topic = template.one('AWS::SNS::Topic', ({ id }) => id.startsWith('Attention'));
const logGroup = logGroupOf(template, reconciler);

test('a schedule of its own starts it at the stage’s rate, and nothing else may', () => {
  expect(rule.properties).toMatchObject({ ScheduleExpression: 'rate(30 minutes)', State: 'ENABLED' });
  expect(list(rule.properties.Targets)).toHaveLength(1);
  const permission = template.one(
    'AWS::Lambda::Permission',
    ({ properties }) => properties.FunctionName === `<${reconciler.id}.Arn>`,
  );
  expect(permission.properties).toMatchObject({
    Action: 'lambda:InvokeFunction',
    Principal: 'events.amazonaws.com',
    SourceArn: `<${rule.id}.Arn>`,
  });
});

test('it runs every hour by default', () => {
  expect(synthesizeStage().one('AWS::Events::Rule', itsOwn).properties.ScheduleExpression).toBe(
    'rate(1 hour)',
  );
});

test('it runs the reconciler, and its logs expire', () => {
  expect(sourcesOf(template, reconciler)).toContain('functions/reconciler.ts');
  expect(reconciler.properties).toMatchObject({ Runtime: 'nodejs24.x', TracingConfig: { Mode: 'Active' } });
  expect(logGroup).toMatchObject({ properties: { RetentionInDays: 7 }, whenDeleted: 'Delete' });
});

test('a run ends before the next one starts, and is not retried', () => {
  expect(reconciler.properties.Timeout).toBe(reconcilerTimeoutSeconds);
  expect(reconcilerTimeoutSeconds).toBeLessThan(10 * 60);
  expect(at(target, 'RetryPolicy', 'MaximumRetryAttempts')).toBe(0);
  const invocation = template.one('AWS::Lambda::EventInvokeConfig', itsOwn);
  expect(invocation.properties).toMatchObject({
    FunctionName: `<${reconciler.id}>`,
    MaximumRetryAttempts: 0,
  });
});

test('it gets the environment that its code reads, and source maps', () => {
  const { NODE_OPTIONS, ...environment } = environmentOf(reconciler);
  expect(NODE_OPTIONS).toBe('--enable-source-maps');
  expect(Object.keys(environment).sort()).toEqual(Object.keys(ReconcilerEnvironment.shape).sort());
  expect(environment).toMatchObject({
    TABLE_NAME: `<${table.id}>`,
    TASKS_INDEX: 'tasks',
    RECONCILE_CALLS: '120',
  });
});

test('its claims last longer than a run and a late commit at IGF', () => {
  const lease = Number(environmentOf(reconciler).CLAIM_LEASE_SECONDS);
  expect(lease).toBeGreaterThanOrEqual(reconcilerTimeoutSeconds + igfCommitSeconds);
});

test('it may only list open tasks, read and write single items, read the IGF key and publish notices', () => {
  expect(permissionsOf(template, reconciler)).toEqual(
    [
      ...logAndTracePermissions(template, reconciler),
      ...['GetItem', 'PutItem', 'Query', 'UpdateItem'].map(
        (action) => `dynamodb:${action} <${table.id}.Arn>`,
      ),
      `dynamodb:Query <${table.id}.Arn>/index/tasks`,
      `secretsmanager:GetSecretValue <${secretOf(template, 'IgfKeySecret').id}>`,
      `sns:Publish <${topic.id}>`,
    ].sort(),
  );
});

test.each([
  [{ reconcileMinutes: '9' }, 'reconcileMinutes = 9 '],
  [{ reconcileCalls: '0' }, 'reconcileCalls = 0 '],
])('%j is refused', (context, complaint) => {
  expect(() => synthesizeStage(context)).toThrow(complaint);
});
