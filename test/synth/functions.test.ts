import { IngestEnvironment, WorkerEnvironment } from '../../lib/config/environment.ts';
import { defaultPolicy } from '../../lib/config/policy.ts';
import { claimLeaseSeconds, ingestTimeoutSeconds, workerTimeoutSeconds } from '../../lib/config/timing.ts';
import { handlerFile, senders } from '../../lib/webhooks/catalogue.ts';
import {
  environmentOf,
  functionOf,
  logAndTracePermissions,
  logGroupOf,
  permissionsOf,
  queueAndWorker,
  secretOf,
  sourcesOf,
  statementsOf,
} from './architecture.ts';
import { at, synthesizeStage } from './template.ts';

const template = synthesizeStage({
  stage: 'test',
  mode: 'observe',
  countries: 'NL,BE',
  igfBaseUrl: 'https://igf.example/api/v1',
  'igfPaths.cancelListing': 'PUT /listings/{listingId}/cancel',
  logRetentionDays: '7',
  tracing: 'all',
});
const table = template.one('AWS::DynamoDB::Table');
const { queue: rejectedQueue, worker: quarantine } = queueAndWorker(template, 'quarantine');
const topic = template.one('AWS::SNS::Topic', ({ id }) => id.startsWith('Attention'));
/** By sender, the output that names the secret of its key. */
const keyOutputs: Record<string, string> = {
  winkelstraat: 'WinkelstraatKeySecret',
  igf: 'IgfPathTokenSecret',
};
const rows = senders.map(({ name, webhooks }) => ({
  name,
  secret: secretOf(template, keyOutputs[name] ?? ''),
  ...queueAndWorker(template, name),
  ingests: webhooks.map(({ path }) => functionOf(template, `POST ${path}`)),
}));
const ingests = rows.flatMap((row) => row.ingests);
const workers = rows.map(({ worker }) => worker);
const eachIngest = rows.flatMap(({ ingests, ...row }) => ingests.map((fn) => ({ id: fn.id, fn, ...row })));

describe.each([...ingests, ...workers, quarantine])('function $id', (fn) => {
  test('runs an ES module on Node 24 and arm64', () => {
    expect(fn.properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
    });
  });

  test('writes its metrics into the namespace of the stack', () => {
    expect(at(fn.properties, 'Environment', 'Variables', 'METRIC_NAMESPACE')).toBe(template.stackName);
  });

  test('logs of the platform only what went wrong: its lines about each run are billed', () => {
    expect(fn.properties.LoggingConfig).toMatchObject({ LogFormat: 'JSON', SystemLogLevel: 'WARN' });
  });

  test('is traced', () => {
    expect(fn.properties.TracingConfig).toEqual({ Mode: 'Active' });
  });

  test('logs JSON to a log group of its own that expires', () => {
    const others = [...ingests, ...workers, quarantine].filter((other) => other !== fn);

    expect(at(fn.properties, 'LoggingConfig', 'LogFormat')).toBe('JSON');
    expect(logGroupOf(template, fn)).toMatchObject({
      properties: { RetentionInDays: 7 },
      whenDeleted: 'Delete',
    });
    expect(others.map((other) => logGroupOf(template, other).id)).not.toContain(logGroupOf(template, fn).id);
  });

  test('has permissions from its own policy only', () => {
    const role = template.referred(fn.properties.Role);

    expect(role.properties).not.toHaveProperty('ManagedPolicyArns');
    expect(role.properties).not.toHaveProperty('Policies');
    expect(at(role.properties, 'AssumeRolePolicyDocument', 'Statement', 0, 'Principal')).toEqual({
      Service: 'lambda.amazonaws.com',
    });
  });
});

test.each(eachIngest)(
  'ingest $id gets exactly the environment that its code reads',
  ({ fn, queue, secret }) => {
    expect(Object.keys(environmentOf(fn)).sort()).toEqual(Object.keys(IngestEnvironment.shape).sort());
    expect(environmentOf(fn)).toEqual({
      QUEUE_URL: `<${queue.id}>`,
      REJECTED_QUEUE_URL: `<${rejectedQueue.id}>`,
      SENDER_KEY_SECRET_ID: `<${secret.id}>`,
    });
  },
);

test.each(eachIngest)(
  'ingest $id may only send to its queue and to the quarantine, and read its sender’s key',
  ({ fn, queue, secret }) => {
    expect(permissionsOf(template, fn)).toEqual(
      [
        ...logAndTracePermissions(template, fn),
        `sqs:SendMessage <${queue.id}.Arn>`,
        `sqs:SendMessage <${rejectedQueue.id}.Arn>`,
        `secretsmanager:GetSecretValue <${secret.id}>`,
      ].sort(),
    );
  },
);

test.each(senders.flatMap((sender) => sender.webhooks.map((webhook) => ({ sender, webhook }))))(
  '$webhook.path runs the handler of its webhook',
  ({ sender, webhook }) => {
    const sources = sourcesOf(template, functionOf(template, `POST ${webhook.path}`));

    expect(sources.filter((source) => source.startsWith(`functions/${sender.name}/`))).toEqual([
      `functions/${handlerFile(sender, webhook)}.ts`,
    ]);
  },
);

test.each(ingests)('ingest $id ends before API Gateway times out after 30 s', (fn) => {
  expect(fn.properties.Timeout).toBe(ingestTimeoutSeconds);
  expect(ingestTimeoutSeconds).toBeLessThan(29);
});

describe.each(rows)('the worker of $name', ({ name, queue, deadLetters, worker }) => {
  test('runs the sender’s worker', () => {
    expect(sourcesOf(template, worker)).toContain(`functions/${name}/worker.ts`);
  });

  test('gets the environment that its code reads, and source maps', () => {
    const { NODE_OPTIONS, ...environment } = environmentOf(worker);

    expect(NODE_OPTIONS).toBe('--enable-source-maps');
    expect(Object.keys(environment).sort()).toEqual(Object.keys(WorkerEnvironment.shape).sort());
    expect(environment).toEqual({
      QUEUE_URL: `<${queue.id}>`,
      DEAD_LETTER_QUEUE_URL: `<${deadLetters.id}>`,
      STAGE: 'test',
      TABLE_NAME: `<${table.id}>`,
      IGF_BASE_URL: 'https://igf.example/api/v1',
      IGF_PATHS: JSON.stringify({ cancelListing: 'PUT /listings/{listingId}/cancel' }),
      IGF_KEY_SECRET_ID: `<${secretOf(template, 'IgfKeySecret').id}>`,
      POLICY: JSON.stringify({ ...defaultPolicy, mode: 'observe', countries: ['NL', 'BE'] }),
      ATTENTION_TOPIC_ARN: `<${topic.id}>`,
      CLAIM_LEASE_SECONDS: String(claimLeaseSeconds),
      // Two workers with two environments each, and the reconciler, share 20 calls a second.
      IGF_CALLS_PER_SECOND: '4',
    });
  });

  test('may only consume its queue, park in its DLQ, read and write single items, read the IGF key and publish notices', () => {
    expect(permissionsOf(template, worker)).toEqual(
      [
        ...logAndTracePermissions(template, worker),
        ...['ChangeMessageVisibility', 'DeleteMessage', 'GetQueueAttributes', 'ReceiveMessage'].map(
          (action) => `sqs:${action} <${queue.id}.Arn>`,
        ),
        `sqs:SendMessage <${deadLetters.id}.Arn>`,
        ...['GetItem', 'PutItem', 'Query', 'UpdateItem'].map(
          (action) => `dynamodb:${action} <${table.id}.Arn>`,
        ),
        `secretsmanager:GetSecretValue <${secretOf(template, 'IgfKeySecret').id}>`,
        `sns:Publish <${topic.id}>`,
      ].sort(),
    );
  });

  test('ends before its claim on a return expires, so that two workers never hold one claim', () => {
    expect(worker.properties.Timeout).toBe(workerTimeoutSeconds);
    expect(Number(environmentOf(worker).CLAIM_LEASE_SECONDS)).toBeGreaterThan(workerTimeoutSeconds);
  });
});

test('no policy has a wildcard, except the one for traces, which have no resource', () => {
  const allowed = template.all('AWS::IAM::Policy').flatMap(statementsOf);
  const wild = allowed.filter(({ actions, resources }) =>
    [...actions, ...resources].some((text) => text.includes('*')),
  );

  expect(allowed.length).toBeGreaterThan(0);
  expect(new Set(wild.flatMap(({ actions }) => actions))).toEqual(
    new Set(['xray:PutTraceSegments', 'xray:PutTelemetryRecords']),
  );
  expect(template.all('AWS::IAM::ManagedPolicy')).toEqual([]);
});
